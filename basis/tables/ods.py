"""OpenDocument spreadsheets (.ods), read as a stream; repeated cells and rows are counted before they are made."""

import datetime as dt
import re
import zipfile
import zlib
from typing import Any, cast
from xml.parsers import expat

from django.utils.translation import gettext as _

from basis.excel.safety import (
    DAMAGED,
    ExcelRefused,
    Upload,
    check_part,
    count_members,
    damaged,
    encrypted,
    limit,
    macros_left_out,
    too_large,
)  # fmt: skip
from basis.tables.grids import Book, Content, Formula, Gatherer, Grid, Span

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_LAST_COLUMN = 16_384
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_T, _O, _X, _S = (f"{_OASIS}{part}:1.0 " for part in ("table", "office", "text", "style"))
_CELLS = {f"{_T}table-cell", f"{_T}covered-table-cell"}
_MOST_SPACES = 1_000
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S").fullmatch


def is_ods(file: Upload) -> bool:
    """Whether the archive says so in its first member, which every OpenDocument file has uncompressed."""
    file.seek(0)
    head = file.read(200)
    file.seek(0)
    return b"mimetypeapplication/vnd.oasis.opendocument." in head


def open_book(file: Upload) -> Book:
    """ExcelRefused if it is another document, has a password, or states more than it may."""
    count_members(file)
    try:
        with zipfile.ZipFile(cast(Any, file)) as archive:
            members = {info.filename: info for info in archive.infolist()}
            if len(members) != len(archive.infolist()) or _CONTENT not in members:
                raise damaged()
            if "mimetype" in members and members["mimetype"].file_size < 200:
                _check_kind(archive.read("mimetype"))
            if _MANIFEST in members:
                check_part(archive, members[_MANIFEST], limit("MAX_PART_BYTES"), limit("MAX_PART_TAGS"))
                if b"encryption-data" in archive.read(_MANIFEST):
                    raise encrypted()
            check_part(archive, members[_CONTENT], limit("MAX_SHEET_BYTES"), limit("MAX_SHEET_TAGS"))
            reader = _Reader()
            with archive.open(_CONTENT) as stream:
                reader.read(stream)
    except DAMAGED as error:
        raise damaged() from error
    finally:
        file.seek(0)
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in members)
    if not reader.grids:
        raise ExcelRefused(_("시트가 없습니다. 작성 양식을 내려받아 사용해 주세요."))
    return Book("ods", tuple(reader.grids), (macros_left_out(),) if macros else ())


def _check_kind(kind: bytes) -> None:
    if not kind.strip().startswith(_TYPE):
        raise ExcelRefused(
            _("스프레드시트가 아닌 문서입니다. 표를 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
        )


class _Reader:
    """Makes sheets of the elements of content.xml."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # of tables within the cell of a table: not read
        self._aside = 0  # within annotations and shapes, whose text is not the cell's
        self._text: list[str] | None = None
        self._left = limit("MAX_CELLS")

    def read(self, stream: Any) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        try:
            while chunk := stream.read(1 << 18):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, zlib.error, ValueError, OverflowError) as error:
            raise damaged() from error

    def _start(self, tag: str, has: dict[str, str]) -> None:
        if self._aside or tag in (f"{_O}annotation", f"{_T}shapes") or (self._depth and tag == f"{_T}table"):
            self._aside += 1
        elif tag == f"{_T}table-cell" or tag == f"{_T}covered-table-cell":
            self._start_cell(has)
        elif tag == f"{_X}s" and self._text is not None:
            self._text.append(" " * min(int(has.get(f"{_X}c", "1")), _MOST_SPACES))
        elif tag in (f"{_X}line-break", f"{_X}p") and self._text:
            self._text.append("\n")
        elif tag == f"{_X}tab" and self._text is not None:
            self._text.append("\t")
        elif tag == f"{_T}table-row":
            self._cells: list[tuple[int, Any]] = []
            self._column = 0
            self._rows = int(has.get(f"{_T}number-rows-repeated", "1"))
            if has.get(f"{_T}visibility") in ("collapse", "filter") and self._rows < limit("MAX_ROWS"):
                self._hidden_rows.update(range(self._number + 1, self._number + 1 + self._rows))
        elif tag == f"{_T}table-column":
            many = min(int(has.get(f"{_T}number-columns-repeated", "1")), _LAST_COLUMN)
            if has.get(f"{_T}visibility") in ("collapse", "filter"):
                self._hidden_columns.update(range(self._columns + 1, self._columns + 1 + many))
            self._columns += many
        elif tag == f"{_T}table":
            self._start_table(has)
        elif tag == f"{_S}style":
            self._style = has.get(f"{_S}name", "")
        elif tag == f"{_S}table-properties" and has.get(f"{_T}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, has: dict[str, str]) -> None:
        self._depth = 1
        self._name = has.get(f"{_T}name", "")
        self._hidden = has.get(f"{_T}style-name") in self._hidden_styles
        self._gathered, self._number, self._columns = Gatherer(), 0, 0
        self._spans: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def _start_cell(self, has: dict[str, str]) -> None:
        self._cell = has
        self._text = []

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag in _CELLS:
            self._end_cell()
        elif tag == f"{_T}table-row":
            self._end_row()
        elif tag == f"{_T}table" and self._depth:
            self._depth = 0
            content = Content(self._gathered.lines, self._spans, self._hidden_rows, self._hidden_columns)
            self.grids.append(Grid(self._name, self._hidden, lambda: content))

    def _data(self, data: str) -> None:
        if self._text is not None and not self._aside:
            self._text.append(data)

    def _end_cell(self) -> None:
        has, many = self._cell, int(self._cell.get(f"{_T}number-columns-repeated", "1"))
        value = _value(has, "".join(self._text or ()))
        self._text = None
        across = int(has.get(f"{_T}number-columns-spanned", "1"))
        down = int(has.get(f"{_T}number-rows-spanned", "1"))
        if across > 1 or down > 1:
            row, column = self._number + 1, self._column + 1
            self._spans.append(Span(row, column, row + down - 1, column + across - 1))
        if value != "":
            self._left -= many
            if many > _LAST_COLUMN or self._left < 0:
                raise too_large()
            self._cells += [(self._column + i, value) for i in range(1, many + 1)]
        self._column += many

    def _end_row(self) -> None:
        if self._cells:
            self._left -= (self._rows - 1) * len(self._cells)
            if self._left < 0:
                raise too_large()
            for i in range(1, self._rows + 1):
                self._gathered.add(self._number + i, self._cells)
        self._number += self._rows


def _refuse(*_args: object) -> None:
    raise ExcelRefused(_("허용되지 않는 XML 선언(DOCTYPE)이 들어 있습니다. 다시 저장해 주세요."))


def _value(has: dict[str, str], text: str) -> Any:
    kind = has.get(f"{_O}value-type", "")
    value: Any = text
    if kind in ("float", "currency", "percentage"):
        number = float(has.get(f"{_O}value", ""))
        value = int(number) if number.is_integer() and abs(number) < 1e15 else number
    elif kind == "date":
        value = _moment(has.get(f"{_O}date-value", ""))
    elif kind == "boolean":
        value = has.get(f"{_O}boolean-value") == "true"
    elif kind == "time" and (found := _DURATION(has.get(f"{_O}time-value", ""))):
        hours, minutes, seconds = map(int, found.groups())
        value = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if f"{_T}formula" in has:
        return Formula(has[f"{_T}formula"], value if value != "" else None)
    return value


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=None)
