"""Workbooks of Excel 97–2003 (.xls): walked through record by record first, then read by calamine.

calamine makes room for whatever the file states (cells far apart, endless tables of texts); so what it states is
measured here, which also tells what is hidden, merged or worked out.
"""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from basis.excel.safety import (
    ExcelRefused,
    Upload,
    damaged,
    encrypted,
    limit,
    links_not_followed,
    macros_left_out,
)  # fmt: skip
from basis.tables.grids import Book, Content, Formula, Gatherer, Grid, Span
from basis.tables.ole import Compound

_BOF, _EOF, _PASSWORD, _SHEET, _TEXTS, _LINKS = 0x0809, 0x0A, 0x2F, 0x85, 0xFC, 0x1AE
_EXTENT, _ROW, _COLUMNS, _MERGED, _FORMULA = 0x200, 0x208, 0x7D, 0xE5, 0x06
_CELLS = {0x203, 0x27E, 0xBD, 0xFD, 0x204, _FORMULA, 0x205, 0xD6, 0x201, 0xBE}  # numbers, texts, blanks …
_OWN_LINKS = (0x0401, 0x3A01)  # to the workbook itself and to functions
_OTHERS = {
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "FileHeader": "한글(.hwp)",
    "__properties_version1.0": "Outlook",
}


@dataclass
class _Measured:
    """What the records of a sheet say."""

    spans: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    bottom: int = 0
    right: int = 0


def open_book(file: Upload) -> Book:
    """ExcelRefused if it is another document, has a password, or states more than it may."""
    data = file.read()
    file.seek(0)
    compound = Compound(data)
    names = compound.names
    if "EncryptedPackage" in names:
        raise encrypted()
    if any("DRMEncrypted" in name or "DRMContent" in name for name in names):
        raise ExcelRefused(
            _("권한 관리(RMS)가 걸린 파일입니다. 엑셀에서 접근 제한을 해제한 뒤 다시 저장해 주세요.")
        )
    name = next((name for name in ("Workbook", "Book") if name in names), None)
    if name is None:
        raise _other(names)
    stream = compound.stream(name)
    remarks = []
    if any(part.startswith("_VBA_PROJECT") for part in names):
        remarks.append(macros_left_out())
    try:
        sheets, linked = _measure(stream)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, struct.error, IndexError, ValueError) as error:
        raise damaged() from error
    if linked:
        remarks.append(links_not_followed())
    shown = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    grids = [
        Grid(
            s.name,
            s.visible != SheetVisibleEnum.Visible,
            partial(_content, book, s.name, sheets.get(s.name, _Measured())),
        )
        for s in shown
    ]
    return Book("xls", tuple(grids), tuple(remarks))


def _other(names: set[str]) -> ExcelRefused:
    what = next((kind for name, kind in _OTHERS.items() if name in names), None)
    if what is None:
        return ExcelRefused(_("엑셀 파일이 아닙니다. ‘Excel 통합 문서(.xlsx)’로 저장한 파일을 골라 주세요."))
    said = _("%(what)s 문서입니다. 표를 엑셀에 붙여 넣어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
    return ExcelRefused(said % {"what": what})


def _records(stream: bytes, place: int = 0) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _measure(stream: bytes) -> tuple[dict[str, _Measured], bool]:
    """The sheets by name, and whether the workbook has links to others."""
    places: list[tuple[int, str]] = []
    linked, wide = False, True
    for kind, body in _records(stream):
        if kind == _BOF and not places:
            wide = struct.unpack_from("<H", body)[0] >= 0x0600  # since Excel 97 names are Unicode
        elif kind == _PASSWORD:
            raise encrypted()
        elif kind == _TEXTS and struct.unpack_from("<I", body, 4)[0] * 3 > len(stream):
            raise damaged()  # more texts than there is room for
        elif kind == _SHEET:
            places.append((struct.unpack_from("<I", body)[0], _name(body, wide)))
        elif kind == _LINKS:
            linked = linked or struct.unpack_from("<H", body, 2)[0] not in _OWN_LINKS
        elif kind == _EOF:
            break
    if len(places) > limit("MAX_MEMBERS"):
        raise damaged()
    measured = {name: _measured(stream, place) for place, name in places}
    if sum(sheet.bottom * sheet.right for sheet in measured.values()) > limit("MAX_CELLS"):
        raise ExcelRefused(
            _("쓰인 칸이 지나치게 멀리 떨어져 있습니다. 필요한 표만 새 통합 문서에 붙여 넣어 저장해 주세요.")
        )
    return measured, linked


def _name(body: bytes, wide: bool) -> str:
    length = body[6]
    if not wide:
        return body[7 : 7 + length].decode("cp949", "replace")
    if body[7] & 1:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _measured(stream: bytes, place: int) -> _Measured:
    found = _Measured()
    for kind, body in _records(stream, place):
        if kind == _EOF:
            break
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind in (0xBD, 0xBE):  # several cells: the last column stands at the end
                column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
            found.bottom, found.right = max(found.bottom, row + 1), max(found.right, column + 1)
            if kind == _FORMULA:
                found.formulas.add((row + 1, column + 1))
        elif kind == _EXTENT and len(body) >= 12:
            top, bottom, left, right = struct.unpack_from("<IIHH", body)
            found.bottom, found.right = max(found.bottom, bottom - top), max(found.right, right - left)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            found.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind == _MERGED:
            for i in range(struct.unpack_from("<H", body)[0]):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * i)
                found.spans.append(Span(top + 1, left + 1, bottom + 1, right + 1))
    return found


def _content(book: CalamineWorkbook, name: str, measured: _Measured) -> Content:
    gathered = Gatherer()
    try:
        sheet: CalamineSheet = book.get_sheet_by_name(name)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            left = (sheet.start or (0, 0))[
                1
            ] + 1  # rows begin at the top, but columns at the first filled one
            gathered.add(number, _row(number, enumerate(cells, left), measured.formulas))
    except (CalamineError, ValueError) as error:
        raise damaged() from error
    return Content(gathered.lines, measured.spans, measured.hidden_rows, measured.hidden_columns)


def _row(
    number: int, cells: Iterable[tuple[int, Any]], formulas: set[tuple[int, int]]
) -> Iterator[tuple[int, Any]]:
    for column, value in cells:
        plain = int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
        yield column, Formula("=", plain) if (number, column) in formulas and plain != "" else plain
