"""A column of an importer as it stands in a table: its cells with the answers somebody gave."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from basis.excel.columns import ImportColumn, clean_text, display, head_key
from basis.tables.cards import CARDS
from basis.tables.finding import Found
from basis.tables.grids import EMPTY, Cell, Grid, as_cell
from basis.tables.reading import AS_ABOVE, OWN_YEAR, Context, Reader, Reading
from basis.tables.text import typed
from basis.tables.words import Match, choice_words, unmarked

_UNMARKED = frozenset(("-", "x", "×", "0", "n", "☐", "□"))


class Words(Protocol):
    """What was said of the file, and who hears what is still to be asked."""

    answers: Mapping[str, Any]
    remembered: Mapping[str, Any]

    def unknown_value(self, key: str, written: str) -> None: ...

    def interpreted(self, kind: str, column: str, written: Any, value: Any) -> None: ...


class Field:
    """A column of the importer in a table: where its cells are, and how they are read. `firm`: the first column that
    every row has (0: none)."""

    def __init__(
        self,
        column: ImportColumn,
        grid: Grid,
        found: Found,
        matches: Sequence[Match],
        firm: int,
        words: Words,
    ) -> None:
        self.column, self.grid, self.found, self.words = column, grid, found, words
        self.marks = [m for m in matches if m.code]
        self.place = 0 if self.marks or not matches else matches[0].heading.column
        self.reader = Reader(column)
        self.context = Context(found.year, found.unit, matches[0].heading.text if matches else "")
        self.above: Cell | None = None
        self.constant = words.answers.get("constants", {}).get(column.key)
        self.confirmed = frozenset(words.answers.get("confirmed", ()))
        self.given: dict[str, Any] = {}
        self.carried = self._is_carried(firm)
        if column.kind == "choice":
            self.given = {unmarked(text): code for text, code in choice_words(column).items()}
            remembered = words.remembered.get("values", {}).get(column.key, {})
            self.given.update((head_key(text), code) for text, code in remembered.items())
            answered = words.answers.get("values", {}).get(column.key, {})
            self.given.update((head_key(text), code) for text, code in answered.items())

    def cell(self, row: int) -> Cell:
        self.context.merged = False
        if self.marks:
            return self._marked(row)
        if not self.place:
            return EMPTY
        cell = self.grid.cell(row, self.place)
        if cell.value is None:
            top, left = self.grid.origin(row, self.place)
            if top != row and left == self.place and top > self.found.head[1]:
                self.context.merged = True
                return self.grid.cell(top, left)
        return cell

    def remember(self, cell: Cell) -> None:
        """For the next row, which may say that it is the same."""
        self.context.above = self.above
        if not is_blank(cell) and not _is_ditto(self.reader, cell):
            self.above = cell

    def _marked(self, row: int) -> Cell:
        """The choice under which there is a ○."""
        chosen = [m.code for m in self.marks if _is_marked(self.grid.cell(row, m.heading.column))]
        return Cell(chosen[0]) if len(chosen) == 1 else Cell(" · ".join(chosen)) if chosen else EMPTY

    def value(self, mended: str | None, cell: Cell) -> tuple[Any, str]:
        """The value, and what is wrong with it ("": nothing)."""
        if mended is not None:
            found = self.reader.read(as_cell(typed(mended)), self.context)
            return (found.value, "") if found.readable else (None, found.fault)
        if is_blank(cell):
            return self._blank(cell)
        if self.given:
            key = head_key(display(cell.value))
            code = self.given.get(key, self.given.get(unmarked(key)))
            if code is not None:
                return code or None, ""
        return self._outcome(self.reader.read(cell, self.context), cell)

    def _is_carried(self, firm: int) -> bool:
        """Whether blanks may mean the value above: a group beside its rows, left of what every row has."""
        if not self.place or self.column.kind in ("int", "decimal", "mark") or self.found.layout == CARDS:
            return False
        rows = self.found.rows
        return bool(rows) and self.place < firm and not is_blank(self.grid.cell(rows[0], self.place))

    def _blank(self, cell: Cell) -> tuple[Any, str]:
        """What an empty cell means: the value for all, the year of the title, or the value above."""
        if self.constant is not None:
            return self._constant()
        year = self.context.year
        if self.column.titled and year and self._confirmed(OWN_YEAR, cell, year):
            return self._outcome(self.reader.read(Cell(year), self.context), Cell(year))
        above = self.context.above
        if self.carried and above and self._confirmed(AS_ABOVE, cell, above.value):
            return self.value(None, above)
        return self._outcome(self.reader.read(cell, self.context), cell)

    def _confirmed(self, kind: str, cell: Cell, value: Any) -> bool:
        if kind not in self.confirmed:
            self.words.interpreted(kind, self.column.key, cell.value, value)
        return kind in self.confirmed

    def _outcome(self, found: Reading, cell: Cell) -> tuple[Any, str]:
        key = self.column.key
        open_kinds = [kind for kind in found.notes if kind not in self.confirmed]
        for kind in open_kinds:
            self.words.interpreted(kind, key, cell.value, found.value)
        if found.notes:
            return (None, found.fault) if open_kinds else (found.value, "")
        if found.fault and self.column.kind == "choice" and not is_blank(cell):
            self.words.unknown_value(key, clean_text(display(cell.value)))
        return found.value, found.fault

    def _constant(self) -> tuple[Any, str]:
        if self.constant == "" and (self.column.may_lack or not self.column.required):
            return {"text": "", "departments": "", "mark": False}.get(self.column.kind), ""
        found = self.reader.read(as_cell(typed(str(self.constant))), self.context)
        return (found.value, "") if found.readable else (None, found.fault)


def is_blank(cell: Cell) -> bool:
    return cell.value is None or (type(cell.value) is str and not clean_text(cell.value))


def _is_ditto(reader: Reader, cell: Cell) -> bool:
    return type(cell.value) is str and reader.is_ditto(cell.value)


def _is_marked(cell: Cell) -> bool:
    return not is_blank(cell) and head_key(display(cell.value)) not in _UNMARKED
