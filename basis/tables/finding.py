"""Finding the tables of a sheet: heads of several rows, what stands above, between and below, side by side.

Everything that is not taken as data is counted and said (`Found.says`).
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from basis.excel.columns import EXAMPLE_MARK, head_key
from basis.tables.cards import CARDS, SIDEWAYS, Turned
from basis.tables.grids import Grid, Line
from basis.tables.heads import Head, find_head, next_head, text_of
from basis.tables.lines import (
    Above,
    band_year,
    is_note,
    is_number,
    is_numbering,
    is_running_number,
    is_total,
    look_above,
)

_BEYOND = 1 << 20


@dataclass(frozen=True)
class Heading:
    """A head of a column; of groups joined: `검토결과 › 도입`."""

    column: int
    letter: str
    text: str


@dataclass(frozen=True)
class Found:
    """A table: its head, the numbers of its data rows, and of all rows that are something else."""

    sheet: str
    head: tuple[int, int]
    headings: tuple[Heading, ...]
    rows: tuple[int, ...]
    totals: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()  # a running number and nothing else
    examples: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()  # among the rows
    hidden_columns: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None
    years: tuple[tuple[int, int], ...] = ()  # rows between the others that name the year of those below them
    unit: str = ""
    above: int = 0
    layout: str = ""  # of the sheet, where its rows were something else
    aside: int = 0  # lines of such a sheet that are nothing of all this

    @property
    def key(self) -> str:
        """What a page calls this table: sheet and first cell of the head."""
        return f"{self.sheet}!{self.headings[0].letter}{self.head[0]}"

    def year_of(self, row: int) -> int | None:
        """What the last row above that names a year says, else the title."""
        return next((year for at, year in reversed(self.years) if at < row), self.year)

    def says(self) -> str:
        """제목 행 3–5, 자료 34행, 합계 1행·주석 2행 제외, 숨긴 행 2 포함"""
        parts = self._counts()
        left_out = [
            (_("합계 %(n)s행"), self.totals),
            (_("주석 %(n)s행"), self.notes),
            (_("되풀이된 제목 %(n)s행"), self.repeats),
            (_("번호만 있는 행 %(n)s"), self.blanks),
            (_("예시 %(n)s행"), self.examples),
            (_("그 밖의 글 %(n)s행"), range(self.aside)),
        ]
        said = "·".join(words % {"n": len(rows)} for words, rows in left_out if rows)
        if said:
            parts.append(_("%(what)s 제외") % {"what": said})
        if self.hidden_rows:
            parts.append(_("숨긴 행 %(n)s 포함") % {"n": len(self.hidden_rows)})
        if self.hidden_columns:
            parts.append(_("숨긴 열 %(letters)s 포함") % {"letters": ", ".join(self.hidden_columns)})
        if self.above:
            parts.append(_("위의 제목·단위 %(n)s행") % {"n": self.above})
        return ", ".join(parts)

    def _counts(self) -> list[str]:
        """What it is, and of how much."""
        count = f"{len(self.rows):,}"
        if self.layout == CARDS:
            return [_("카드 %(n)s장") % {"n": count}]
        if self.layout == SIDEWAYS:
            return [_("옆으로 누운 표"), _("자료 %(n)s열") % {"n": count}]
        first, last = self.head
        head = str(first) if first == last else f"{first}–{last}"
        return [_("제목 행 %(head)s") % {"head": head}, _("자료 %(n)s행") % {"n": count}]


def find_tables(
    grid: Grid, head: tuple[int, int] | None = None, known: Container[str] = frozenset()
) -> list[Found]:
    """The tables of the sheet from above; with the given head rows if somebody showed them. `known`: folded heads that
    are looked for, which tell a head from a first row of data."""
    found: list[Found] = []
    start = 0
    head = grid.head if isinstance(grid, Turned) and head is None else head
    while True:
        place = Head.of(grid, *head) if head and not found else find_head(grid, known, start)
        if place is None:
            return found
        end = next_head(grid, place, known)
        above = look_above(grid, start, place.first)
        blocks = place.blocks()
        for i, block in enumerate(blocks):
            left = block[0] if i else 1
            right = blocks[i + 1][0] - 1 if i + 1 < len(blocks) else _BEYOND
            found.append(_Body(grid, place, block, (left, right), end, above).found())
        if end is None:
            return found
        start = end


class _Body:
    """The rows under a head, in the columns of one block."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        columns: Sequence[int],
        reach: tuple[int, int],
        end: int | None,
        above: Above,
    ) -> None:
        self.grid, self.head, self.end, self.above = grid, head, end, above
        self.columns = columns
        self.left, self.right = reach  # cells without a head are seen, too
        self.running = {c for c in columns if is_running_number(head.text(c))}

    def lines(self) -> Iterator[Line]:
        begin = self.grid.place(self.head.last + 1)
        for line in self.grid.lines[begin:]:
            if self.end is not None and line.number >= self.end:
                return
            yield line

    @cached_property
    def repeated(self) -> set[tuple[str, ...]]:
        lines = (self.grid.line(n) for n in range(self.head.first, self.head.last + 1))
        return {self.keys(line) for line in lines} - {()}

    @cached_property
    def beginnings(self) -> set[str]:
        return {keys[0] for keys in self.repeated}

    def keys(self, line: Line) -> tuple[str, ...]:
        return tuple(head_key(value) for _column, value in self.cells(line))

    def cells(self, line: Line) -> list[tuple[int, object]]:
        return [
            (c, v)
            for c, v in zip(line.columns, line.values, strict=True)
            if self.left <= c <= self.right and (type(v) is not str or v.strip())
        ]

    def kind(self, line: Line) -> str:
        cells = self.cells(line)
        if not cells:
            return ""
        texts = [text_of(value) for _column, value in cells]
        if texts[0].startswith(EXAMPLE_MARK):
            return "examples"
        if head_key(texts[0]) in self.beginnings and self.keys(line) in self.repeated:
            return "repeats"
        if line.number == self.head.last + 1 and is_numbering([value for _column, value in cells]):
            return "repeats"
        if is_total(texts, cells):
            return "totals"
        if is_note(texts, self._width(line.number, cells[0][0]), len(self.columns)):
            return "notes"
        if any(column not in self.running for column, _value in cells) or self._covered(line.number):
            return "rows"
        return "blanks" if all(map(is_number, texts)) else "notes"

    def _covered(self, row: int) -> bool:
        """Whether a merged cell from above gives this row something."""
        return any(self.grid.origin(row, c)[0] != row for c in self.columns)

    def _width(self, row: int, column: int) -> int:
        return sum(self.grid.origin(row, c) == (row, column) for c in self.columns)

    def found(self) -> Found:
        sorted_out: dict[str, list[int]] = {}
        filled: Counter[int] = Counter()
        years: list[tuple[int, int]] = []
        for line in self.lines():
            kind = self.kind(line)
            sorted_out.setdefault(kind, []).append(line.number)
            if kind == "rows":
                filled.update(c for c, _v in self.cells(line))
            elif kind == "notes" and (year := band_year(line.values)):
                years.append((line.number, year))
        sorted_out.pop("", None)
        rows = sorted_out.get("rows", [])
        turned = self.grid if isinstance(self.grid, Turned) else None
        return Found(
            sheet=self.grid.name,
            head=(self.head.first, self.head.last),
            headings=tuple(self._headings(filled)),
            **{kind: tuple(numbers) for kind, numbers in sorted_out.items() if kind != "rows"},
            rows=tuple(rows),
            hidden_rows=tuple(n for n in rows if n in self.grid.hidden_rows) if self.grid.hidden_rows else (),
            hidden_columns=tuple(get_column_letter(c) for c in self.columns if c in self.grid.hidden_columns),
            title=self.above.title,
            year=self.above.year,
            years=tuple(years),
            unit=self.above.unit,
            above=self.above.lines,
            layout=turned.layout if turned else "",
            aside=turned.aside if turned else 0,
        )

    def _headings(self, filled: Iterable[int]) -> Iterator[Heading]:
        for column in sorted({*self.columns, *filled}):
            letter = get_column_letter(column)
            yield Heading(column, letter, self.head.text(column) or _("(%(letter)s열)") % {"letter": letter})
