"""Periods of reports and statements: year, half, quarter, month, ISO week. Pure arithmetic on days."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.formats import date_ko


class PeriodKind(models.TextChoices):
    YEAR = "year", gettext_lazy("연간")
    HALF = "half", gettext_lazy("반기")
    QUARTER = "quarter", gettext_lazy("분기")
    MONTH = "month", gettext_lazy("월간")
    WEEK = "week", gettext_lazy("주간")


_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}
_LETTERS = {"H": PeriodKind.HALF, "Q": PeriodKind.QUARTER, "M": PeriodKind.MONTH, "W": PeriodKind.WEEK}
_WIDTHS = {PeriodKind.HALF: 1, PeriodKind.QUARTER: 1, PeriodKind.MONTH: 2, PeriodKind.WEEK: 2}
_KEY = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])|W(?:0[1-9]|[1-4]\d|5[0-3])))?")
FIRST_YEAR, LAST_YEAR = 1990, 2100
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """`number` counts within the year from 1; 1 for a whole year. Weeks follow ISO 8601."""

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def key(self) -> str:
        """`2015`, `2015-H1`, `2015-Q3`, `2015-M11`, `2015-W07`."""
        if self.kind == PeriodKind.YEAR:
            return f"{self.year}"
        letter = next(letter for letter, kind in _LETTERS.items() if kind == self.kind)
        return f"{self.year}-{letter}{self.number:0{_WIDTHS[self.kind]}}"

    @property
    def start(self) -> dt.date:
        if self.kind == PeriodKind.WEEK:
            return dt.date.fromisocalendar(self.year, self.number, 1)
        return dt.date(self.year, _MONTHS[self.kind] * (self.number - 1) + 1, 1)

    @property
    def end(self) -> dt.date:
        """The last day."""
        if self.kind == PeriodKind.WEEK:
            return self.start + 6 * _DAY
        month = _MONTHS[self.kind] * self.number
        return dt.date(self.year + month // 12, month % 12 + 1, 1) - _DAY

    @property
    def label(self) -> str:
        """`2015년`, `2015년 상반기`, `2015년 3분기`, `2015년 11월`, `2015년 7주`."""
        values = {"year": self.year, "number": self.number}
        match self.kind:
            case PeriodKind.YEAR:
                return _("%(year)d년") % values
            case PeriodKind.HALF:
                return (_("%(year)d년 상반기") if self.number == 1 else _("%(year)d년 하반기")) % values
            case PeriodKind.QUARTER:
                return _("%(year)d년 %(number)d분기") % values
            case PeriodKind.MONTH:
                return _("%(year)d년 %(number)d월") % values
            case _week:
                return _("%(year)d년 %(number)d주") % values

    @property
    def dates(self) -> str:
        """`2015. 1. 1. ~ 2015. 12. 31.`"""
        return f"{date_ko(self.start)} ~ {date_ko(self.end)}"

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.start, self.end

    def next(self) -> "Period":
        return containing(self.end + _DAY, self.kind)

    def previous(self) -> "Period":
        return containing(self.start - _DAY, self.kind)


def parse(text: str) -> Period:
    """The period of a key. Rejected, saying how to write one."""
    found = _KEY.fullmatch(text.strip().upper())
    if found:
        year, rest = int(found[1]), found[2]
        kind = _LETTERS[rest[0]] if rest else PeriodKind.YEAR
        period = Period(kind, year, int(rest[1:]) if rest else 1)
        if FIRST_YEAR <= year <= LAST_YEAR and not (period.number == 53 and _weeks(year) < 53):
            return period
    raise Rejected(
        _("기간은 2015, 2015-H1(반기), 2015-Q3(분기), 2015-M11(월), 2015-W07(주)처럼 입력해 주세요."),
        field="period",
    )


def containing(day: dt.date, kind: PeriodKind) -> Period:
    if kind == PeriodKind.WEEK:
        year, week, _weekday = day.isocalendar()
        return Period(kind, year, week)
    return Period(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)


def between(kind: PeriodKind, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Every period of the kind that has a day in first..last, in order."""
    period = containing(first, kind)
    while period.start <= last:
        yield period
        period = period.next()


def _weeks(year: int) -> int:
    return dt.date(year, 12, 28).isocalendar().week
