"""What the renderers share: values as Korean text, tables resolved into what stands where."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from basis.documents.grid import place
from basis.documents.model import Cell, Chart, Column, Figures, Kind, Table, Value, row
from basis.formats import NOTHING, date_ko, number, percent, unit_name, won

_MARK_DEPTHS = {"○": 1, "ㅇ": 1, "◦": 1, "-": 2, "–": 2, "※": 2, "·": 3, "▸": 3}


def display(value: Value, kind: Kind) -> str:
    """The value as people read it: `34`, `717.7`, `85.7%`, `1,250,000원`, `2026. 11. 20.` (D2)."""
    if value is None:
        return "" if kind == "text" else NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return date_ko(value)
    match kind:
        case "int":
            return number(int(value))
        case "percent":
            return percent(value)
        case "money":
            return won(int(value))
        case "text" if isinstance(value, int):
            return str(value)  # a year or a code, not a quantity
        case _:
            return number(value)


def unit_note(unit: str) -> str:
    """`(단위: 건)`, or nothing."""
    return _("(단위: %(unit)s)") % {"unit": unit_name(unit)} if unit else ""


def depth(text: str) -> int:
    """How far an official paper indents a paragraph, told by its own mark: ○ 1, - 2, · 3, else 0."""
    return _MARK_DEPTHS.get(text[:1], 0)


def width_of(text: str) -> int:
    """Width in half-width characters; Korean takes two. The longest line counts."""
    return max(map(_line_width, text.split("\n")))


def _line_width(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(character) in "WF" for character in line)


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell ready to be placed: its text, where it begins, and how it is drawn."""

    text: str
    column: int
    colspan: int
    rowspan: int
    align: str = "center"
    scope: str = ""  # a heading cell when not empty
    strong: bool = False
    url: str = ""


def head_views(table: Table) -> list[list[CellView]]:
    return [
        [
            CellView(
                text=p.cell.text,
                column=p.column,
                colspan=p.cell.colspan,
                rowspan=p.cell.rowspan,
                scope="colgroup" if p.cell.colspan > 1 else "col",
            )
            for p in line
        ]
        for line in place(table.heads, len(table.columns))
    ]


def row_views(
    table: Table, rows: Sequence[Sequence[Cell]], link: Callable[[str], str] = str
) -> list[list[CellView]]:
    """Body or total rows of the table; `link` turns an address into the one to be shown."""
    views: list[list[CellView]] = []
    for line in place(rows, len(table.columns)):
        views.append([])
        for p in line:
            cell, column = p.cell, table.columns[p.column]
            header = table.row_header and p.column == 0
            views[-1].append(
                CellView(
                    text=display(cell.value, cell.kind or column.kind),
                    column=p.column,
                    colspan=cell.colspan,
                    rowspan=cell.rowspan,
                    align=_alignment(cell, column),
                    scope=("rowgroup" if cell.rowspan > 1 else "row") if header else "",
                    strong=cell.emphasis,
                    url=link(cell.url),
                )
            )
    return views


def _alignment(cell: Cell, column: Column) -> str:
    if cell.colspan > 1:
        return "center"
    if cell.kind is None or cell.kind == column.kind:
        return column.alignment
    return Column("", cell.kind).alignment


def column_names(table: Table) -> list[str]:
    """One name a column from merged heads: `미도입 소계`."""
    names: list[list[str]] = [[] for _column in table.columns]
    for line in head_views(table):
        for view in line:
            for name in names[view.column : view.column + view.colspan]:
                name.append(re.sub(r"\s+", " ", view.text).strip())
    return [" ".join(filter(None, name)) for name in names]


def figures_table(figures: Figures) -> Table:
    """Key figures as a table, for the formats without cards."""
    return Table(
        columns=(
            Column(_("구분"), width=3),
            Column(_("값"), align="right", width=2),
            Column(_("단위"), align="center"),
            Column(_("비고"), width=3),
        ),
        rows=tuple(
            row(item.label, Cell(item.value, kind=item.kind), unit_name(item.unit), item.note)
            for item in figures.items
        ),
    )


def as_table(block: Table | Chart | Figures) -> Table:
    """The table that says the same, for the formats and places without pictures."""
    match block:
        case Chart():
            return block.table()
        case Figures():
            return figures_table(block)
        case _:
            return block


def head_of_rows(rows: Sequence[Sequence[Cell]], limit: int) -> Sequence[Sequence[Cell]]:
    """The first rows, at most `limit`, cut where no merged cell reaches over the cut."""
    cut = min(limit, len(rows))
    while any(i < cut < i + cell.rowspan for i, line in enumerate(rows[:cut]) for cell in line):
        cut -= 1
    return rows[:cut]
