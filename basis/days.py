"""Days of which only the month or the year is known, as records of the past have them (N1). Pure."""

import datetime as dt
import re
from enum import StrEnum
from typing import NamedTuple

from basis.formats import date_ko

_DAY = dt.timedelta(days=1)
_CENTURY = 70  # '69 is 2069, '70 is 1970
_WRITTEN = re.compile(
    r"['’‘`]?(?P<year>\d{4}|\d{2})\s*[-./년]\s*"
    r"(?:(?P<month>\d{1,2})\s*[-./월]?\s*"
    r"(?:(?<=[-./월\s])(?P<day>\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\)|[월화수목금토일]요일)?)?)?"
)
_BARE = re.compile(r"(?P<year>\d{4})(?:(?P<month>\d{2})(?P<day>\d{2})?)?")


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Day(NamedTuple):
    """`date` is the first of the days meant."""

    date: dt.date
    precision: Precision = Precision.DAY

    @property
    def last(self) -> dt.date:
        """The last of the days meant."""
        match self.precision:
            case Precision.DAY:
                return self.date
            case Precision.MONTH:
                return (self.date.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
            case _:
                return dt.date(self.date.year, 12, 31)

    def __str__(self) -> str:
        """`2015. 3. 5.`, `2015. 3.`, `2015.`"""
        parts = {Precision.DAY: 3, Precision.MONTH: 2, Precision.YEAR: 1}[self.precision]
        return " ".join(date_ko(self.date).split()[:parts])


def whole_year(short: int) -> int:
    """Of a year of two digits."""
    return short + (2000 if short < _CENTURY else 1900)


def parse(text: str) -> Day | None:
    """`2015. 3. 5.(목)`, `'15.3.5`, `20150305`, `2015년 3월`, `2015-03`, `2015`; None where it is none of these.
    ValueError for a day that the calendar has not."""
    found = _WRITTEN.fullmatch(text) or _BARE.fullmatch(text)
    if not found:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year = whole_year(year)
    if found["month"] is None:
        return Day(dt.date(year, 1, 1), Precision.YEAR)
    if found["day"] is None:
        return Day(dt.date(year, int(found["month"]), 1), Precision.MONTH)
    return Day(dt.date(year, int(found["month"]), int(found["day"])))
