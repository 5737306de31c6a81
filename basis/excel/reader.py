"""Rows of an uploaded workbook, streamed: head found, cells cleaned and typed, errors beside them."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from basis.excel.columns import (
    EXAMPLE_MARK,
    CellError,
    ImportColumn,
    clean_text,
    head_key,
    heads_of,
    reader_of,
)
from basis.excel.safety import ExcelRefused, Upload, check_upload, damaged, limit

HEAD_WITHIN = 5  # the head stands in one of the first rows; a title may stand above it
ERROR_LABEL = "오류"  # the column added to a returned workbook; ignored when it comes back
_LAST_ROW = 1_048_576  # Excel's own
_UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, OSError, ParseError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip

Place = tuple[str, int]  # the sheet, where several are read, and the number of the row
RawCell = tuple[Any, str]  # value, Excel data type
RawCells = dict[int, RawCell]  # by column number, from 1


class CellFault(NamedTuple):
    """An error of one cell: the column's key, what stands there, what to do about it."""

    key: str
    value: Any
    message: str


class RawRow(NamedTuple):
    """A row under the head: its number in the sheet, clean values by column key, and what is wrong with it.

    A faulty cell's value is None. `sheet`: where several are read.
    """

    number: int
    values: dict[str, Any]
    faults: tuple[CellFault, ...]
    sheet: str = ""

    @property
    def place(self) -> "Place":
        return (self.sheet, self.number)


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


class OpenSheet:
    """The first visible sheet of a checked upload, as raw cells. ExcelRefused if unreadable."""

    def __init__(self, file: Upload) -> None:
        check_upload(file)
        try:
            self._open(file)
        except _UNREADABLE as error:
            raise damaged() from error

    def _open(self, file: Upload) -> None:
        """What `load_workbook` does, less what we do not use: it would already read sheets through for their size."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features we do not read
            book = ExcelReader(file, read_only=True, keep_links=False)
            book.read_manifest()
            book.read_strings()
            book.read_workbook()
            apply_stylesheet(book.archive, book.wb)
            sheets = [
                (s.state, rel.target)
                for s, rel in book.parser.find_sheets()
                if rel.Type.endswith("/worksheet")
            ]
        if not sheets:
            raise ExcelRefused(_("시트가 없습니다. 작성 양식을 내려받아 사용해 주세요."))
        self._book = book
        self._path = next((path for state, path in sheets if state == "visible"), sheets[0][1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._book.archive.close()

    def rows(self) -> Iterator[tuple[int, RawCells]]:
        """Row number and the cells that hold something. Rows and cells may be missing or out of any shape.

        Uses openpyxl's parser below its worksheet: that one trusts the declared dimensions, fills every gap,
        and makes an object of every cell.
        """
        book, before = self._book, 0
        try:
            with book.archive.open(self._path) as stream:
                gauge = _Gauge(stream)
                parser = WorkSheetParser(
                    gauge,
                    book.shared_strings,
                    epoch=book.wb.epoch,
                    date_formats=book.wb._date_formats,
                    timedelta_formats=book.wb._timedelta_formats,
                )
                for number, cells in parser.parse():
                    gauge.since_row = 0
                    parser.row_dimensions.clear()  # heights and the like: 40 MB in 100,000 rows
                    if not before < number <= _LAST_ROW:
                        raise damaged()
                    before = number
                    filled = (cell for cell in cells if cell["value"] is not None)
                    yield number, {c["column"]: (c["value"], c["data_type"]) for c in filled}
        except _UNREADABLE as error:
            raise damaged() from error


class SheetReader:
    """The rows of a form with these columns. Iterate once; ExcelRefused if the head is not there.

    `letters` gives the column letter by key, `ignored` the heads nobody asked for.
    """

    def __init__(self, file: Upload, columns: Sequence[ImportColumn]) -> None:
        self.columns = columns
        self.letters: dict[str, str] = {}
        self.ignored: list[str] = []
        self._sheet = OpenSheet(file)
        self._rows = self._sheet.rows()
        self._above: list[tuple[int, RawCells]] = []  # down to the head
        try:
            self._plan = self._find_head()
        except ExcelRefused:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._rows.close()  # type: ignore[attr-defined]  # a generator
        self._sheet.__exit__()

    def __iter__(self) -> Iterator[RawRow]:
        plan, most, taken = self._plan, limit("MAX_ROWS"), 0
        marked = next((number for _key, number, _read in plan if number), 0)
        for number, cells in self._rows:
            if self._is_empty(cells) or self._is_example(cells.get(marked)):
                continue
            taken += 1
            if taken > most:
                raise ExcelRefused(
                    _("한 번에 %(most)s행까지 올릴 수 있습니다. 파일을 나누어 올려 주세요.")
                    % {"most": f"{most:,}"}
                )
            yield _clean_row(number, cells, plan)

    @property
    def head(self) -> tuple[int, RawCells]:
        """The head row: its number and cells."""
        return self._above[-1]

    def raw(self) -> Iterator[tuple[int, RawCells]]:
        """All rows as they stand, from the first of the sheet: instead of the clean ones, not beside them."""
        yield from self._above
        yield from self._rows

    def _is_empty(self, cells: RawCells) -> bool:
        """Nothing in any column that is asked for; a running number alone does not make a row."""
        for _key, number, _read in self._plan:
            cell = cells.get(number)
            if cell is not None and (type(cell[0]) is not str or clean_text(cell[0])):
                return False
        return True

    @staticmethod
    def _is_example(cell: RawCell | None) -> bool:
        return cell is not None and type(cell[0]) is str and cell[0].lstrip().startswith(EXAMPLE_MARK)

    def _find_head(self) -> "Plan":
        """The first row with all required labels, within the first rows of the sheet."""
        wanted = {key: column for column in self.columns for key in heads_of(column)}
        required = [column for column in self.columns if column.required]
        fewest = required
        for number, cells in self._rows:
            if number > HEAD_WITHIN:
                break
            self._above.append((number, cells))
            heads = {n: head_key(value) for n, (value, _type) in cells.items()}
            known = {wanted[key].key for key in heads.values() if key in wanted}
            missing = [column for column in required if column.key not in known]
            if known and not missing:
                return self._place(heads, wanted)
            if len(missing) < len(fewest):
                fewest = missing
        labels = ", ".join(f"‘{column.label}’" for column in fewest or self.columns)
        raise ExcelRefused(
            _("필요한 열이 없습니다: %(labels)s. 작성 양식을 내려받아 첫 행의 제목을 그대로 두고 써 주세요.")
            % {"labels": labels}
        )

    def _place(self, heads: Mapping[int, str], wanted: Mapping[str, ImportColumn]) -> "Plan":
        places: dict[str, int] = {}
        for number, head in heads.items():
            column = wanted.get(head)
            if column and column.key in places:
                raise ExcelRefused(
                    _("‘%(label)s’ 열이 두 번 있습니다. 하나만 남기고 지워 주세요.") % {"label": column.label}
                )
            if column:
                places[column.key] = number
                self.letters[column.key] = get_column_letter(number)
            elif head not in ("", ERROR_LABEL):
                self.ignored.append(clean_text(str(self.head[1][number][0])))
        return [(column.key, places.get(column.key, 0), reader_of(column)) for column in self.columns]


Plan = list[tuple[str, int, Callable[[Any, str], Any]]]  # key, column number (0: not in the file), reader
_NOTHING: RawCell = (None, "n")


def _clean_row(number: int, cells: Mapping[int, RawCell], plan: Plan) -> RawRow:
    values: dict[str, Any] = {}
    faults: list[CellFault] = []
    for key, column, read in plan:
        value, data_type = cells.get(column, _NOTHING)
        try:
            values[key] = read(value, data_type)
        except CellError as error:
            values[key] = None
            faults.append(CellFault(key, value, error.message))
    return RawRow(number, values, tuple(faults))
