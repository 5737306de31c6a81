"""Opening whatever an office keeps its tables in; what is no table is named, with how to save it instead.

By the first bytes, never by the name: groupware calls its HTML .xls.
"""

import codecs
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.excel.columns import head_key, spellings
from basis.excel.safety import ExcelRefused, Upload, check_size
from basis.tables import html, ods, text, xls, xlsx
from basis.tables.grids import Book

_LISTS = gettext_lazy("선택 목록")  # the sheet that our own forms hide
_SIGNED = 4096  # the first bytes, in which every kind shows
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Sign(NamedTuple):
    """First bytes of something that is no table, its name and how to save it instead."""

    bytes: bytes
    say: Callable[[], str]


def _protected(maker: str) -> Callable[[], str]:
    return lambda: (
        _(
            "문서 보안(DRM, %(maker)s)이 걸린 파일입니다. 문서 보안 프로그램이 있는 컴퓨터에서 열어 보안을 해제"
            "(또는 일반 문서로 저장)한 뒤 올려 주세요."
        )
        % {"maker": maker}
    )


# fmt: off
_SIGNS = (
    _Sign(b"<DOCUMENT SAFER", _protected("Document SAFER")),
    _Sign(b"<## NASCA DRM FILE", _protected("NASCA")),
    _Sign(b"SCDSA", _protected("SoftCamp Document Security")),
    _Sign(b"DRMONE", _protected("Fasoo DRM")),
    _Sign(b"\x9b DRMONE", _protected("Fasoo DRM")),
    _Sign(b"Fasoo", _protected("Fasoo DRM")),
    _Sign(b"MarkAny", _protected("MarkAny")),
    _Sign(b"MADRM", _protected("MarkAny")),
    _Sign(b"%PDF", lambda: _("PDF 문서입니다. 원본 표를 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")),
    _Sign(b"HWP Document File", lambda: _("한글 문서(.hwp)입니다. 표를 엑셀에 붙여 넣어 저장해 주세요.")),
    _Sign(b"{\\rtf", lambda: _("서식 있는 텍스트(.rtf)입니다. 표를 엑셀에 붙여 넣어 저장해 주세요.")),
    _Sign(b"\x89PNG", lambda: _("그림 파일입니다. 원본 표를 엑셀로 저장해 주세요.")),
    _Sign(b"\xff\xd8\xff", lambda: _("그림 파일입니다. 원본 표를 엑셀로 저장해 주세요.")),
    _Sign(b"GIF8", lambda: _("그림 파일입니다. 원본 표를 엑셀로 저장해 주세요.")),
    _Sign(b"7z\xbc\xaf'\x1c", lambda: _("압축 파일입니다. 압축을 풀고 안의 엑셀 파일을 올려 주세요.")),
    _Sign(b"Rar!", lambda: _("압축 파일입니다. 압축을 풀고 안의 엑셀 파일을 올려 주세요.")),
    _Sign(b"MIME-Version:", lambda: _(
        "웹 보관 파일(.mht)입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요."
    )),
)
# fmt: on


def open_book(file: Upload, name: str = "") -> Book:
    """The workbook in this file. ExcelRefused in words: what it is, and how to save it so that it can be read."""
    book = _opened(file, name)
    own = spellings(_LISTS)
    hidden = ", ".join(
        f"‘{grid.name}’" for grid in book.grids if grid.hidden and head_key(grid.name) not in own
    )
    if not hidden:
        return book
    said = _("숨긴 시트 %(names)s은(는) 읽지 않습니다. 필요하면 숨기기를 취소하고 저장해 주세요.")
    return replace(book, remarks=(*book.remarks, said % {"names": hidden}))


def _opened(file: Upload, name: str) -> Book:
    check_size(file)
    file.seek(0)
    head = file.read(_SIGNED)
    file.seek(0)
    bare = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    for sign in _SIGNS:
        if bare.startswith(sign.bytes):
            raise ExcelRefused(sign.say())
    if head.startswith(_ZIP):
        return ods.open_book(file) if ods.is_ods(file) else xlsx.open_book(file)
    if head.startswith(_OLE):
        return xls.open_book(file)
    data = file.read()
    file.seek(0)
    if text.is_markup(data):
        return html.open_book(data)
    return text.open_book(data, name)
