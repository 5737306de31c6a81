"""Where the rows of an intake come from, with what the person has said of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from basis.excel.columns import CellError, ImportColumn, reader_of
from basis.excel.importer import Importer, Source
from basis.excel.reader import CellFault, Place, RawRow, SheetReader


def place_key(place: Place) -> str:
    """As answers and pages name a row."""
    return f"{place[0]}!{place[1]}"


@contextmanager
def opened(file: Any, name: str, importer: Importer, answers: Mapping[str, Any]) -> Iterator[Source]:
    """ExcelRefused if there is no table to be read."""
    with SheetReader(file, importer.columns) as reader:
        yield Mended(reader, importer.columns, answers.get("rows", {}))


class Mended:
    """The rows of a source, without those left out and with the cells that were put right in the page."""

    def __init__(self, source: Source, columns: Any, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self.source, self.rows = source, rows
        self.readers = {column.key: (column, reader_of(column)) for column in columns} if rows else {}
        self.skipped: list[Place] = []

    @property
    def letters(self) -> Mapping[str, str]:
        return self.source.letters

    @property
    def ignored(self) -> list[str]:
        return self.source.ignored

    def __iter__(self) -> Iterator[RawRow]:
        for row in self.source:
            said = self.rows.get(place_key(row.place))
            if said is None:
                yield row
            elif said.get("skip"):
                self.skipped.append(row.place)
            else:
                yield self._mended(row, said)

    def _mended(self, row: RawRow, said: Mapping[str, str]) -> RawRow:
        values = dict(row.values)
        faults = [fault for fault in row.faults if fault.key not in said]
        for key in said:
            column, read = self.readers[key]
            try:
                values[key] = read(_as_typed(column, said[key]), "s")
            except CellError as error:
                values[key] = None
                faults.append(CellFault(key, said[key], error.message))
        return row._replace(values=values, faults=tuple(faults))


def _as_typed(column: ImportColumn, text: str) -> Any:
    """A number typed in the page is one."""
    plain = text.replace(",", "").strip()
    if column.kind == "int" and plain.lstrip("-").isdigit():
        return int(plain)
    if column.kind == "decimal":
        try:
            return float(plain)
        except ValueError:
            return text
    return text
