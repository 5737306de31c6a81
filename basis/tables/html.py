"""Tables of a web page, as groupware gives them under the name of .xls."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from basis.excel.safety import ExcelRefused, damaged, limit
from basis.tables.grids import Book, Content, Gatherer, Grid, Span, too_many
from basis.tables.text import decoded, typed

_MOST_SPANNED = 1_000  # columns or rows by one cell
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_KOREAN = {"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "uhc", "x-windows-949"}
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def open_book(data: bytes) -> Book:
    """Each table that stands in no other is a sheet."""
    if data.count(b"<") > limit("MAX_HTML_TAGS"):
        raise too_many()
    text = _text(data)
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000] and "<html" not in text[:4000].lower():
        raise ExcelRefused(
            _("‘XML 스프레드시트 2003’ 파일입니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
        )
    if "<frameset" in text[:20_000].lower():
        raise ExcelRefused(
            _(
                "내용이 다른 파일에 있는 웹 페이지입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요."
            )
        )
    try:
        # The parser is told no encoding: the text is decoded. A declaration of one in it would be refused.
        parser = lxml_html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
        root = lxml_html.document_fromstring(_DECLARED.sub("", text), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise damaged() from error
    tables = [table for table in root.iter("table") if not any(True for _t in table.iterancestors("table"))]
    if not tables:
        raise ExcelRefused(_("표가 없는 웹 페이지입니다. 표가 든 파일을 엑셀로 저장하여 올려 주세요."))
    tables = [inner for table in tables for inner in _innermost(table)]
    title = " ".join((root.findtext(".//title") or "").split())
    names = [_named(table, title, i, len(tables)) for i, table in enumerate(tables, 1)]
    grids = [Grid(name, False, partial(_content, t)) for name, t in zip(names, tables, strict=True)]
    return Book("html", tuple(grids))


def _text(data: bytes) -> str:
    declared = _CHARSET.search(data[:4000])
    if declared and declared[1].decode("ascii", "ignore").lower() in _KOREAN:
        try:
            return data.decode("cp949")
        except UnicodeDecodeError:
            pass  # says one thing and is another
    return decoded(data)


def _innermost(table: Any) -> list[Any]:
    """The table, or those in it where it only lays them out."""
    inner = [t for t in table.iter("table") if t is not table]
    if inner and len(table.xpath("./tr|./*/tr")) <= len(inner) + 2:
        return [t for t in inner if not any(True for _t in t.iterdescendants("table"))]
    return [table]


def _named(table: Any, title: str, number: int, of: int) -> str:
    caption = table.find("caption")
    text = " ".join(caption.text_content().split()) if caption is not None else ""
    if not text and of == 1:
        text = title
    return text[:100] or _("표 %(number)s") % {"number": number}


def _content(table: Any) -> Content:
    gathered, spans, hidden = Gatherer(), [], []
    under: dict[int, int] = {}  # column → last row that a cell from above still takes
    number = 0
    for number, row in enumerate(_rows(table), 1):
        if _HIDDEN.search(row.get("style") or ""):
            hidden.append(number)
        cells, column = [], 0
        for cell in row.iterchildren("td", "th"):
            column += 1
            while under.get(column, 0) >= number:
                column += 1
            width, height = _spanned(cell, "colspan"), _spanned(cell, "rowspan")
            if width > 1 or height > 1:
                spans.append(Span(number, column, number + height - 1, column + width - 1))
            if height > 1:
                under.update(dict.fromkeys(range(column, column + width), number + height - 1))
            cells.append((column, typed(_words(cell))))
            column += width - 1
        gathered.add(number, cells)
    return Content(gathered.lines, spans, hidden)


def _rows(table: Any) -> Iterator[Any]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield row


def _spanned(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _MOST_SPANNED)) if value.isascii() and value.isdigit() else 1


def _words(cell: Any) -> str:
    """The text with its line breaks."""
    for br in list(cell.iter("br")):
        br.tail = "\n" + (br.tail or "")
    lines = (" ".join(line.split()) for line in cell.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
