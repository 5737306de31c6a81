"""The days of a year's meetings: a weekday of the month or a day of it, moved where the office is closed. Pure."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from basis.clock.calendar import Calendar

LAST = -1  # of the month
ONE_DAY, WEEK = dt.timedelta(days=1), 7
Month = tuple[int, int]


@dataclass(frozen=True)
class Planned:
    """`moved`: the day it would have been, where the office is closed then."""

    day: dt.date
    moved: dt.date | None = None


@dataclass(frozen=True)
class Monthly:
    """`nth` (LAST: the last) `weekday` of each month, or, without it, `day` of each, at most the month's last."""

    nth: int | None = None
    weekday: int = 0
    day: int = 1

    def of(self, year: int, month: int) -> dt.date:
        last = monthrange(year, month)[1]
        if self.nth is None:
            return dt.date(year, month, min(self.day, last))
        if self.nth == LAST:
            end = dt.date(year, month, last)
            return end - dt.timedelta(days=(end.weekday() - self.weekday) % WEEK)
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(self.weekday - first.weekday()) % WEEK + WEEK * (self.nth - 1))


def months(first: Month, last: Month) -> Iterator[Month]:
    """Both of them in it."""
    number, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    while number <= end:
        yield number // 12, number % 12 + 1
        number += 1


def open_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The next day on which the office is open, in the same month; at its end the last one before."""
    for step in (ONE_DAY, -ONE_DAY):
        found = day
        while calendar.is_closed(found) and found.month == day.month:
            found += step
        if found.month == day.month:
            return found
    return day  # a month without an open day


def days_of(rule: Monthly, asked: Sequence[Month], calendar: Calendar) -> list[Planned]:
    found = []
    for year, month in asked:
        wanted = rule.of(year, month)
        day = open_day(wanted, calendar)
        found.append(Planned(day, wanted if day != wanted else None))
    return found
