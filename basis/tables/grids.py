"""A workbook as cells by row and column, whatever container it came in."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from basis.excel.safety import ExcelRefused, limit

_ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
_BESIDES = 1_000  # rows of titles, notes and totals beside those that are imported
_MOST_COVERED = 500_000  # cells under merged ones


class Formula(NamedTuple):
    """A cell that is worked out: its formula, and the result remembered in the file (None: there is none)."""

    text: str
    value: Any


class Cell(NamedTuple):
    """Value and data type, the latter as Excel has it where it matters: f formula, e error, n anything else."""

    value: Any
    kind: str = "n"


EMPTY = Cell(None)


class Line(NamedTuple):
    """What stands in a row: column numbers, from 1 and ascending, and their values."""

    number: int
    columns: tuple[int, ...]
    values: tuple[Any, ...]

    def value(self, column: int) -> Any:
        i = bisect_left(self.columns, column)
        return self.values[i] if i < len(self.columns) and self.columns[i] == column else None


class Span(NamedTuple):
    """A merged cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Content:
    """What a container gives of a sheet."""

    lines: Sequence[Line] = ()
    spans: Iterable[Span] = ()
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()


class Gatherer:
    """Keeps the lines of a sheet compactly and refuses what no import may hold."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._rows = limit("MAX_ROWS") + _BESIDES
        self._cells = limit("MAX_CELLS")
        self._shapes: dict[tuple[int, ...], tuple[int, ...]] = {}

    def add(self, number: int, cells: Iterable[tuple[int, Any]]) -> None:
        filled = [(column, value) for column, value in cells if value is not None and value != ""]
        if not filled:
            return
        columns = tuple(column for column, _value in filled)
        self._cells -= len(columns)
        if len(self.lines) >= self._rows or self._cells < 0:
            raise too_many()
        columns = self._shapes.setdefault(columns, columns)
        self.lines.append(Line(number, columns, tuple(value for _column, value in filled)))


def too_many() -> ExcelRefused:
    said = _("한 번에 %(most)s행까지 올릴 수 있습니다. 파일을 나누어 올려 주세요.")
    return ExcelRefused(said % {"most": f"{limit('MAX_ROWS'):,}"})


@dataclass
class Grid:
    """One sheet; its content is read when it is first asked for."""

    name: str
    hidden: bool
    load: Callable[[], Content] = field(repr=False)

    @cached_property
    def content(self) -> Content:
        return self.load()

    @property
    def lines(self) -> Sequence[Line]:
        return self.content.lines

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return tuple(self._clipped(self.content))

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        return frozenset(self.content.hidden_rows)

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        return frozenset(self.content.hidden_columns)

    @cached_property
    def height(self) -> int:
        return self.lines[-1].number if self.lines else 0

    @cached_property
    def width(self) -> int:
        return max((line.columns[-1] for line in self.lines), default=0)

    def place(self, number: int) -> int:
        """Where in `lines` the rows from this number on begin."""
        return bisect_left(self._numbers, number)

    def line(self, number: int) -> Line:
        i = bisect_left(self._numbers, number)
        found = self._numbers[i : i + 1] == [number]
        return self.lines[i] if found else Line(number, (), ())

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself: nothing where a merged one covers it."""
        return as_cell(self.line(row).value(column))

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Where the cell's value stands: elsewhere when a merged cell covers it."""
        return self._covered.get((row, column), (row, column))

    @cached_property
    def _numbers(self) -> list[int]:
        return [line.number for line in self.lines]

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        for span in self.spans:
            for row in range(span.top, span.bottom + 1):
                for column in range(span.left, span.right + 1):
                    covered[row, column] = (span.top, span.left)
            if len(covered) > _MOST_COVERED:
                raise ExcelRefused(_("합친 칸이 지나치게 많습니다. 셀 병합을 풀고 다시 저장해 주세요."))
        return covered

    @staticmethod
    def _clipped(content: Content) -> Iterator[Span]:
        """Merged cells as far as anything stands beside them: whole columns are merged, too."""
        height = content.lines[-1].number if content.lines else 0
        width = max((line.columns[-1] for line in content.lines), default=0)
        for top, left, bottom, right in content.spans:
            span = Span(top, left, min(bottom, height), min(right, width))
            if span.top <= span.bottom and span.left <= span.right and span[:2] != span[2:]:
                yield span


@dataclass(frozen=True)
class Book:
    """A file taken in: its container's name, its sheets, and what to say about it (macros left out and the like)."""

    container: str
    grids: tuple[Grid, ...]
    remarks: tuple[str, ...] = ()


def as_cell(value: Any) -> Cell:
    if type(value) is Formula:
        return Cell(value, "f")
    if type(value) is str and value in _ERRORS:
        return Cell(value, "e")
    return Cell(value) if value is not None else EMPTY
