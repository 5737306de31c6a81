"""Excel out: typed cells, streamed, never a formula. In memory stands one row.

openpyxl's `write_only` sheet, with two of its steps done here: what a value is (it would make `=…` a
formula), and which style it has (it would look each up anew). So 100,000 × 12 cells take 0.7 of its own time.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Put = Callable[["FixedCell", Any], None]

MAX_SHEET_ROWS = 1_048_576  # Excel's own, head included
MAX_TEXT = 32_767  # characters in a cell, Excel's own
PROGRESS_EVERY = 1_000  # rows
FONT = "맑은 고딕"
HEAD_FILL = "E6ECF5"
_EXACT = 10**15  # Excel keeps 15 digits; a longer number is an identifier
_FIRST_YEAR = 1900  # Excel knows no earlier date
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0; \r would show as _x000D_
_SHEET_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE_LENGTH = 31
_FORMATS: dict[str, str] = {
    "int": "#,##0",
    "decimal": "#,##0.##",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True)
class ExportColumn:
    """`width` in characters; `number_format` replaces the kind's own (a year has no separators)."""

    label: str
    kind: str = "text"
    width: float = 16
    number_format: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: Sequence[ExportColumn]
    rows: Iterable[Sequence[Any]]


def write_workbook(
    target: BinaryIO, sheets: Iterable[Sheet], progress: Callable[[int], None] | None = None
) -> None:
    """Write the sheets to `target`, row by row. `progress(rows)` is called every 1,000 rows and at the end.

    A sheet longer than Excel allows goes on in the next.
    """
    book = Workbook(write_only=True)
    try:
        written = 0
        for sheet in sheets:
            written = _write_sheet(book, sheet, written, progress)
        if not book.worksheets:
            book.create_sheet()
        book.save(target)
        if progress:
            progress(written)
    except BaseException:
        _remove_leftovers(book)
        raise


def clean(text: str) -> str:
    """Without the characters XML cannot carry, and no longer than Excel allows."""
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def sheet_title(title: str, taken: Iterable[str]) -> str:
    """A title Excel accepts and no other sheet has."""
    plain = _SHEET_TITLE.sub(" ", clean(str(title))).strip(" '") or _("목록")
    used = {name.casefold() for name in taken}
    candidate, n = plain[:_TITLE_LENGTH], 1
    while candidate.casefold() in used:
        n += 1
        mark = f" ({n})"
        candidate = plain[: _TITLE_LENGTH - len(mark)] + mark
    return candidate


class FixedCell(Cell):
    """One cell for a whole column: letter and styles are settled before the first row, the value changes."""

    has_style = True

    def __init__(self, sheet: WriteOnlyWorksheet, index: int, style: int, whole: int) -> None:
        super().__init__(sheet)
        self.letter = get_column_letter(index)
        self.settled_style = self.usual_style = style
        self.whole_style = whole

    @property
    def coordinate(self) -> str:  # openpyxl asks for it as it writes the cell
        return f"{self.letter}{self.row}"

    @property
    def style_id(self) -> int:
        return self.settled_style

    def put(self, data_type: str, value: Any) -> None:
        """Past `Cell.value`, which would guess the type and make a formula of a text."""
        self.data_type, self._value = data_type, value


def put_text(cell: FixedCell, value: Any) -> None:
    cell.put("s", clean(value if type(value) is str else str(value)))


def put_number(cell: FixedCell, value: Any) -> None:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if is_number and -_EXACT < value < _EXACT:
        cell.put("n", value)
    else:
        put_text(cell, value)


def put_decimal(cell: FixedCell, value: Any) -> None:
    """Excel shows a whole number in `#,##0.##` with a point at its end."""
    put_number(cell, value)
    whole = cell.data_type == "n" and round(value, 2) % 1 == 0
    cell.settled_style = cell.whole_style if whole else cell.usual_style


def put_date(cell: FixedCell, value: Any) -> None:
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    _put_moment(cell, value)


def put_datetime(cell: FixedCell, value: Any) -> None:
    _put_moment(cell, _local(value) if isinstance(value, dt.datetime) else value)


def put_bool(cell: FixedCell, value: Any) -> None:
    put_text(cell, (_("예") if value else _("아니오")) if isinstance(value, bool) else value)


def _put_moment(cell: FixedCell, value: Any) -> None:
    if isinstance(value, dt.date) and value.year >= _FIRST_YEAR:
        cell.put("d", value)
    else:
        put_text(cell, value)


def _local(moment: dt.datetime) -> dt.datetime:
    """Naive local time: Excel knows no time zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


_PUTS: dict[str, Put] = {
    "text": put_text,
    "int": put_number,
    "decimal": put_decimal,
    "date": put_date,
    "datetime": put_datetime,
    "bool": put_bool,
}


def _write_sheet(book: Workbook, sheet: Sheet, written: int, progress: Callable[[int], None] | None) -> int:
    """Rows written so far, over all sheets."""
    page = _begin(book, sheet)
    used = 1
    for row in sheet.rows:
        if used == MAX_SHEET_ROWS:
            _finish(page, sheet, used)
            page, used = _begin(book, sheet), 1
        page.append(row if isinstance(row, tuple | list) else tuple(row))
        used += 1
        written += 1
        if progress and written % PROGRESS_EVERY == 0:
            progress(written)
    _finish(page, sheet, used)
    return written


def _begin(book: Workbook, sheet: Sheet) -> WriteOnlyWorksheet:
    page = book.create_sheet(sheet_title(sheet.title, book.sheetnames))
    page.freeze_panes = "A2"
    for i, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(i)].width = column.width
    page.append([head_cell(page, column.label) for column in sheet.columns])
    page._values_to_row = _placer(page, sheet.columns)
    return page


def _finish(page: WriteOnlyWorksheet, sheet: Sheet, used: int) -> None:
    if sheet.columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{used}"
    page.close()


def head_cell(page: Any, label: Any) -> Cell:
    """A cell of the head row of a streamed sheet."""
    cell = WriteOnlyCell(page)
    cell.value = clean(str(label))
    cell.data_type = "s"
    dress_head(cell)
    return cell


def dress_head(cell: Cell) -> None:
    cell.font = Font(name=FONT, size=10, bold=True)
    cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
    cell.border = Border(bottom=Side(style="thin", color="8A949E"))
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _placer(page: WriteOnlyWorksheet, columns: Sequence[ExportColumn]) -> Callable[..., Iterator[Cell]]:
    """How openpyxl gets the cells of a row from its values; None leaves a cell out."""
    plan: list[tuple[FixedCell, Put]] = []
    for i, column in enumerate(columns, 1):
        usual = column.number_format or _FORMATS.get(column.kind, "General")
        whole = column.number_format or _FORMATS["int"]
        plan.append((FixedCell(page, i, _style(page, usual), _style(page, whole)), _PUTS[column.kind]))

    def place(values: Sequence[Any], number: int) -> Iterator[Cell]:
        for (cell, put), value in zip(plan, values, strict=True):
            if value is not None:
                cell.row = number
                put(cell, value)
                yield cell

    return place


def _style(page: WriteOnlyWorksheet, number_format: str) -> int:
    model = WriteOnlyCell(page)
    model.font = Font(name=FONT, size=10)
    model.number_format = number_format
    return int(model.style_id)


def _remove_leftovers(book: Workbook) -> None:
    """openpyxl keeps each sheet in a temporary file and forgets it when the writing is broken off."""
    for page in book.worksheets:
        if page._writer is not None:
            if not page.closed:
                page.close()
            page._writer.cleanup()
