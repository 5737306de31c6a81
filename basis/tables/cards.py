"""Cards (a form per case: labels beside their values) and tables that lie on their side, laid out as tables: a head,
and a row for each card or column. From then on they are read as any table."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from basis.excel.columns import display, head_key
from basis.folding import fold
from basis.tables.grids import Content, Grid, Line, Span
from basis.tables.heads import MOST_ROWS, is_known, is_word, text_of

CARDS, SIDEWAYS = "cards", "sideways"
_LEAST = 3  # labels that are known, or it is no form
_LOOKED_AT = 200  # lines by which a form is known from a long table
_WIDEST = 3  # columns of heads of a table on its side
_DRESS = re.compile(r"^(?:[○●◎□■◦▪▶◆※*·-]|\(?\d{1,2}[.)]|[①-⑳]|[가-하][.)])\s*|\s*[:：]\s*$")
_EXPLAINED = {"필수", "선택", "required", "optional"}  # of what explains a form


@dataclass
class Turned(Grid):
    """A sheet laid out anew. `head`: where its head is then; `names`: what its rows were; `aside`: lines of the sheet
    that are neither above nor part of anything."""

    layout: str = ""
    head: tuple[int, int] = (1, 1)
    names: Mapping[int, str] = field(default_factory=dict)
    aside: int = 0


class Label(NamedTuple):
    """A head beside its value."""

    row: int
    column: int
    right: int
    text: str

    @property
    def key(self) -> str:
        return head_key(self.text)


def turned(grid: Grid, known: Container[str]) -> Grid:
    """The sheet as a table if it holds cards or lies on its side, else as it is."""
    labels = _labels(grid, known)
    if not labels:
        return grid
    return _sideways(grid, labels) or _Cards(grid, labels, known).turned()


def _bare(value: Any) -> str:
    return _DRESS.sub("", " ".join(text_of(value).split())) if type(value) is str else ""


def _labels(grid: Grid, known: Container[str]) -> list[Label]:
    """The known heads, if they stand as in a form: below each other, each beside its value, and not side by side as
    over a table."""
    found: list[Label] = []
    tabular: list[Label] = []  # beginnings of rows in which they stand side by side
    rows = stray = valued = 0
    for i, line in enumerate(grid.lines):
        if i == _LOOKED_AT and not _is_form(found):
            return []
        here, beside = _known_in(grid, line, known)
        if beside > 1:
            tabular.append(here[0])
        elif here:
            rows += 1
            stray += any(
                c < here[0].column and is_word(v) for c, v in zip(line.columns, line.values, strict=True)
            )
            valued += line.columns[-1] > here[0].right
            found += here
    if 2 * stray > rows or 2 * valued < rows:  # values of a table, that are called like heads
        return []
    if not _is_form(found) or not _fit(tabular, found) or _explains(grid, found):
        return []
    return sorted([*found, *tabular])


def _is_form(labels: Sequence[Label]) -> bool:
    """Several in one column, or in more rows than a head has."""
    columns = _by_column(labels)
    rows = {key: row for row, key in reversed([(label.row, label.key) for label in labels])}
    tall = len(set(rows.values())) >= MOST_ROWS and len(columns) < MOST_ROWS
    return tall or any(len(keys) >= _LEAST for keys in columns.values())


def _by_column(labels: Iterable[Label]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for label in labels:
        found.setdefault(label.column, set()).add(label.key)
    return found


def _fit(tabular: Iterable[Label], labels: Iterable[Label]) -> bool:
    """Whether rows of such words are values, called like heads, beside a label among the others."""
    columns = _by_column(labels)
    return all(len(columns.get(label.column, ())) >= _LEAST for label in tabular)


def _explains(grid: Grid, labels: Sequence[Label]) -> bool:
    """Whether it only says of the items of a form which are needed."""
    values = [fold(display(value)) for label in labels for value in grid.line(label.row).values]
    return 5 * sum(value in _EXPLAINED for value in values) >= 4 * len(labels)


def _known_in(grid: Grid, line: Line, known: Container[str]) -> tuple[list[Label], int]:
    """The labels of a line, and how many known words stand right beside another. The second of two is the value of
    the first, unless that is the head of a group."""
    cells = [
        Label(line.number, c, _right(grid, line.number, c), _bare(v))
        for c, v in zip(line.columns, line.values, strict=True)
        if type(v) is str and is_known(_bare(v), known)
    ]
    found: list[Label] = []
    beside = 0
    for cell, after in zip_longest(cells, cells[1:]):
        follows = after is not None and after.column == cell.right + 1
        beside += follows
        if found and found[-1].right + 1 == cell.column:
            continue
        if not (follows and after and _is_group(grid, cell, after, known)):
            found.append(cell)
    return found, beside


def _is_group(grid: Grid, cell: Label, beside: Label, known: Container[str]) -> bool:
    """Whether it stands over several rows of labels."""
    below = grid.line(cell.row + 1)
    return below.value(cell.column) is None and is_known(_bare(below.value(beside.column)), known)


def _right(grid: Grid, row: int, column: int) -> int:
    """The last column of the cell."""
    last = column
    while last < grid.width and grid.origin(row, last + 1) == (row, column):
        last += 1
    return last


# -- on its side


def _sideways(grid: Grid, labels: Sequence[Label]) -> Turned | None:
    """Heads down the first columns, each once, and several columns of values beside them."""
    once = {label.key for label in labels}
    if len(once) != len(labels) or len({label.row for label in labels}) != len(labels):
        return None
    right = max(label.right for label in labels)
    first, last = _reach(grid, labels, right)
    lines = [grid.line(n) for n in range(first, last + 1)]
    left = min(line.columns[0] for line in lines if line.columns)
    columns = sorted({c for line in lines for c in line.columns if c > right})
    filled = Counter(c for label in labels for c in grid.line(label.row).columns if c > right)
    if right - left >= _WIDEST or sum(2 * n >= len(labels) for n in filled.values()) < 2:
        return None
    above = [line for line in grid.lines if line.number < first]
    return _swapped(grid, above, Span(first, left, last, columns[-1]), right)


def _reach(grid: Grid, labels: Sequence[Label], right: int) -> tuple[int, int]:
    """The first and the last row: beyond the known heads as long as a word stands there beside values."""
    first, last = labels[0].row, labels[-1].row
    while _is_row(grid.line(first - 1), right, 2):
        first -= 1
    while _is_row(grid.line(last + 1), right, 1):
        last += 1
    return first, last


def _is_row(line: Line, right: int, least: int) -> bool:
    heads = [v for c, v in zip(line.columns, line.values, strict=True) if c <= right]
    return bool(heads) and is_word(heads[-1]) and sum(c > right for c in line.columns) >= least


def _swapped(grid: Grid, above: Sequence[Line], part: Span, right: int) -> Turned:
    """Rows as columns, columns as rows; what stands above stays above."""
    top = len(above) + 1 - part.left  # of a column, to be its row

    def load() -> Content:
        lines = [Line(n, line.columns, line.values) for n, line in enumerate(above, 1)]
        for column in range(part.left, part.right + 1):
            cells = [(n - part.top + 1, grid.line(n).value(column)) for n in range(part.top, part.bottom + 1)]
            lines.append(_line(top + column, cells))
        spans = [
            Span(top + s.left, s.top - part.top + 1, top + s.right, s.bottom - part.top + 1)
            for s in grid.spans
            if part.top <= s.top and s.bottom <= part.bottom and part.left <= s.left
        ]
        hidden_columns = [n - part.top + 1 for n in grid.hidden_rows if part.top <= n <= part.bottom]
        hidden_rows = [top + c for c in grid.hidden_columns if right < c <= part.right]
        return Content([line for line in lines if line.columns], spans, hidden_rows, hidden_columns)

    names = {
        top + c: _("%(letter)s열") % {"letter": get_column_letter(c)}
        for c in range(right + 1, part.right + 1)
    }
    aside = sum(line.number > part.bottom for line in grid.lines)
    return Turned(grid.name, grid.hidden, load, SIDEWAYS, (top + part.left, top + right), names, aside)


def _line(number: int, cells: Iterable[tuple[int, Any]]) -> Line:
    filled = [(c, v) for c, v in cells if v is not None and v != ""]
    return Line(number, tuple(c for c, _v in filled), tuple(v for _c, v in filled))


# -- cards


@dataclass
class _Entry:
    """A label of a card and what stands beside it, or below it if it is wide. `last`, `place`: the line that was read
    last, and the column of the value."""

    label: Label
    last: int
    place: int = 0
    value: Any = None

    def add(self, row: int, column: int, value: Any) -> None:
        between = " " if row == self.last else "\n"
        self.value = value if self.value is None else display(self.value) + between + display(value)
        self.last, self.place = row, self.place or column

    def goes_on(self, row: int, column: int) -> bool:
        """Whether what stands there without a label is the value still."""
        if row != self.last + 1:
            return False
        if self.place:
            return column >= self.place > self.label.column
        return self.label.column == column < self.label.right


@dataclass
class _Card:
    """Where a card stands."""

    top: int
    bottom: int
    left: int
    right: int


class _Cards:
    """A sheet of cards: each begins where the label that comes most often, the first of those, stands again."""

    def __init__(self, grid: Grid, labels: Sequence[Label], known: Container[str]) -> None:
        self.grid, self.labels, self.known = grid, labels, known
        often = Counter(label.key for label in labels).most_common(1)[0][0]
        self.begins = [label for label in labels if label.key == often]
        columns = sorted({label.column for label in self.begins})
        before = columns[0] - min(label.column for label in labels)  # labels left of the first one
        self.lefts = [max(1, column - before) for column in columns]
        self.offsets = {label.column - self._left_of(label.column) for label in labels}
        self.aside = 0

    def _left_of(self, column: int) -> int:
        return max((left for left in self.lefts if left <= column), default=self.lefts[0])

    def turned(self) -> Turned:
        cards = self._cards()
        first = min(card.top for card in cards)
        above = [line for line in self.grid.lines if line.number < first]
        read = [self._read(card) for card in cards]
        heads: dict[tuple[str, int], tuple[int, str]] = {}
        rows = [dict(_placed(entries, heads)) for entries in read]
        top = len(above) + 1
        lines = [Line(n, line.columns, line.values) for n, line in enumerate(above, 1)]
        lines.append(_line(top, heads.values()))
        lines += [_line(top + n, sorted(row.items())) for n, row in enumerate(rows, 1)]
        names = {
            top + n: _("카드 %(n)s(%(row)s행)") % {"n": n, "row": card.top} for n, card in enumerate(cards, 1)
        }
        content = Content([line for line in lines if line.columns])
        return Turned(self.grid.name, self.grid.hidden, lambda: content, CARDS, (top, top), names, self.aside)

    def _cards(self) -> list[_Card]:
        """In the order in which they are read."""
        up = self._lines_before()
        found = []
        for label in self.begins:
            left = self._left_of(label.column)
            right = min((x for x in self.lefts if x > left), default=self.grid.width + 1) - 1
            after = [b.row for b in self.begins if b.row > label.row and self._left_of(b.column) == left]
            bottom = min(after) - up - 1 if after else self.grid.height
            found.append(_Card(label.row - up, bottom, left, right))
        return found

    def _lines_before(self) -> int:
        """How many lines of each card stand above the label with which cards are told apart: words beside values."""
        count = 0
        while words := {self._word_before(label, count + 1) for label in self.begins}:
            if len(words) > 1 or "" in words:
                break
            count += 1
        return count

    def _word_before(self, begin: Label, up: int) -> str:
        """With what a line above begins, if something is beside it."""
        left, line = self._left_of(begin.column), self.grid.line(begin.row - up)
        cells = [v for c, v in zip(line.columns, line.values, strict=True) if c >= left]
        return head_key(_bare(cells[0])) if len(cells) > 1 and is_word(cells[0]) else ""

    def _read(self, card: _Card) -> list[_Entry]:
        entries: list[_Entry] = []
        for line in self.grid.lines[self.grid.place(card.top) :]:
            if line.number > card.bottom:
                break
            cells = [
                (c, v) for c, v in zip(line.columns, line.values, strict=True) if card.left <= c <= card.right
            ]
            if cells and not self._take(line.number, cells, card, entries):
                self.aside += 1
        return entries

    def _take(self, row: int, cells: list[tuple[int, Any]], card: _Card, entries: list[_Entry]) -> bool:
        """The labels of a line with their values, and what goes on from the line above; False: it is neither."""
        labels = {label.column: label for label in _known_in(self.grid, self.grid.line(row), self.known)[0]}
        taken = False
        now: _Entry | None = None
        for i, (column, value) in enumerate(cells):
            beside = cells[i + 1][0] if i + 1 < len(cells) else 0
            own = now is not None and now.value is None and column == now.label.right + 1
            label = None if own else labels.get(column)
            if label is None and not own and beside and beside not in labels:
                label = self._other(row, column, value, card)
            if label:
                now = _Entry(label, row)
                entries.append(now)
            elif goes_on := now or next((e for e in reversed(entries) if e.goes_on(row, column)), None):
                goes_on.add(row, column, value)
            else:
                continue
            taken = True
        return taken

    def _other(self, row: int, column: int, value: Any, card: _Card) -> Label | None:
        """A word that is no head of ours, where labels stand."""
        if column - card.left not in self.offsets or not is_word(value):
            return None
        return Label(row, column, _right(self.grid, row, column), _bare(value))


def _placed(
    entries: Iterable[_Entry], heads: dict[tuple[str, int], tuple[int, str]]
) -> Iterator[tuple[int, Any]]:
    """Column and value of each label; what is new becomes a head."""
    seen: Counter[str] = Counter()
    for entry in entries:
        key = entry.label.key
        seen[key] += 1
        text = entry.label.text if seen[key] == 1 else f"{entry.label.text} ({seen[key]})"
        column, _text = heads.setdefault((key, seen[key]), (len(heads) + 1, text))
        if entry.value is not None:
            yield column, entry.value
