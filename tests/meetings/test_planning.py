"""The days of a year's meetings, moved where the office is closed (C2)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.clock.calendar import KoreanCalendar
from meetings.planning import LAST, Monthly, Planned, days_of, months, open_day

CALENDAR = KoreanCalendar({dt.date(2026, 11, 12): "구민의 날"})
YEARS, MONTHS = st.integers(2013, 2035), st.integers(1, 12)


def test_c2_the_second_thursday_of_each_month() -> None:
    found = days_of(Monthly(nth=2, weekday=3), [(2026, 10), (2026, 11), (2026, 12)], CALENDAR)
    assert found == [
        Planned(dt.date(2026, 10, 8)),
        Planned(dt.date(2026, 11, 13), dt.date(2026, 11, 12)),  # a local holiday
        Planned(dt.date(2026, 12, 10)),
    ]


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (Monthly(nth=LAST, weekday=4), dt.date(2026, 2, 27)),
        (Monthly(nth=1, weekday=0), dt.date(2026, 2, 2)),
        (Monthly(day=31), dt.date(2026, 2, 28)),
    ],
)
def test_c2_a_rule_names_one_day_of_a_month(rule: Monthly, day: dt.date) -> None:
    assert rule.of(2026, 2) == day


def test_c2_at_the_end_of_a_month_it_is_moved_forward() -> None:
    assert open_day(dt.date(2026, 2, 28), CALENDAR) == dt.date(2026, 2, 27)  # a Saturday
    assert open_day(dt.date(2026, 2, 1), CALENDAR) == dt.date(2026, 2, 2)


def test_c2_months_go_over_the_year() -> None:
    assert list(months((2026, 11), (2027, 2))) == [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]
    assert list(months((2026, 3), (2026, 2))) == []


@given(year=YEARS, month=MONTHS, nth=st.sampled_from([1, 2, 3, 4, LAST]), weekday=st.integers(0, 4))
def test_c2_any_weekday_of_any_month_is_in_it_and_has_its_place(
    year: int, month: int, nth: int, weekday: int
) -> None:
    day = Monthly(nth=nth, weekday=weekday).of(year, month)
    assert (day.year, day.month, day.weekday()) == (year, month, weekday)
    week = dt.timedelta(days=7)
    if nth == LAST:
        assert (day + week).month != month
    else:
        assert (day - week * (nth - 1)).month == month
        assert (day - week * nth).month != month


@given(year=YEARS, month=MONTHS, day=st.integers(1, 31))
def test_c2_any_planned_day_is_open_and_in_its_month(year: int, month: int, day: int) -> None:
    ((found),) = days_of(Monthly(day=day), [(year, month)], CALENDAR)
    assert not CALENDAR.is_closed(found.day)
    assert (found.day.year, found.day.month) == (year, month)
    if found.moved is None:
        assert found.day.day == day or day > 28
    else:
        assert CALENDAR.is_closed(found.moved)
        between = sorted((found.day, found.moved))
        inside = [between[0] + dt.timedelta(n) for n in range(1, (between[1] - between[0]).days)]
        assert all(CALENDAR.is_closed(one) for one in inside) or found.day < found.moved
