"""The rows of a workbook for an importer, with the answers somebody gave, and what is still to ask."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from basis.excel.columns import ImportColumn, display
from basis.excel.rows import ERROR_LABEL, CellFault, Place, RawRow
from basis.excel.safety import ExcelRefused, Upload, limit
from basis.tables.amounts import unit_of
from basis.tables.cards import Turned, turned
from basis.tables.containers import open_book
from basis.tables.fields import Field, is_blank
from basis.tables.finding import Found, find_tables
from basis.tables.grids import Book, Cell, Grid, too_many
from basis.tables.lines import is_running_number
from basis.tables.words import Dictionary, Match, choice_words, propose

_ASKED = 200  # different values asked for in a column
_NAMED = 5  # rows named by their numbers
_BEGINNING = 4  # cells by which a row is known again
_SHOWN = 40  # characters of each


@dataclass
class ValueQuestion:
    """A value of a choice that is none of ours: how often it is there, and what it may mean (None: no idea)."""

    column: str
    label: str
    written: str
    count: int
    proposed: Any


@dataclass
class Interpretation:
    """A kind of interpretation, how often it was needed, and one example of it: as written, as read ("" is empty)."""

    kind: str
    count: int
    column: str
    written: str
    read: str


@dataclass
class Questions:
    """What is still open. `tables`: all that were found, with whether they are taken; `columns`: the heads of those;
    `missing`: columns that no head means."""

    tables: list[tuple[Found, bool]] = field(default_factory=list)
    columns: list[Match] = field(default_factory=list)
    missing: list[ImportColumn] = field(default_factory=list)
    values: list[ValueQuestion] = field(default_factory=list)
    interpretations: list[Interpretation] = field(default_factory=list)


class TableSource:
    """Rows with clean values by column key, from the tables ticked. May be gone through again.

    `answers` is plain JSON, and each part may be left out; without any only what is sure is taken:
    {"tables": [keys], "heads": {sheet: [first row, last]}, "columns": {heading: key or ""}, "values": {key: {as
    written: code or ""}}, "constants": {key: value for all}, "confirmed": [kinds of interpretation],
    "rows": {"sheet!row": {"skip": true} or {key: text}}, "upright": [sheets that are no cards]}.
    `remembered`: their words of before,
    {"columns": {folded head: key}, "values": {key: {folded value: code}}}.
    """

    def __init__(
        self,
        book: Book,
        columns: Sequence[ImportColumn],
        answers: Mapping[str, Any] | None = None,
        remembered: Mapping[str, Any] | None = None,
    ) -> None:
        self.book, self.columns = book, columns
        self.answers, self.remembered = answers or {}, remembered or {}
        self.dictionary = Dictionary(columns)
        self._values: dict[str, Counter[str]] = {}
        self._notes: dict[str, Interpretation] = {}
        self._read = False
        self._reading: Table | None = None

    # -- what was found

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The sheets, those of cards and of tables on their side laid out as tables, unless somebody wants them as they
        are."""
        upright, words = self.answers.get("upright", ()), self.dictionary.heads
        return tuple(
            grid if grid.hidden or grid.name in upright else turned(grid, words) for grid in self.book.grids
        )

    @cached_property
    def tables(self) -> list[Found]:
        """All tables of the visible sheets."""
        heads = self.answers.get("heads", {})
        words = self.dictionary.heads
        found: list[Found] = []
        for grid in self.grids:
            if not grid.hidden:
                shown = heads.get(grid.name)
                found += find_tables(grid, (int(shown[0]), int(shown[1])) if shown else None, words)
        return found

    @cached_property
    def taken(self) -> list["Table"]:
        """The tables ticked; else all that have the required columns, or the one that has most of them."""
        tables = [Table(self, found) for found in self.tables]
        if "tables" in self.answers:
            return [table for table in tables if table.found.key in self.answers["tables"]]
        whole = [table for table in tables if not table.missing]
        if whole:
            return whole
        best = max(tables, key=lambda table: len(table.places), default=None)
        return [best] if best and best.places else []

    @property
    def letters(self) -> Mapping[str, str]:
        """Of the table whose rows are being read."""
        table = self._reading or (self.taken[0] if self.taken else None)
        return table.letters if table else {}

    @property
    def ignored(self) -> list[str]:
        """Heads that nobody asked for."""
        return list(dict.fromkeys(text for table in self.taken for text in table.ignored))

    @property
    def totals(self) -> list[dict[str, Any]]:
        """What the last total row of each table says, as it stands, by the key of the column."""
        return [table.total(table.found.totals[-1]) for table in self.taken if table.found.totals]

    @property
    def total_rows(self) -> list[tuple[Place, dict[str, Any]]]:
        """The last total row of each table with its place, unless an answer leaves it out."""
        found = []
        for table in self.taken:
            if table.found.totals:
                row = table.found.totals[-1]
                if not table._answer(row)[1].get("skip"):
                    found.append(((table.name, row), table.total(row)))
        return found

    def unit_of(self, key: str) -> int:
        """How many won the amounts of this column are, of the table whose rows are being read: its head says it, or
        what stands above the table (1: neither)."""
        table = self._reading or (self.taken[0] if self.taken else None)
        if table is None:
            return 1
        heads = [match.heading.text for match in table.places.get(key, ())]
        factors = [unit_of(text)[1] for text in (*heads, table.found.unit)]
        return next((factor for factor in factors if factor != 1), 1)

    @property
    def skipped(self) -> dict[str, str]:
        """Of the rows that were read: those left out by an answer, as it calls them, and how they begin."""
        return {place: text for table in self.taken for place, text in table.skipped.items()}

    def name_of(self, place: Place) -> str:
        """What a row was in the sheet, if no row: a card, a column."""
        grid = next((t.grid for t in self.taken if t.name == place[0]), None)
        return grid.names.get(place[1], "") if isinstance(grid, Turned) else ""

    def says(self, found: Found) -> str:
        """What was found, and what of it turned out to be no data when it was read."""
        table = next((table for table in self.taken if table.found is found), None)
        if table is None or not table.unasked:
            return found.says()
        named = [self.name_of((table.name, n)) or str(n) for n in table.unasked[:_NAMED]]
        rows = ", ".join(named) + (", …" if len(table.unasked) > _NAMED else "")
        said = _("모르는 열에만 값이 있는 행 %(n)s 제외(%(rows)s행)")
        if found.layout:
            said = _("모르는 열에만 값이 있는 것 %(n)s 제외(%(rows)s)")
        return f"{found.says()}, {said % {'n': len(table.unasked), 'rows': rows}}"

    def __iter__(self) -> Iterator[RawRow]:
        if not self.taken:
            raise self._without(self.columns)
        self._values, self._notes = {}, {}
        left = limit("MAX_ROWS")
        for table in self.taken:
            if table.missing:
                raise self._without(table.missing)
            if table.twice:
                said = _("‘%(label)s’ 열이 두 번 있습니다. 하나만 남기고 지워 주세요.")
                raise ExcelRefused(said % {"label": table.twice})
            self._reading = table
            for row in table:
                left -= 1
                if left < 0:
                    raise too_many()
                yield row
        self._read = True

    def _without(self, missing: Sequence[ImportColumn]) -> ExcelRefused:
        required = [column for column in missing if column.required] or missing
        labels = ", ".join(f"‘{column.label}’" for column in required)
        said = _("필요한 열이 없습니다: %(labels)s. 열의 제목을 확인하거나 작성 양식을 내려받아 써 주세요.")
        return ExcelRefused(said % {"labels": labels})

    def questions(self) -> Questions:
        """What remains to be asked; goes through the rows if nobody did."""
        keys = {table.found.key for table in self.taken}
        asked = Questions(tables=[(found, found.key in keys) for found in self.tables])
        asked.columns = list({m.heading.text: m for table in self.taken for m in table.matches}.values())
        matched = {key for table in self.taken for key in table.places}
        constants = self.answers.get("constants", {})
        asked.missing = [c for c in self.columns if c.key not in matched and c.key not in constants]
        if not self._read:
            self._values, self._notes = {}, {}
            for table in self.taken:
                if not table.twice:
                    for _row in table:
                        pass
            self._read = True
        labels = {column.key: column for column in self.columns}
        heads = {m.column: m.heading.text for m in asked.columns if m.key}
        for key, counted in self._values.items():
            words = choice_words(labels[key])
            asked.values += [
                ValueQuestion(
                    key, str(labels[key].label), written, count, propose(written, words, heads.get(key, ""))
                )
                for written, count in counted.most_common(_ASKED)
            ]
        asked.interpretations = sorted(self._notes.values(), key=lambda note: -note.count)
        return asked

    # -- what the tables tell while they are read

    def unknown_value(self, key: str, written: str) -> None:
        self._values.setdefault(key, Counter())[written] += 1

    def interpreted(self, kind: str, column: str, written: Any, value: Any) -> None:
        found = self._notes.get(kind)
        if found is None:
            shown = "" if value in (None, False) else str(value)
            self._notes[kind] = Interpretation(kind, 1, column, display(written)[:100], shown[:100])
        else:
            found.count += 1


class Table:
    """One table that was found, as rows of the importer's columns."""

    def __init__(self, source: TableSource, found: Found) -> None:
        self.source, self.found = source, found
        self.grid: Grid = next(g for g in source.grids if g.name == found.sheet)
        answers = source.answers.get("columns", {})
        remembered = source.remembered.get("columns", {})
        self.matches = [
            Match(m.heading, answers[m.heading.text], "remembered") if m.heading.text in answers else m
            for m in source.dictionary.match(found.headings, remembered)
        ]
        self.places: dict[str, list[Match]] = {}
        for m in self.matches:
            if m.key and m.sure:
                self.places.setdefault(m.column, []).append(m)
        self.letters = {
            key: matches[0].heading.letter for key, matches in self.places.items() if not found.layout
        }
        self.skipped: dict[str, str] = {}
        self.unasked: list[int] = []  # rows with values only under heads that nobody asked for

    @property
    def name(self) -> str:
        """What rows are called by: the sheet, and where a table stands beside another, its first column. "" if it is
        the only one."""
        found, all_found = self.found, self.source.tables
        if len(all_found) < 2:
            return ""
        beside = [table for table in all_found if table.sheet == found.sheet and table.head == found.head]
        return found.sheet if beside[0] is found else f"{found.sheet}@{found.headings[0].letter}"

    @property
    def missing(self) -> list[ImportColumn]:
        """Required columns that no head means and nobody gave a value for all."""
        constants = self.source.answers.get("constants", {})
        return [
            c
            for c in self.source.columns
            if c.required and c.key not in self.places and c.key not in constants
            if not (c.titled and (self.found.year or self.found.years))
        ]

    @property
    def twice(self) -> str:
        """The label of a column that two heads mean alike."""
        for column in self.source.columns:
            matches = self.places.get(column.key, [])
            if len(matches) > 1 and not all(m.code for m in matches):
                return str(column.label)
        return ""

    @property
    def ignored(self) -> list[str]:
        taken = {m.heading.column for matches in self.places.values() for m in matches}
        heads = [h for h in self.found.headings if h.column not in taken and h.text != ERROR_LABEL]
        return [heading.text for heading in heads]

    def total(self, row: int) -> dict[str, Any]:
        """The cells of a total row under the heads that are known."""
        matches = [m for matches in self.places.values() for m in matches]
        return {m.key: self.grid.cell(row, m.heading.column).value for m in matches}

    def _fields(self) -> list[Field]:
        required = [self.places[c.key] for c in self.source.columns if c.required and c.key in self.places]
        firm = min((matches[0].heading.column for matches in required), default=0)
        return [
            Field(column, self.grid, self.found, self.places.get(column.key, []), firm, self.source)
            for column in self.source.columns
        ]

    def __iter__(self) -> Iterator[RawRow]:
        fields = self._fields()
        self.skipped, self.unasked = {}, []
        for number in self.found.rows:
            place, answer = self._answer(number)
            if answer.get("skip"):
                self.skipped[place] = self._beginning(number)
                continue
            if self.found.years:
                year = self.found.year_of(number)
                for f in fields:
                    f.context.year = year
            cells = [field.cell(number) for field in fields]
            for f, cell in zip(fields, cells, strict=True):
                f.remember(cell)
            if all(is_blank(cell) for cell in cells):
                if self._beginning(number):
                    self.unasked.append(number)
                continue
            yield self._row(number, fields, cells, answer)

    def _answer(self, number: int) -> tuple[str, Mapping[str, Any]]:
        """What was said of a row, and how it was called then: the only table of a sheet may have no name."""
        said = self.source.answers.get("rows", {})
        for name in (self.name, self.name or self.found.sheet) if said else ():
            if answer := said.get(place := f"{name}!{number}"):
                return place, answer
        return "", {}

    def _row(
        self, number: int, fields: Sequence[Field], cells: Sequence[Cell], answer: Mapping[str, Any]
    ) -> RawRow:
        values: dict[str, Any] = {}
        faults: list[CellFault] = []
        for f, cell in zip(fields, cells, strict=True):
            key = f.column.key
            values[key], fault = f.value(answer.get(key), cell)
            if fault:
                faults.append(CellFault(key, answer.get(key, cell.value), fault))
        return RawRow(number, values, tuple(faults), self.name)

    def _beginning(self, number: int) -> str:
        """The first cells of a row, as they stand."""
        heads = [h for h in self.found.headings if h.text != ERROR_LABEL and not is_running_number(h.text)]
        cells = (self.grid.cell(number, h.column) for h in heads)
        shown = [display(cell.value)[:_SHOWN] for cell in cells if not is_blank(cell)]
        return " · ".join(shown[:_BEGINNING])


def rows_of(file: Upload, columns: Sequence[ImportColumn], name: str = "") -> TableSource:
    """The rows of a form as it is, without answers."""
    return TableSource(open_book(file, name), columns)
