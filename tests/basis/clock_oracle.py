"""A second reckoning of deadlines, to compare the first one with: it lives through the days one by one.

It shares nothing with basis.clock. No end is computed: a count of days still to pass goes down on every day
that counts, until none is left.

The holidays of 2013–2030 were written down by hand from 관공서의 공휴일에 관한 규정 and 공휴일에 관한 법률 as they
were in each year: fixed days, the days of the moon, elections by 공직선거법 34, substitute days (설날, 추석, 어린이날
from 2014; 삼일절, 광복절, 개천절, 한글날 from August 2021; 부처님오신날, 성탄절 from 2023; 노동절, 제헌절 from 2026),
and the days decreed for once (8/14 of 2015, 5/6 of 2016, 10/2 of 2017, 8/17 of 2020, 10/2 of 2023, 10/1 of 2024, 1/27
of 2025). The local elections of 2030 are a week later than usual: the day after 6/5 is 현충일 (34②).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

ONE = timedelta(1)
YEARS = {
    2013: "1/1 2/9 2/10 2/11 3/1 5/5 5/17 6/6 8/15 9/18 9/19 9/20 10/3 10/9 12/25",
    2014: "1/1 1/30 1/31 2/1 3/1 5/5 5/6 6/4 6/6 8/15 9/7 9/8 9/9 9/10 10/3 10/9 12/25",
    2015: "1/1 2/18 2/19 2/20 3/1 5/5 5/25 6/6 8/14 8/15 9/26 9/27 9/28 9/29 10/3 10/9 12/25",
    2016: "1/1 2/7 2/8 2/9 2/10 3/1 4/13 5/5 5/6 5/14 6/6 8/15 9/14 9/15 9/16 10/3 10/9 12/25",
    2017: "1/1 1/27 1/28 1/29 1/30 3/1 5/3 5/5 5/9 6/6 8/15 10/2 10/3 10/4 10/5 10/6 10/9 12/25",
    2018: "1/1 2/15 2/16 2/17 3/1 5/5 5/7 5/22 6/6 6/13 8/15 9/23 9/24 9/25 9/26 10/3 10/9 12/25",
    2019: "1/1 2/4 2/5 2/6 3/1 5/5 5/6 5/12 6/6 8/15 9/12 9/13 9/14 10/3 10/9 12/25",
    2020: "1/1 1/24 1/25 1/26 1/27 3/1 4/15 4/30 5/5 6/6 8/15 8/17 9/30 10/1 10/2 10/3 10/9 12/25",
    2021: "1/1 2/11 2/12 2/13 3/1 5/5 5/19 6/6 8/15 8/16 9/20 9/21 9/22 10/3 10/4 10/9 10/11 12/25",
    2022: "1/1 1/31 2/1 2/2 3/1 3/9 5/5 5/8 6/1 6/6 8/15 9/9 9/10 9/11 9/12 10/3 10/9 10/10 12/25",
    2023: "1/1 1/21 1/22 1/23 1/24 3/1 5/5 5/27 5/29 6/6 8/15 9/28 9/29 9/30 10/2 10/3 10/9 12/25",
    2024: "1/1 2/9 2/10 2/11 2/12 3/1 4/10 5/5 5/6 5/15 6/6 8/15 9/16 9/17 9/18 10/1 10/3 10/9 12/25",
    2025: "1/1 1/27 1/28 1/29 1/30 3/1 3/3 5/5 5/6 6/3 6/6 8/15 10/3 10/5 10/6 10/7 10/8 10/9 12/25",
    2026: "1/1 2/16 2/17 2/18 3/1 3/2 5/1 5/5 5/24 5/25 6/3 6/6 7/17 8/15 8/17 9/24 9/25 9/26 10/3 10/5 10/9 "
    "12/25",
    2027: "1/1 2/6 2/7 2/8 2/9 3/1 5/1 5/3 5/5 5/13 6/6 7/17 7/19 8/15 8/16 9/14 9/15 9/16 10/3 10/4 10/9 "
    "10/11 12/25 12/27",
    2028: "1/1 1/26 1/27 1/28 3/1 4/12 5/1 5/2 5/5 6/6 7/17 8/15 10/2 10/3 10/4 10/5 10/9 12/25",
    2029: "1/1 2/12 2/13 2/14 3/1 5/1 5/5 5/7 5/20 5/21 6/6 7/17 8/15 9/21 9/22 9/23 9/24 10/3 10/9 12/25",
    2030: "1/1 2/2 2/3 2/4 2/5 3/1 3/27 5/1 5/5 5/6 5/9 6/6 6/12 7/17 8/15 9/11 9/12 9/13 10/3 10/9 12/25",
}
HOLIDAYS = frozenset(
    date(year, *map(int, day.split("/"))) for year, days in YEARS.items() for day in days.split()
)


@dataclass(frozen=True)
class Case:
    """Pauses are (first, last), extensions (granted, to). `today` ends pauses that are still open."""

    start: date
    today: date
    length: int
    months: bool = False
    complaint: bool = False
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    extensions: list[tuple[date, date]] = field(default_factory=list)


def deadline(case: Case, holidays: Collection[date]) -> tuple[date, bool]:
    """The deadline, and whether the clock stands today."""
    life = Life(case, holidays)
    life.live()
    assert life.over
    return life.over, case.today in life.stood


def original_deadline(case: Case, holidays: Collection[date]) -> date:
    return deadline(replace(case, pauses=[], extensions=[]), holidays)[0]


class Life:
    """One clock, day after day. `left`: days still to pass; `stood`: days on which it was made to stand."""

    def __init__(self, case: Case, holidays: Collection[date]) -> None:
        self.case, self.holidays = case, holidays
        self.only_open_days = case.complaint and not case.months
        self.start_counts = case.months if case.complaint else False
        if self.only_open_days and case.length in range(6, 1000):
            self.start_counts = True
        self.left = self.days_in_months() if case.months else case.length
        self.stood: set[date] = set()
        self.over: date | None = None

    def live(self) -> None:
        day = self.case.start
        last_news = max(
            [day, *(first for first, _ in self.case.pauses), *(on for on, _ in self.case.extensions)]
        )
        while self.over is None or day <= last_news:
            for granted, to in self.case.extensions:
                if granted == day:
                    self.extend(day, to)
            for first, last in self.case.pauses:
                if first == day and self.over is None:
                    self.stood |= set(days_between(first, last or self.case.today))
            if self.over is None and self.passes(day):
                self.left -= 1
                if self.left == 0 and self.is_open(day):
                    self.over = day
                elif self.left == 0:  # closed: one day more, until it is an open one
                    self.left = 1
            day = tomorrow(day)

    def extend(self, day: date, to: date) -> None:
        if to <= (self.over or self.foreseen(day)):
            return
        self.over = None
        until = self.next_open(to) if self.only_open_days else to
        self.left = sum(self.passes(later) for later in days_between(day, until))

    def foreseen(self, day: date) -> date:
        """The last of the days that are left, as it looks in the morning of this day."""
        left = self.left
        while True:
            left -= self.passes(day)
            if left == 0:
                return day
            day = tomorrow(day)

    def passes(self, day: date) -> bool:
        if day in self.stood or (day == self.case.start and not self.start_counts):
            return False
        return self.is_open(day) if self.only_open_days else True

    def is_open(self, day: date) -> bool:
        return day.isoweekday() not in (6, 7) and day not in self.holidays

    def next_open(self, day: date) -> date:
        while not self.is_open(day):
            day = tomorrow(day)
        return day

    def days_in_months(self) -> int:
        """Turn the calendar's leaves to the last month, then its days to the one before the same number."""
        day = first = self.case.start if self.start_counts else tomorrow(self.case.start)
        passed = leaves = 0
        while True:
            passed += 1
            leaves += tomorrow(day).month != day.month
            day = tomorrow(day)
            if leaves == self.case.length and day.day == first.day:
                return passed
            if leaves > self.case.length:  # the last month went by without that number
                return passed


def tomorrow(day: date) -> date:
    return day + ONE


def days_between(first: date, last: date) -> list[date]:
    """Both included; none if the last is before the first."""
    days = []
    while first <= last:
        days.append(first)
        first = tomorrow(first)
    return days
