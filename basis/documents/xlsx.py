"""Documents as Excel: real numbers and dates in the cells, ready for paper, never a formula."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from basis.documents.grid import Placed, place
from basis.documents.model import (
    Block,
    Cell,
    Chart,
    Document,
    Figures,
    HeadCell,
    Heading,
    KeyValues,
    Kind,
    PageBreak,
    Paragraph,
    SignatureLine,
    Table,
    Value,
)
from basis.documents.present import as_table, depth, display, head_views, row_views, unit_note, width_of
from basis.formats import date_ko

_FONT = "맑은 고딕"
_THIN = Side(style="thin", color="8A949E")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="E6ECF5")
_TOTAL_FILL = PatternFill("solid", fgColor="F4F5F6")
_NARROWEST, _WIDEST = 9, 44  # half-width characters
_LINE_HEIGHT = 16.5  # points
_CHART_ROWS = 17
_LONGEST_TEXT = 32_767  # Excel's own limit
_DATE_FORMAT = 'yyyy". "m". "d"."'
_FORMULA_STARTS = ("=", "+", "-", "@")


def render_xlsx(document: Document) -> bytes:
    """The document as a workbook of one sheet; the head of a single table stays in view and repeats."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", document.title)[:31].strip() or "Sheet1"
    workbook.properties.title = document.title
    workbook.properties.creator = document.office
    _Writer(sheet, document).write()
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Writer:
    """Writes the blocks one below the other; `line` is the next free row."""

    def __init__(self, sheet: Worksheet, document: Document) -> None:
        self.sheet = sheet
        self.document = document
        self.line = 1
        self.tables = [as_table(b) for b in document.blocks if isinstance(b, Table | Chart | Figures)]
        self.columns = max([4, *(len(table.columns) for table in self.tables)])

    def write(self) -> None:
        document = self.document
        self._widths()
        self._text(document.title, Font(name=_FONT, size=16, bold=True), "center")
        if document.subtitle:
            self._text(document.subtitle, Font(name=_FONT, size=11), "center")
        self._text(f"{document.office}  {date_ko(document.made_on)}", Font(name=_FONT, size=10), "right")
        self.line += 1
        for block in document.blocks:
            self._block(block)
        self._page()

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self.line += 1
                self._text(block.text, Font(name=_FONT, size=15 - 2 * block.level, bold=True))
            case Paragraph():
                size = 9 if block.style == "note" else 10
                self._text(block.text, Font(name=_FONT, size=size), indent=depth(block.text))
            case Table() | Figures():
                self._table(as_table(block))
            case Chart():
                self._chart(block)
            case KeyValues():
                self._key_values(block)
            case SignatureLine():
                for person in block.people:
                    self._text(
                        "  ".join([person.role, person.name, _("(서명)")]), Font(name=_FONT, size=10), "right"
                    )
                self.line += 1
            case PageBreak():
                self.sheet.row_breaks.append(Break(id=self.line - 1))

    def _widths(self) -> None:
        """Columns wide enough for their widest short text; longer texts wrap."""
        widths = [_NARROWEST] * self.columns
        for table in self.tables:
            for line in [*head_views(table), *row_views(table, table.rows), *row_views(table, table.totals)]:
                for view in line:
                    if view.colspan == 1:
                        widths[view.column] = max(widths[view.column], min(_WIDEST, width_of(view.text) + 3))
        if any(isinstance(block, KeyValues) for block in self.document.blocks):
            widths = [max(width, 16) for width in widths]
        for i, width in enumerate(widths):
            self.sheet.column_dimensions[get_column_letter(i + 1)].width = width
        self.widths = widths

    def _text(self, text: str, font: Font, align: str = "left", indent: int = 0) -> None:
        """One text over the whole width."""
        cell = self._put(1, text, "text")
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
        self._merge(self.line, 1, self.line, self.columns)
        self._height(text, sum(self.widths), font.size / 10)
        self.line += 1

    def _table(self, table: Table) -> int:
        """The row of the first body line."""
        if table.caption or table.unit:
            note = "  ".join(filter(None, [table.caption, unit_note(table.unit)]))
            self._text(note, Font(name=_FONT, size=10, bold=True))
        first = self.line
        for head in place(table.heads, len(table.columns)):
            self._row(table, head)
        body = self.line
        for line in place(table.rows, len(table.columns)):
            self._row(table, line)
        for line in place(table.totals, len(table.columns)):
            self._row(table, line, total=True)
        if not table.rows:
            self._text(_("해당 자료가 없습니다."), Font(name=_FONT, size=10), "center")
        if len(self.tables) == 1:
            self.sheet.print_title_rows = f"{first}:{body - 1}"
            self.sheet.freeze_panes = self.sheet.cell(body, 2 if table.row_header else 1)
        self.line += 1
        return body

    def _row(
        self, table: Table, line: Sequence[Placed[HeadCell]] | Sequence[Placed[Cell]], total: bool = False
    ) -> None:
        for placed in line:
            source, column = placed.cell, placed.column + 1
            if isinstance(source, HeadCell):
                cell = self._put(column, source.text, "text")
                look: dict[str, Any] = {"bold": True, "fill": _HEAD_FILL, "align": "center"}
            else:
                kind = source.kind or table.columns[placed.column].kind
                cell = self._put(column, source.value, kind)
                bold = total or source.emphasis
                align = "center" if source.colspan > 1 else table.columns[placed.column].alignment
                look = {"bold": bold, "fill": _TOTAL_FILL if total else None, "align": align}
            self._dress(cell, source.colspan, source.rowspan, **look)
        self.line += 1

    def _dress(
        self, cell: SheetCell, colspan: int, rowspan: int, *, bold: bool, fill: PatternFill | None, align: str
    ) -> None:
        last_row, last_column = cell.row + rowspan - 1, cell.column + colspan - 1
        for line in self.sheet.iter_rows(cell.row, last_row, cell.column, last_column):
            for part in line:
                part.border = _BOX
        cell.font = Font(name=_FONT, size=10, bold=bold)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if fill:
            cell.fill = fill
        self._merge(cell.row, cell.column, last_row, last_column)

    def _chart(self, block: Chart) -> None:
        table = block.table()
        body = self._table(table)
        if not block.categories:
            return
        picture = LineChart() if block.kind == "line" else BarChart()
        if block.kind == "stacked":
            picture.grouping, picture.overlap = "stacked", 100
        last = body + len(table.rows) - 1
        series = Reference(self.sheet, 2, body - 1, len(table.columns), last)
        picture.add_data(series, titles_from_data=True)
        picture.set_categories(Reference(self.sheet, 1, body, 1, last))
        picture.title = block.caption or None
        picture.x_axis.delete = picture.y_axis.delete = False
        picture.width, picture.height = 17, 8.5
        if len(block.series) == 1:
            picture.legend = None
        self.sheet.add_chart(picture, f"A{self.line}")
        self.line += _CHART_ROWS

    def _key_values(self, block: KeyValues) -> None:
        paired = any(len(entries) == 2 for entries in block.rows)
        half = self.columns // 2
        for entries in block.rows:
            starts = [1, half + 1] if paired else [1]
            height = 1
            for i, entry in enumerate(entries):
                end = half if len(entries) == 2 and i == 0 else self.columns
                label, value = (
                    self._put(starts[i], entry.label, "text"),
                    self._put(starts[i] + 1, entry.value, entry.kind),
                )
                self._dress(label, 1, 1, bold=True, fill=_HEAD_FILL, align="center")
                self._dress(value, end - starts[i], 1, bold=False, fill=None, align="left")
                room = sum(self.widths[starts[i] : end])
                height = max(height, _lines(display(entry.value, entry.kind), room))
            self.sheet.row_dimensions[self.line].height = min(409, height * _LINE_HEIGHT)
            self.line += 1
        self.line += 1

    def _put(self, column: int, value: Value, kind: Kind) -> SheetCell:
        """A typed value in the current row. Texts stay texts, whatever they begin with."""
        cell: SheetCell = self.sheet.cell(self.line, column)
        if isinstance(value, str):
            cell.value = value if len(value) <= _LONGEST_TEXT else value[: _LONGEST_TEXT - 1] + "…"
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULA_STARTS)  # still a text after somebody edits it
        else:
            cell.value = value
            cell.number_format = _number_format(value, kind)
        return cell

    def _merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        if (row, column) != (last_row, last_column):
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=last_row, end_column=last_column
            )

    def _height(self, text: str, room: float, scale: float) -> None:
        """Excel fits rows to their texts by itself, but not to merged cells. 409 points is its limit."""
        height = _lines(text, room / scale) * _LINE_HEIGHT * scale
        self.sheet.row_dimensions[self.line].height = min(409, height)

    def _page(self) -> None:
        sheet, document = self.sheet, self.document
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = document.orientation
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.6
        sheet.oddHeader.right.text = document.office.replace("&", "&&")
        sheet.oddFooter.center.text = "- &P -"


def _number_format(value: Value, kind: Kind) -> str:
    if value is None or isinstance(value, dt.date):
        return _DATE_FORMAT if isinstance(value, dt.date) else "General"
    match kind:
        case "int":
            return "#,##0"
        case "money":
            return '#,##0"원"'
        case "percent":
            return "0.0%"
        case "text":
            return "General"
        case _:
            decimals = len(display(value, kind).partition(".")[2])
            return "#,##0" + ("." + "0" * decimals if decimals else "")


def _lines(text: str, room: float) -> int:
    """Lines a text takes in a width of `room` half-width characters."""
    return sum(max(1, -(-width_of(line) // max(1, int(room)))) for line in text.split("\n"))
