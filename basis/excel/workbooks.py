"""Two workbooks for people who fill in forms: the empty one, and their own returned with the errors marked."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from basis.excel.columns import EXAMPLE_MARK, ImportColumn, display, head_key
from basis.excel.importer import Importer, RowError
from basis.excel.reader import ERROR_LABEL, RawCells, SheetReader
from basis.excel.safety import Upload
from basis.excel.writer import FONT, MAX_SHEET_ROWS, clean, dress_head, head_cell, sheet_title

_EXAMPLE_FILL = PatternFill("solid", fgColor="F4F5F6")
_BAD_FILL = PatternFill("solid", fgColor="FDE3E3")
_RED = Font(name=FONT, size=10, color="B3261E")
_GREY = Font(name=FONT, size=10, italic=True, color="6D7882")
_PLAIN = Font(name=FONT, size=10)
_WRAP = Alignment(vertical="top", wrap_text=True)
_FORMATS = {
    **dict.fromkeys(("text", "choice", "day", "departments", "mark"), "@"),
    "date": "yyyy-mm-dd",
    "int": "0",
    "decimal": "General",
}


def template_workbook(importer: Importer) -> bytes:
    """The form: head, an example row that is never imported, lists to choose from, and a sheet that explains."""
    book = Workbook()
    form = book.active
    form.title = sheet_title(str(importer.label), [])
    form.freeze_panes = "A2"
    notes = book.create_sheet(_("작성 방법"))
    lists = book.create_sheet(_("선택 목록"))
    for i, column in enumerate(importer.columns, 1):
        letter = get_column_letter(i)
        _head(form.cell(1, i), f"{column.label} *" if column.required else column.label)
        _example(form.cell(2, i), column, first=i == 1)
        form.column_dimensions[letter].width = _width(column)
        form.column_dimensions[letter].number_format = _FORMATS[column.kind]
        if column.kind == "choice":
            options = [str(label) for _code, label in column.options()]
            _offer(form, lists, letter, str(column.label), options)
    _explain(notes, importer)
    if lists.max_row == 1:
        book.remove(lists)
    else:
        lists.sheet_state = "hidden"
    return _saved(book)


def error_workbook(importer: Importer, file: Upload, errors: Iterable[RowError]) -> bytes:
    """The uploaded sheet with the bad cells marked and the reasons in a last column; formulas as their text.

    It can be mended and uploaded again as it is. ExcelRefused if the file cannot be read.
    """
    by_row: dict[int, list[RowError]] = {}
    for error in errors:
        by_row.setdefault(error.row, []).append(error)
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet_title(str(importer.label), []))
    with SheetReader(file, importer.columns) as reader:
        head_row, head = reader.head
        width = max(n for n, (value, _type) in head.items() if head_key(value) != ERROR_LABEL)
        page.freeze_panes = f"A{head_row + 1}"
        for i in range(1, width + 1):
            page.column_dimensions[get_column_letter(i)].width = 18
        page.column_dimensions[get_column_letter(width + 1)].width = 60
        written = 0
        for number, cells in reader.raw():
            for _gap in range(written + 1, number):
                page.append([])
            written = number
            if number == head_row:
                page.append(_returned_head(page, cells, width))
            else:
                page.append(_returned_row(page, cells, width, by_row.get(number, ())))
    return _saved(book)


def _returned_head(page: Any, cells: RawCells, width: int) -> list[Cell | None]:
    heads = [head_cell(page, display(cells[n][0])) if n in cells else None for n in range(1, width + 1)]
    return [*heads, head_cell(page, ERROR_LABEL)]


def _returned_row(page: Any, cells: RawCells, width: int, errors: Sequence[RowError]) -> list[Cell | None]:
    bad = {error.column_letter for error in errors}
    row: list[Cell | None] = []
    for n in range(1, width + 1):
        marked = get_column_letter(n) in bad
        if n not in cells and not marked:
            row.append(None)
            continue
        cell = WriteOnlyCell(page)
        cell.font = _PLAIN
        _put(cell, *cells.get(n, ("", "s")))
        if marked:
            cell.fill = _BAD_FILL
        row.append(cell)
    if errors:
        reasons = [f"{e.column_label}: {e.message}" if e.column_label else e.message for e in errors]
        cell = WriteOnlyCell(page)
        _put(cell, "\n".join(reasons), "s")
        cell.font, cell.alignment = _RED, _WRAP
        row.append(cell)
    return row


def _put(cell: Cell, value: Any, data_type: str) -> None:
    """A value as it was, except that formulas and Excel's error values become their text."""
    if isinstance(value, str) or data_type in ("f", "e"):
        cell.value = clean(value if isinstance(value, str) else display(value))
        cell.data_type = "s"
    else:
        cell.value = value


def _example(cell: Cell, column: ImportColumn, first: bool) -> None:
    value = column.example
    if value == "" and column.kind == "choice" and (options := column.options()):
        value = options[0][1]
    if first:
        value = f"{EXAMPLE_MARK} {display(value)}"
    _put(cell, value if isinstance(value, int | float) else _typed(value), "n")
    cell.font, cell.fill = _GREY, _EXAMPLE_FILL
    if not first:
        cell.number_format = _FORMATS[column.kind]


def _typed(value: Any) -> Any:
    return value if isinstance(value, dt.date) else str(value)


def _width(column: ImportColumn) -> int:
    if column.kind == "text" and (column.max_length is None or column.max_length > 200):
        return 50
    return 30 if column.kind == "text" and (column.max_length or 0) > 50 else 18


def _offer(form: Any, lists: Any, letter: str, label: str, options: Sequence[str]) -> None:
    """A drop-down. The options stand in a sheet of their own: inside the rule Excel takes only 255 characters."""
    column = 1 if lists.max_row == 1 and lists["A1"].value is None else lists.max_column + 1
    for i, text in enumerate([label, *options], 1):
        _put(lists.cell(i, column), text, "s")
    place = get_column_letter(column)
    rule = DataValidation(
        type="list",
        formula1=f"'{lists.title}'!${place}$2:${place}${len(options) + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=label[:32],
        error=_("목록에서 골라 주세요."),
    )
    rule.add(f"{letter}2:{letter}{MAX_SHEET_ROWS}")
    form.add_data_validation(rule)


def _explain(notes: Any, importer: Importer) -> None:
    lines = [
        _("첫 행의 제목은 바꾸지 마십시오. 열의 순서는 바꾸어도 됩니다."),
        _("‘(예시)’로 시작하는 행은 등록되지 않습니다. 지우거나 그대로 두어도 됩니다."),
        _("제목에 *이 붙은 항목은 반드시 입력해 주세요. 수식은 쓸 수 없습니다."),
        _("한 행이라도 잘못되면 전체가 등록되지 않고, 고칠 곳을 알려 드립니다."),
    ]
    for i, line in enumerate(lines, 1):
        _put(notes.cell(i, 1), line, "s")
    top = len(lines) + 2
    kinds = {
        "text": _("글자"),
        "int": _("숫자(정수)"),
        "decimal": _("숫자"),
        "date": _("날짜(2026-11-20)"),
        "choice": _("목록에서 선택"),
        "day": _("날짜(2015-03-05, 2015년 3월, 2015)"),
        "departments": _("부서명"),
        "mark": _("해당하면 ○"),
    }
    for i, label in enumerate([_("항목"), _("필수"), _("형식"), _("설명"), _("예시")], 1):
        _head(notes.cell(top, i), label)
    for row, column in enumerate(importer.columns, top + 1):
        kind = kinds[column.kind]
        if column.max_length:
            kind += _(", %(max)s자 이내") % {"max": f"{column.max_length:,}"}
        required = _("필수") if column.required else _("선택")
        for i, text in enumerate([column.label, required, kind, column.help, display(column.example)], 1):
            cell = notes.cell(row, i)
            _put(cell, str(text), "s")
            cell.font, cell.alignment = _PLAIN, _WRAP
    for i, width in enumerate((24, 8, 24, 60, 30), 1):
        notes.column_dimensions[get_column_letter(i)].width = width


def _head(cell: Cell, label: Any) -> None:
    _put(cell, str(label), "s")
    dress_head(cell)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
