"""The workbook that goes back to whoever must mend it: as it was, with what is wrong marked and written beside."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from basis.excel.importer import Importer, RowError
from basis.excel.reader import ERROR_LABEL
from basis.excel.workbooks import error_workbook

KEPT_LOOK = 2 * 1024 * 1024  # bytes; what is larger comes back plain, or it would fill the memory
_BAD = PatternFill("solid", fgColor="FDE3E3")
_RED = Font(size=10, color="B3261E")
_WRAP = Alignment(vertical="top", wrap_text=True)


def returned_workbook(importer: Importer, file: Any, errors: Sequence[RowError]) -> BytesIO:
    """ExcelRefused if it cannot be read."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > KEPT_LOOK:
        return BytesIO(error_workbook(importer, file, errors))
    book = load_workbook(file, keep_links=False)
    by_sheet: dict[str, list[RowError]] = {}
    for error in errors:
        by_sheet.setdefault(error.sheet, []).append(error)
    for name, found in by_sheet.items():
        first = next(
            (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0]
        )
        _mark(book[name] if name in book.sheetnames else first, found)
    made = BytesIO()
    book.save(made)
    made.seek(0)
    return made


def _mark(sheet: Any, errors: Sequence[RowError]) -> None:
    beside = _last_column(sheet) + 1
    reasons: dict[int, list[str]] = {}
    for error in errors:
        reasons.setdefault(error.row, []).append(
            f"{error.column_label}: {error.message}" if error.column_label else error.message
        )
        if error.column_letter:
            sheet[f"{error.column_letter}{error.row}"].fill = _BAD
    for row, lines in reasons.items():
        cell = sheet.cell(row, beside, "\n".join(lines))
        cell.data_type, cell.font, cell.alignment = "s", _RED, _WRAP
    head = sheet.cell(max(1, min(reasons) - 1), beside)
    if head.value is None:
        head.value, head.font = ERROR_LABEL, _RED
    sheet.column_dimensions[get_column_letter(beside)].width = 60


def _last_column(sheet: Any) -> int:
    """The last in which anything stands, without what an earlier return wrote beside."""
    return max(
        (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None), default=1
    )
