"""Cells read as a clerk reads them. Whatever is not plainly there is an interpretation, with the name of its kind:
somebody confirms each kind once, and until then the cell is as faulty as it is without it."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from basis import days
from basis.excel.columns import CellError, ImportColumn, Read, clean_text, reader_of
from basis.folding import fold
from basis.tables import amounts
from basis.tables.grids import Cell, Formula

# The kinds of interpretation, as they are shown and confirmed.
MERGED = gettext_noop("합친 칸의 값")
DITTO = gettext_noop("위 행과 같음")
FORMULA = gettext_noop("수식의 계산 값")
NOTHING = gettext_noop("‘-’, ‘없음’은 빈칸")
SHORT_YEAR = gettext_noop("두 자리 연도")
AS_ABOVE = gettext_noop("빈칸은 위 행과 같음")
OWN_YEAR = gettext_noop("연도는 제목에서")
COARSE = gettext_noop("월·연도만 적힌 날짜는 그 첫날")
RANGE = gettext_noop("기간은 그 첫날")
WRITTEN_DATE = gettext_noop("글자로 쓴 날짜")
SERIAL = gettext_noop("엑셀의 날짜 번호")
WRITTEN = gettext_noop("글자로 쓴 숫자")
AS_TEXT = gettext_noop("날짜·시간을 글자로")
THOUSANDS = gettext_noop("단위 %(unit)s")

_DITTO = {
    "〃",
    "″",
    '"',
    "''",
    "“",
    "”",
    "상동",
    "위와같음",
    "동일",
    "위와동일",
    "위와 같음",
    "//",
    "ditto",
    "々",
    "↑",
}
_NOTHING = {
    "-",
    "–",
    "—",
    "―",
    "없음",
    "해당없음",
    "해당 없음",
    "미정",
    "미상",
    "n/a",
    "na",
    ".",
    "x",
    "무",
    "불명",
}
_SERIALS = range(20_000, 60_000)  # 1954 to 2064
_LONGEST = 80
_MONEY = re.compile(r"예산|금액|비용|사업비|절감|단가|지급|집행|수당|여비|경비|편성|배정|잔액|\(원\)")
_RANGE = re.compile(r"\s*[~∼〜～]\s*|\s+[-–—]\s+|\s*(?:부터|에서)\s*")
_WEEKDAY = re.compile(
    r"\s*[(（]\s*[월화수목금토일]\s*(?:요일)?\s*[)）]|\s*[월화수목금토일]요일|\s*\d{1,2}:\d{2}(?::\d{2})?$"
)
_ONLY_YEAR = re.compile(r"['’‘`](\d{2})\s*년?")
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])\s*[월./-]\s*(?:(\d{1,2})\s*[일.]?)?")


Loose = tuple[Any, *tuple[str, ...]]  # a value and the kinds of its interpretation


class Reading(NamedTuple):
    """What a cell says. With `notes` it was interpreted in these ways: `fault` is what is wrong with it unless they are
    confirmed. Without, `fault` is what is wrong with it."""

    value: Any
    notes: tuple[str, ...] = ()
    fault: str = ""

    @property
    def readable(self) -> bool:
        return bool(self.notes) or not self.fault


@dataclass
class Context:
    """What stands around a cell."""

    year: int | None = None  # of the table
    unit: str = ""  # of the table
    heading: str = ""
    above: Cell | None = None  # of the row above in the same column
    merged: bool = False  # the value is that of a merged cell which began further up


def read(column: ImportColumn, cell: Cell, context: Context) -> Reading:
    return Reader(column).read(cell, context)


class Reader:
    """The reading of one column; made once per table."""

    def __init__(self, column: ImportColumn) -> None:
        self.column = column
        self._strict: Read = reader_of(column)
        self._loose: Callable[[Any, Context], Loose | None] | None = {
            "int": self._amount, "decimal": self._amount, "date": self._date, "day": self._date, "text": self._said,
            "departments": self._said,
        }.get(column.kind)  # fmt: skip

    def read(self, cell: Cell, context: Context) -> Reading:
        """First as a form is read; what fails there is interpreted."""
        value, kind = cell
        if kind == "f" and type(value) is Formula:
            return self._worked_out(value, context)
        if type(value) is str and self.is_ditto(value):
            return self._ditto(context)
        try:
            if self.column.kind == "day" and type(value) in (str, float) and _MONTH_DAY.fullmatch(str(value)):
                raise CellError(_("연도가 없는 날짜입니다. 2015-03-05와 같이 입력해 주세요."))
            plain = self._strict(value, kind)
        except CellError as error:
            found = self._interpreted(value, context)
            return Reading(found[0], found[1:], error.message) if found else Reading(None, (), error.message)
        said = self._in_units(plain, context)
        if (
            context.merged and plain and self.column.kind in ("int", "decimal")
        ):  # or a sum would count it twice
            fault = _("여러 행에 걸쳐 합친 칸의 수입니다. 행마다 그 값으로 읽을지 확인해 주세요.")
            return Reading(said.value, (*said.notes, MERGED), said.fault or fault)
        return said

    def is_ditto(self, value: str) -> bool:
        return len(value) <= 10 and fold(clean_text(value)) in _DITTO

    def _ditto(self, context: Context) -> Reading:
        fault = _("위 행과 같다는 표시입니다. 값을 입력하거나 그렇게 읽도록 확인해 주세요.")
        if context.above is None:
            return Reading(None, (), fault)
        found = self.read(context.above, Context(context.year, context.unit, context.heading))
        return Reading(found.value, (*found.notes, DITTO), fault) if found.readable else found

    def _worked_out(self, formula: Formula, context: Context) -> Reading:
        fault = _strict_fault(self._strict, formula)
        if formula.value is None:
            return Reading(None, (), fault)
        kind = "e" if type(formula.value) is str and formula.value.startswith("#") else "n"
        found = self.read(Cell(formula.value, kind), context)
        return Reading(found.value, (*found.notes, FORMULA), fault) if found.readable else found

    def _interpreted(self, value: Any, context: Context) -> Loose | None:
        if type(value) is str:
            value = clean_text(value)
            if len(value) > _LONGEST:
                return None
            if fold(value) in _NOTHING and (not self.column.required or self.column.may_lack):
                return self._nothing(), NOTHING
        if self._loose is None:
            return None
        try:
            return self._loose(value, context)
        except (ValueError, OverflowError, CellError):
            return None

    def _nothing(self) -> Any:
        return {"text": "", "departments": "", "mark": False}.get(self.column.kind)

    # -- amounts

    def _amount(self, value: Any, context: Context) -> Loose | None:
        number = amounts.parse(str(value)) if type(value) in (str, float) else None
        if number is None:
            return None
        name, factor = self._unit(context)
        spelled = any(word in str(value) for word in "십백천만억조")
        if factor != 1 and not spelled:
            return self._typed(number * factor), THOUSANDS % {"unit": name}
        return self._typed(number), WRITTEN

    def _typed(self, number: Decimal) -> Any:
        if self.column.kind == "decimal":
            return number
        if number != int(number):
            raise ValueError
        return int(number)

    def _unit(self, context: Context) -> tuple[str, int]:
        """Of the head itself, or of the table if the column is one of money."""
        name, factor = amounts.unit_of(context.heading)
        if factor == 1 and _MONEY.search(f"{context.heading} {self.column.label}"):
            name, factor = amounts.unit_of(context.unit)
        return name, factor

    def _in_units(self, plain: Any, context: Context) -> Reading:
        if plain and self.column.kind in ("int", "decimal"):
            name, factor = self._unit(context)
            if factor != 1:
                fault = _("단위가 %(unit)s인 칸입니다. 그렇게 읽도록 확인하거나 원 단위로 고쳐 주세요.")
                return Reading(plain * factor, (THOUSANDS % {"unit": name},), fault % {"unit": name})
        return Reading(plain)

    # -- dates

    def _date(self, value: Any, context: Context) -> Loose | None:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is int and value in _SERIALS:
            return self._day(dt.date(1899, 12, 30) + dt.timedelta(value)), SERIAL
        if type(value) not in (str, int):
            return None
        text = fold(str(value)).strip()
        pieces = _RANGE.split(text)
        if len(pieces) >= 2 and pieces[0]:
            found = self._one_day(pieces[0], context)
            return (found[0], *(kind for kind in found[1:] if kind != WRITTEN_DATE), RANGE) if found else None
        return self._one_day(text, context)

    def _one_day(self, text: str, context: Context) -> Loose | None:
        text = _WEEKDAY.sub("", text).strip().rstrip(",").replace(",", ".")
        text = re.sub(r"\s*\.\s*\.\s*", ".", text).replace("년도", "년")
        if (only := _ONLY_YEAR.fullmatch(text)) and self.column.kind == "day":
            year = days.whole_year(int(only[1]))
            return days.Day(dt.date(year, 1, 1), days.Precision.YEAR), SHORT_YEAR
        bare = _MONTH_DAY.fullmatch(text)
        if not bare and (found := days.parse(text)):
            short = not re.match(r"\D?\d{4}", text)
            if found.precision is days.Precision.DAY:
                return self._day(found.date), SHORT_YEAR if short else WRITTEN_DATE
            if self.column.kind == "day":
                return found, SHORT_YEAR if short else WRITTEN_DATE
            return found.date, COARSE
        if bare and context.year:
            month, day = int(bare[1]), int(bare[2] or 1)
            date = dt.date(context.year, month, day)
            if bare[2]:
                return self._day(date), OWN_YEAR
            return (days.Day(date, days.Precision.MONTH) if self.column.kind == "day" else date), OWN_YEAR
        return None

    def _day(self, date: dt.date) -> Any:
        return days.Day(date) if self.column.kind == "day" else date

    # -- texts

    def _said(self, value: Any, context: Context) -> Loose | None:
        if isinstance(value, dt.datetime):
            return (f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"), AS_TEXT
        if isinstance(value, dt.date | dt.time):
            return value.isoformat(), AS_TEXT
        return None


def _strict_fault(strict: Read, value: Any) -> str:
    try:
        strict(value, "f")
    except CellError as error:
        return error.message
    return ""
