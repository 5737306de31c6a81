"""The workbook that goes back to whoever must mend it: as it was, with what is wrong marked and written beside."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from basis.excel.columns import display
from basis.excel.importer import RowError
from basis.excel.reader import ERROR_LABEL
from basis.excel.writer import clean, sheet_title
from basis.tables.containers import open_book
from basis.tables.grids import Book, Formula

KEPT_LOOK = 2 * 1024 * 1024  # bytes; what is larger comes back plain, or it would fill the memory
_BAD = PatternFill("solid", fgColor="FDE3E3")
_RED = Font(size=10, color="B3261E")
_WRAP = Alignment(vertical="top", wrap_text=True)


def returned_workbook(file: Any, name: str, errors: Sequence[RowError], only: str) -> BytesIO:
    """`only`: the sheet that is meant where an error names none. ExcelRefused if the file cannot be read."""
    size = file.seek(0, 2)
    read = open_book(file, name)
    if read.container == "xlsx" and size <= KEPT_LOOK:
        file.seek(0)
        book = load_workbook(file, keep_links=False)
    else:
        book = _plain(read)
    by_sheet: dict[str, list[RowError]] = {}
    for error in errors:
        known = error.sheet in book.sheetnames
        sheet = error.sheet if known else error.sheet.rpartition("@")[0] or only
        by_sheet.setdefault(sheet, []).append(error)
    for title, found in by_sheet.items():
        _mark(book[title] if title in book.sheetnames else book.worksheets[0], found)
    made = BytesIO()
    book.save(made)
    made.seek(0)
    return made


def _plain(read: Book) -> Workbook:
    """The cells of another container, without its look."""
    book = Workbook()
    book.remove(book.active)
    for grid in read.grids:
        sheet = book.create_sheet(sheet_title(grid.name, book.sheetnames))
        for line in grid.lines:
            for column, value in zip(line.columns, line.values, strict=True):
                shown = value.value if isinstance(value, Formula) else value
                cell = sheet.cell(line.number, column)
                cell.value = clean(display(shown)) if isinstance(shown, str) else shown
                if isinstance(shown, str):
                    cell.data_type = "s"
    return book


def _mark(sheet: Any, errors: Sequence[RowError]) -> None:
    beside = max((c.column for row in sheet.iter_rows() for c in row if c.value is not None), default=0) + 1
    reasons: dict[int, list[str]] = {}
    for error in errors:
        said = f"{error.column_label}: {error.message}" if error.column_label else error.message
        reasons.setdefault(error.row, []).append(said)
        if error.column_letter:
            sheet[f"{error.column_letter}{error.row}"].fill = _BAD
    for row, lines in reasons.items():
        cell = sheet.cell(row, beside, "\n".join(lines))
        cell.data_type, cell.font, cell.alignment = "s", _RED, _WRAP
    head = sheet.cell(max(1, min(reasons) - 1), beside)
    if head.value is None:
        head.value, head.font = ERROR_LABEL, _RED
    sheet.column_dimensions[get_column_letter(beside)].width = 60
