"""The empty form of an importer: head, example, lists to choose from, and what there is to know."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from basis.excel.columns import EXAMPLE_MARK, ImportColumn, display
from basis.excel.importer import Importer
from basis.excel.writer import FONT, MAX_SHEET_ROWS, clean, dress_head, sheet_title

_EXAMPLE_FILL = PatternFill("solid", fgColor="F4F5F6")
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


def _put(cell: Cell, value: Any) -> None:
    """Text as text, whatever it begins with."""
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _example(cell: Cell, column: ImportColumn, first: bool) -> None:
    value = column.example
    if value == "" and column.kind == "choice" and (options := column.options()):
        value = options[0][1]
    if first:
        value = f"{EXAMPLE_MARK} {display(value)}"
    _put(cell, value if isinstance(value, int | float) else _typed(value))
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
        _put(lists.cell(i, column), text)
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
        _("잘못된 행은 올린 뒤에 화면에서 고치거나 뺄 수 있습니다."),
    ]
    for i, line in enumerate(lines, 1):
        _put(notes.cell(i, 1), line)
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
            _put(cell, str(text))
            cell.font, cell.alignment = _PLAIN, _WRAP
    for i, width in enumerate((24, 8, 24, 60, 30), 1):
        notes.column_dimensions[get_column_letter(i)].width = width


def _head(cell: Cell, label: Any) -> None:
    _put(cell, str(label))
    dress_head(cell)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
