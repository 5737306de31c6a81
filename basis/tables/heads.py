"""Where the head of a table stands, of how many rows it is, and which columns it is over."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import cached_property
from typing import Any

from basis.excel.columns import clean_text, head_key
from basis.tables.grids import Formula, Grid, Line

GROUP = " › "  # between the head of a group and those under it
_LOOKED_AT = 60  # lines in which the head is looked for
_BODY = 20  # lines by which the columns of the data are known
_LONGEST = 40  # characters of a head
MOST_ROWS = 4  # of a head
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_ASIDE = re.compile(r"^[(\[（<]?\s*(단위|기준|작성|\d{4}[.\s년-])").match


def text_of(value: Any) -> str:
    if type(value) is Formula:
        value = value.text if value.value is None else value.value
    return clean_text(value) if type(value) is str else "" if value is None else str(value)


def is_word(value: Any) -> bool:
    if type(value) is not str:
        return False
    text = clean_text(value)
    return 0 < len(text) <= _LONGEST and not re.fullmatch(r"[-\d.,/\s%:()]+", text)


def _is_prose(value: Any) -> bool:
    return type(value) is str and len(value) > 2 * _LONGEST


class Head:
    """The head of a table: its rows, and the text over every column."""

    def __init__(self, grid: Grid, first: int, last: int) -> None:
        self.grid, self.first, self.last = grid, first, last

    @classmethod
    def of(cls, grid: Grid, first: int, last: int) -> "Head | None":
        head = cls(grid, first, last)
        return head if head.columns else None

    @cached_property
    def columns(self) -> list[int]:
        """Those that have a head."""
        lines = [self.grid.line(n) for n in range(self.first, self.last + 1)]
        most = max((line.columns[-1] for line in lines if line.columns), default=0)
        for span in self.grid.spans:
            if self.first <= span.top <= self.last:
                most = max(most, span.right)
        return [c for c in range(1, most + 1) if self.text(c)]

    def text(self, column: int) -> str:
        """The heads over the column joined, groups first."""
        parts: list[str] = []
        for row in range(self.first, self.last + 1):
            part = self._part(row, column)
            if part and (not parts or head_key(part) != head_key(parts[-1])):
                parts.append(part)
        return GROUP.join(parts)

    def _part(self, row: int, column: int) -> str:
        top, left = self.grid.origin(row, column)
        if top < self.first:
            return ""
        own = " ".join(text_of(_shown(self.grid.line(top).value(left))).split())
        if own or row == self.last or (top, left) != (row, column):
            return own
        return self._group(row, column)

    def _group(self, row: int, column: int) -> str:
        """What stands to the left in this row, if this column goes on under it: merged by eye only."""
        below = any(self.grid.line(n).value(column) is not None for n in range(row + 1, self.last + 1))
        if not below:
            return ""
        line = self.grid.line(row)
        before = [c for c in line.columns if c < column]
        if not before:
            return ""
        start = before[-1]
        goes_on = all(
            any(self.grid.line(n).value(c) is not None for n in range(row + 1, self.last + 1))
            for c in range(start, column + 1)
        )
        return text_of(line.value(start)) if goes_on and self.grid.origin(row, start) == (row, start) else ""

    def blocks(self) -> list[list[int]]:
        """The columns, parted where the same heads begin again beside the first."""
        return _parted(self.columns, [head_key(self.text(c)) for c in self.columns])


def _parted(columns: list[int], keys: list[str]) -> list[list[int]]:
    for start in range(1, len(columns)):
        if keys[start] == keys[0] and _begins_again(keys, start):
            return [columns[:start], *_parted(columns[start:], keys[start:])]
    return [columns]


def _begins_again(keys: Sequence[str], start: int) -> bool:
    """At least two heads, and all of the shorter block."""
    many = min(start, len(keys) - start)
    return many >= 2 and list(keys[:many]) == list(keys[start : start + many])


def _shown(value: Any) -> Any:
    return value.value if type(value) is Formula else value


def find_head(grid: Grid, known: Container[str], start: int = 0) -> Head | None:
    """The best head at or below this row, or that of a smaller table above it."""
    best = _best_head(grid, known, grid.lines[grid.place(start) :][:_LOOKED_AT], start)
    if best is None:
        return None
    lines = [line for line in grid.lines[grid.place(start) :][:_LOOKED_AT] if line.number < best.first]
    above = _best_head(grid, known, lines, start)
    if above and len(above.columns) > 1 and next_head(grid, above, known):
        numbers = [line for line in lines if line.number > above.last and _has_number(line)]
        return above if numbers else best
    return best


def _has_number(line: Line) -> bool:
    return len(line.values) > 1 and any(isinstance(value, int | float) for value in line.values)


def _best_head(grid: Grid, known: Container[str], lines: Sequence[Line], start: int) -> Head | None:
    best, most = None, 0.0
    for i, line in enumerate(lines):
        score = _score(grid, line, lines[i + 1 : i + 1 + _BODY], known)
        if score > most:
            best, most = line, score
    if best is None:
        return None
    first, last = _upwards(grid, best.number, start), _downwards(grid, best.number)
    return Head.of(grid, first, last)


def hits(grid: Grid, line: Line, known: Container[str]) -> int:
    return sum(is_known(value, known) for value in line.values)


def is_known(value: Any, known: Container[str]) -> bool:
    if type(value) is not str or len(value) > _LONGEST:
        return False
    return head_key(value) in known or ("(" in value and head_key(_BRACKETS.sub("", value)) in known)


def _score(grid: Grid, line: Line, below: Sequence[Line], known: Container[str]) -> float:
    words = [value for value in line.values if is_word(value)]
    if not words or not below or (len(words) == 1 and _ASIDE(words[0])):
        return 0
    found = hits(grid, line, known)
    others = len(line.values) - len(words)
    body = _columns_of(below)
    over = {c for c in body if c in line.columns or _spanned(grid, line.number, c)}
    coverage = len(over) / len(body) if body else 0
    alike = len({head_key(word) for word in words}) / len(words)
    if not found and (len(words) < 2 or coverage < 0.6 or others or alike < 0.6):
        return 0
    if len(words) == 1 and len(body) > 1 and not known:
        return 0
    return found * 10 + coverage * 3 + alike - others * 4


def _columns_of(lines: Sequence[Line]) -> set[int]:
    """Columns in which most of these lines have something."""
    counted = Counter(c for line in lines for c in line.columns)
    return {c for c, n in counted.items() if n * 3 >= len(lines)}


def _spanned(grid: Grid, row: int, column: int) -> bool:
    return grid.origin(row, column) != (row, column)


def _upwards(grid: Grid, row: int, start: int) -> int:
    """The first row of the head of which this row is one."""
    top = min((grid.origin(row, c)[0] for c in range(1, grid.width + 1)), default=row)
    while row - top < MOST_ROWS - 1 and top - 1 > max(start, 0) and _groups(grid, top - 1, top):
        top -= 1
    return top if row - top < MOST_ROWS else row


def _groups(grid: Grid, above: int, row: int) -> bool:
    """Whether the row above holds heads of groups over this one, or heads where this one has none."""
    upper, lower = grid.line(above), grid.line(row)
    if not upper.values or any(not is_word(v) or _ASIDE(v) for v in upper.values):
        return False
    if len(upper.values) == 1:  # of a title, or of the only group: this must be over some columns, not all
        left = upper.columns[0]
        wide = [c for c in lower.columns if grid.origin(above, c) == (above, left)]
        return 2 <= len(wide) < len(lower.columns) and left > lower.columns[0]
    complement = [c for c in upper.columns if lower.value(c) is None and not _spanned(grid, row, c)]
    spans = [s for s in grid.spans if s.top == above and s.right > s.left and s.bottom == above]
    over = [s for s in spans if sum(s.left <= c <= s.right for c in lower.columns) >= 2]
    return bool(over) or (bool(complement) and len(set(lower.columns) - set(upper.columns)) > 0)


def _downwards(grid: Grid, row: int) -> int:
    """The last row of the head that begins with this row."""
    last = row
    while last - row < MOST_ROWS - 1:
        spans = [s for s in grid.spans if s.top <= last <= s.bottom and s.top >= row]
        deeper = max((s.bottom for s in spans), default=last)
        if deeper - row >= MOST_ROWS:
            return last
        if deeper > last:
            last = deeper
        elif _goes_on(grid, last, spans):
            last += 1
        else:
            return last
    return last


def _goes_on(grid: Grid, row: int, spans: Sequence[Any]) -> bool:
    """Whether the next row still is head: it has heads under groups, and none where this row stands alone."""
    upper, lower = grid.line(row), grid.line(row + 1)
    if not lower.values or not all(is_word(v) for v in lower.values):
        return False
    under = {c for s in spans if s.right > s.left for c in range(s.left, s.right + 1)}
    alone = [c for c in upper.columns if c not in under]
    if under and all(c in under for c in lower.columns):
        return True
    free = [c for c in lower.columns if upper.value(c) is None and c not in under]
    starts = set(upper.columns)
    held = [c for c in lower.columns if c in starts and lower.value(c + 1) is None and c not in under]
    return bool(free) and not held and bool(alone) and lower.value(upper.columns[0]) is None


def next_head(grid: Grid, head: Head, known: Container[str]) -> int | None:
    """The row above which this table ends because another begins: another head, or its title."""
    own = {head_key(part) for c in head.columns for part in head.text(c).split(GROUP)}
    before: list[Line] = []  # titles just above
    last = head.last
    lines = grid.lines[grid.place(head.last + 1) :]
    for i, line in enumerate(lines):
        if len(line.values) == 1 and type(line.values[0]) is str:
            before = before if before and line.number == last + 1 else []
            before.append(line)
        elif _is_other_head(grid, line, lines[i + 1 : i + 2], known, own, bool(before)):
            return before[0].number if before else line.number
        else:
            before = []
        last = line.number
    return None


def _is_other_head(
    grid: Grid, line: Line, below: Sequence[Line], known: Container[str], own: set[str], titled: bool
) -> bool:
    """A row of words of which most are no heads of this table: known ones, or under a title and over numbers."""
    if type(line.values[0]) is not str or len(line.values) < 2 or any(map(_is_prose, line.values)):
        return False
    found = hits(grid, line, known)
    over = any(
        not is_word(v) and line.value(c) for n in below for c, v in zip(n.columns, n.values, strict=True)
    )
    words = titled and all(map(is_word, line.values)) and (found or over)
    if not words and (found < 2 or found * 2 < len(line.values)):
        return False
    keys = {head_key(v) for v in line.values if type(v) is str}
    return len(keys & own) * 2 < len(keys)
