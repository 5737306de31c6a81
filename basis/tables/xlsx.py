"""Workbooks of today's Excel (.xlsx, .xlsm), read as a stream by openpyxl's parser."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from basis.excel.safety import ExcelRefused, Upload, check_upload, damaged, limit
from basis.tables.grids import Book, Content, Formula, Gatherer, Grid, Span

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # Excel's own
_UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, OSError, ParseError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class _Gauge:
    """A stream that refuses a row of endless markup: the parser builds each row whole before giving it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._most = limit("MAX_ROW_BYTES")
        self.since_row = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self.since_row += len(data)
        if self.since_row > self._most:
            raise ExcelRefused(
                _("한 행의 내용이 지나치게 큽니다. 새 통합 문서에 값만 붙여 넣어 다시 저장해 주세요.")
            )
        return data


class _Parser(WorkSheetParser):
    """Gives formulas with their remembered results, and knows what is hidden.

    Used below openpyxl's worksheet: that one trusts the declared dimensions, fills every gap, and makes an object of
    every cell.
    """

    hidden_columns: set[int]
    hidden_rows: set[int]

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            cell["value"] = Formula("=" + (formula.text or ""), cell["value"])
        return cell

    def parse_row(self, row: Any) -> Any:
        if row.get("hidden") in ("1", "true"):
            self.hidden_rows.add(int(row.get("r") or self.row_counter + 1))
        found = super().parse_row(row)
        self.row_dimensions.clear()  # heights and the like: 40 MB in 100,000 rows
        return found

    def parse_column_dimensions(self, col: Any) -> None:
        if col.get("hidden") in ("1", "true"):
            last = min(int(col.get("max")), _LAST_COLUMN)
            self.hidden_columns.update(range(int(col.get("min")), last + 1))


def open_book(file: Upload) -> Book:
    """ExcelRefused if the file is no workbook, or made to choke us."""
    remarks = check_upload(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features we do not read
            # What `load_workbook` does, less what we do not use: it would already read sheets through for their size.
            book = ExcelReader(file, read_only=True, keep_links=False)
            book.read_manifest()
            book.read_strings()
            book.read_workbook()
            apply_stylesheet(book.archive, book.wb)
            sheets = [
                (sheet.name, sheet.state != "visible", rel.target)
                for sheet, rel in book.parser.find_sheets()
                if rel.Type.endswith("/worksheet")
            ]
    except _UNREADABLE as error:
        raise damaged() from error
    if not sheets:
        raise ExcelRefused(_("시트가 없습니다. 작성 양식을 내려받아 사용해 주세요."))
    grids = [Grid(str(name), hidden, partial(_content, book, path)) for name, hidden, path in sheets]
    return Book("xlsx", tuple(grids), remarks)


def _content(book: ExcelReader, path: str) -> Content:
    try:
        with book.archive.open(path) as stream:
            return _parsed(book, _Gauge(stream))
    except _UNREADABLE as error:
        raise damaged() from error


def _parsed(book: ExcelReader, gauge: _Gauge) -> Content:
    parser = _Parser(
        gauge,
        book.shared_strings,
        data_only=True,
        epoch=book.wb.epoch,
        date_formats=book.wb._date_formats,
        timedelta_formats=book.wb._timedelta_formats,
    )
    parser.hidden_rows, parser.hidden_columns = set(), set()
    gathered, before = Gatherer(), 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, cells in parser.parse():
            gauge.since_row = 0
            if not before < number <= _LAST_ROW:
                raise damaged()
            before = number
            gathered.add(number, sorted(((c["column"], c["value"]) for c in cells), key=_column))
    return Content(gathered.lines, _spans(parser), parser.hidden_rows, parser.hidden_columns)


def _column(cell: tuple[int, Any]) -> int:
    return cell[0]


def _spans(parser: _Parser) -> Iterator[Span]:
    for cell in parser.merged_cells.mergeCell if parser.merged_cells else ():
        left, top, right, bottom = range_boundaries(cell.ref)
        yield Span(top, left, bottom, right)
