"""The workbook that goes back to whoever must mend it: as it was, with what is wrong marked and written beside."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from basis.excel.columns import display
from basis.excel.importer import RowError
from basis.excel.rows import ERROR_LABEL
from basis.excel.writer import clean, sheet_title
from basis.tables.finding import Found
from basis.tables.grids import Formula, Grid
from basis.tables.source import TableSource

KEPT_LOOK = 2 * 1024 * 1024  # bytes; what is larger comes back plain, or it would fill the memory
_BAD = PatternFill("solid", fgColor="FDE3E3")
_RED = Font(size=10, color="B3261E")
_HEAD = Font(size=10, bold=True, color="B3261E")
_WRAP = Alignment(vertical="top", wrap_text=True)


def keeps_look(container: str, size: int) -> bool:
    """Whether a file of so many bytes comes back as it looked."""
    return container == "xlsx" and size <= KEPT_LOOK


def returned_workbook(file: Any, source: TableSource, errors: Sequence[RowError]) -> BytesIO:
    """`file` is what `source` reads. The reasons stand in one column of each sheet, under a head of its own that is
    known when the file comes back."""
    laid_out = any(table.found.layout for table in source.taken)
    kept = keeps_look(source.book.container, file.seek(0, 2)) and not laid_out
    file.seek(0)
    book = load_workbook(file, keep_links=False) if kept else _plain(source.grids)
    names = [grid.name for grid in source.grids]
    tables = {table.name: table.found for table in source.taken}
    for title in dict.fromkeys(found.sheet for found in tables.values()):
        sheet = book[title] if title in book.sheetnames else book.worksheets[names.index(title)]
        here = [error for error in errors if tables[error.sheet].sheet == title]
        if here:
            _mark(sheet, [found for found in tables.values() if found.sheet == title], here)
    made = BytesIO()
    book.save(made)
    made.seek(0)
    return made


def _plain(grids: Sequence[Grid]) -> Workbook:
    """The cells as they are read, without their look: of another container, of cards laid out as a table."""
    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(sheet_title(grid.name, book.sheetnames))
        for line in grid.lines:
            for column, value in zip(line.columns, line.values, strict=True):
                shown = value.value if isinstance(value, Formula) else value
                cell = sheet.cell(line.number, column)
                cell.value = clean(display(shown)) if isinstance(shown, str) else shown
                if isinstance(shown, str):
                    cell.data_type = "s"
    return book


def _mark(sheet: Any, tables: Sequence[Found], errors: Sequence[RowError]) -> None:
    beside = _column_of_reasons(sheet, tables)
    for (cell,) in sheet.iter_rows(min_row=tables[0].head[1] + 1, min_col=beside, max_col=beside):
        cell.value = None  # of the time before
    reasons: dict[int, list[str]] = {}
    for error in errors:
        said = f"{error.column_label}: {error.message}" if error.column_label else error.message
        reasons.setdefault(error.row, []).append(said)
        if error.column_letter:
            sheet[f"{error.column_letter}{error.row}"].fill = _BAD
    for row, lines in reasons.items():
        cell = sheet.cell(row, beside, clean("\n".join(lines)))
        cell.data_type, cell.font, cell.alignment = "s", _RED, _WRAP
    for table in tables:
        sheet.cell(table.head[1], beside, ERROR_LABEL).font = _HEAD
    sheet.column_dimensions[get_column_letter(beside)].width = 60


def _column_of_reasons(sheet: Any, tables: Sequence[Found]) -> int:
    """That of an earlier return; else the first beyond the heads in which nothing stands."""
    headings = [heading for table in tables for heading in table.headings]
    if known := [heading.column for heading in headings if heading.text == ERROR_LABEL]:
        return known[0]
    used = {cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None}
    heads = {
        cell.column
        for table in tables
        for row in sheet.iter_rows(min_row=table.head[0], max_row=table.head[1])
        for cell in row
        if cell.value is not None
    }
    last = max(heads)
    return next(column for column in range(last + 1, last + 2 + len(used)) if column not in used)
