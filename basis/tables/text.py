"""Tables as text (.csv, .tsv) in the encodings Korean offices use."""

import codecs
import csv
import io
import re
from pathlib import PurePath
from typing import Any, Self

from django.utils.translation import gettext as _

from basis.excel.safety import ExcelRefused, limit
from basis.tables.grids import Book, Content, Gatherer, Grid

_SNIFFED = 20  # lines
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Numbers that lose nothing when taken as such: no zeros ahead (codes), none behind.
_INTEGER = re.compile(r"-?[1-9]\d{0,14}|0").fullmatch
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,9})\.\d{0,6}[1-9]").fullmatch


def decoded(data: bytes) -> str:
    """The text: by its mark, else UTF-16 by its zeros, else UTF-8, else cp949. ExcelRefused with the place if none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    begin = data[:1000]
    if b"\0" in begin:
        odd, even = begin[1::2].count(0), begin[0::2].count(0)
        if max(odd, even) < len(begin) // 8 or min(odd, even) > len(begin) // 16:
            raise no_table()
        return _decoded(data, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp949")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.start < 100:
            raise no_table() from error
        said = _("%(line)s번째 줄에 읽을 수 없는 글자가 있습니다. ‘CSV UTF-8’로 다시 저장해 주세요.")
        raise ExcelRefused(said % {"line": line}) from error


def no_table() -> ExcelRefused:
    return ExcelRefused(
        _("표 파일이 아닙니다. ‘Excel 통합 문서(.xlsx)’나 ‘CSV UTF-8’로 저장한 파일을 골라 주세요.")
    )


def is_markup(data: bytes) -> bool:
    """Whether this is HTML or XML, in any of the encodings."""
    begin = data[:2000].replace(b"\0", b"").lstrip(codecs.BOM_UTF8 + b"\xff\xfe \t\r\n").lower()
    return begin.startswith(b"<") and (
        b"<!" in begin or b"<?" in begin or b"<html" in begin or b"<t" in begin
    )


def open_book(data: bytes, name: str) -> Book:
    text = decoded(data)
    if any(sign in text[:4000] for sign in "\0\x01\x02\x03"):
        raise no_table()
    lines, gathered = _Gauge(text), Gatherer()
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=_separator(text)), 1):
            lines.since_row = 0
            gathered.add(number, enumerate(map(typed, cells), 1))
    except csv.Error as error:
        raise _too_long() from error
    return Book("csv", (Grid(PurePath(name).stem or "csv", False, lambda: Content(gathered.lines)),))


class _Gauge:
    """Lines, refusing a row of endless ones: the reader builds each row whole."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._most = limit("MAX_ROW_BYTES") // 2
        self.since_row = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.since_row += len(line)
        if self.since_row > self._most:
            raise _too_long()
        return line


def _too_long() -> ExcelRefused:
    return ExcelRefused(_("줄이나 칸이 지나치게 깁니다. 따옴표가 짝이 맞는지 확인하고 다시 저장해 주세요."))


def typed(text: str) -> Any:
    """A number where it is plainly one, as Excel itself takes it; else the text."""
    if _INTEGER(text):
        return int(text)
    if _DECIMAL(text):
        return float(text)
    return text


def _separator(text: str) -> str:
    """What parts the first lines into most cells, evenly."""
    lines = text[:100_000].splitlines()[:_SNIFFED]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0), usual

    try:
        return max(",\t;|", key=evenness)
    except csv.Error:
        return ","
