"""What the office has of a kind as a file that its import takes again: derived from the importer's own columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from basis.days import Day
from basis.excel.columns import ImportColumn
from basis.excel.exports import Export
from basis.excel.importer import Importer
from basis.excel.writer import ExportColumn

MARK = "○"
_TYPED = ("int", "decimal", "date")
_LENGTHS = {"day": 10, "month": 7, "year": 4}  # of 2015-03-05


def export_of(importer: type[Importer]) -> Export:
    """The export of the importer's kind."""
    return Export(importer.kind, importer.label, _Shape(importer))


@dataclass(frozen=True)
class _Shape:
    importer: type[Importer]

    def __call__(self, _filters: dict[str, str]) -> tuple[list[ExportColumn], Iterator[tuple[Any, ...]]]:
        columns = self.importer.columns
        heads = [ExportColumn(str(c.label), c.kind if c.kind in _TYPED else "text") for c in columns]
        cells = [(column.key, _writer(column)) for column in columns]
        rows = self.importer().exported()
        return heads, (tuple(write(row.get(key)) for key, write in cells) for row in rows)


def _writer(column: ImportColumn) -> Callable[[Any], Any]:
    """Of the column's cells; nothing is an empty one, zero is not."""
    match column.kind:
        case "choice":
            labels = {code: str(label) for code, label in column.options()}
            return labels.get
        case "day":
            return _day
        case "mark":
            return lambda value: MARK if value else None
        case "text" | "departments":
            return lambda value: value or None
        case _:
            return lambda value: value


def _day(day: Day | None) -> str | None:
    return day and day.date.isoformat()[: _LENGTHS[day.precision]]
