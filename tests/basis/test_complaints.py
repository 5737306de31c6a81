"""Periods of civil complaints in hours and weeks and their extension, each against a reckoning that shares nothing with
it (O8)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basis.clock import Ground, due_at, due_date, extension
from basis.clock.calendar import KoreanCalendar
from basis.errors import Rejected
from tests.basis.clock_oracle import HOLIDAYS, ONE
from tests.effort import rounds

CALENDAR = KoreanCalendar()
WORKED = frozenset({9, 10, 11, 13, 14, 15, 16, 17})  # hours of an open day
days_of_years = st.dates(date(2013, 1, 1), date(2030, 6, 30))  # the holidays written down end with 2030


def is_open(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


def lived(received: datetime, days: int) -> datetime:
    """Quarter of an hour by quarter of an hour, until so many of them were worked."""
    left, quarter = days * 8 * 4, timedelta(minutes=15)
    while left:
        left -= is_open(received.date()) and received.hour in WORKED
        received += quarter
    return received


def open_days_after(day: date, count: int) -> date:
    while count:
        day += ONE
        count -= is_open(day)
    return day


def weeks_after(day: date, count: int) -> date:
    """The eve of the same day of the week, the count-th time it comes round, or the next open day."""
    weekday, day = day.weekday(), day + ONE
    while True:
        count -= day.weekday() == weekday
        if not count:
            break
        day += ONE
    day -= ONE
    while not is_open(day):
        day += ONE
    return day


@settings(max_examples=rounds(300, 2_000), deadline=None, database=None)
@given(days_of_years, st.integers(0, 95), st.integers(1, 5))
def test_o8_up_to_five_days_run_in_office_hours(day: date, quarters: int, days: int) -> None:
    received = datetime.combine(day, time()) + timedelta(minutes=15 * quarters)
    found = due_at(received, days, CALENDAR)
    assert found == lived(received, days)
    if 9 * 4 < quarters < 18 * 4 or not is_open(day):  # in dates alone: without the first day
        assert found.date() == due_date(day, "civil-complaint", days, "days", CALENDAR).due


@settings(max_examples=rounds(300, 2_000), deadline=None, database=None)
@given(days_of_years, st.integers(1, 8))
def test_o8_weeks_run_by_the_calendar_with_the_first_day_in(day: date, weeks: int) -> None:
    assert due_date(day, "civil-complaint", weeks, "weeks", CALENDAR).due == weeks_after(day, weeks)
    assert due_date(day, "civil", weeks, "weeks", CALENDAR).due == weeks_after(day + ONE, weeks)


@settings(max_examples=rounds(200, 1_000), deadline=None, database=None)
@given(days_of_years, st.integers(1, 30), st.data())
def test_o8_an_extension_counts_as_the_period_does_from_its_last_day(
    day: date, length: int, data: st.DataObject
) -> None:
    first = due_date(day, "civil-complaint", length, "days", CALENDAR)
    more, again = data.draw(st.integers(1, length)), data.draw(st.integers(1, length))
    one = extension(first, more, CALENDAR, before=0, consent=False, ground=Ground.NECESSITY)
    second = due_date(day, "civil-complaint", length, "days", CALENDAR, extensions=[one])
    assert second.due == open_days_after(first.due, more)
    two = extension(second, again, CALENDAR, before=1, consent=True, ground=Ground.NECESSITY)
    third = due_date(day, "civil-complaint", length, "days", CALENDAR, extensions=[one, two])
    assert third.due == open_days_after(first.due, more + again)
    assert third.original_due == first.due


@pytest.mark.parametrize(
    ("start", "length", "before", "consent", "ground", "why"),
    [
        ("2026-11-16", 8, 0, True, "necessity", "처음 처리기간의 범위"),
        ("2026-11-16", 0, 0, True, "necessity", "처음 처리기간의 범위"),
        ("2026-11-16", 7, 1, False, "necessity", "동의"),
        ("2026-11-16", 1, 2, True, "necessity", "두 번까지만"),
        ("2026-11-16", 1, 0, True, "overload", "업무가 많거나"),
        ("2026-05-06", 1, 0, True, "absence", "업무가 많거나"),
    ],
)
def test_o8_extensions_that_are_not_allowed(
    start: str, length: int, before: int, consent: bool, ground: str, why: str
) -> None:
    found = due_date(date.fromisoformat(start), "civil-complaint", 7, "days", CALENDAR)
    with pytest.raises(Rejected, match=why):
        extension(found, length, CALENDAR, before=before, consent=consent, ground=Ground(ground))


def test_o8_overload_was_a_ground_until_may_2026() -> None:
    found = due_date(date(2026, 5, 4), "civil-complaint", 7, "days", CALENDAR)
    assert extension(found, 7, CALENDAR, before=0, consent=False, ground=Ground.OVERLOAD).until > found.due


@pytest.mark.parametrize("days", [0, 6])
def test_o8_only_short_periods_run_in_hours(days: int) -> None:
    with pytest.raises(Rejected, match="1일부터 5일까지"):
        due_at(datetime.combine(date(2026, 11, 16), time(10)), days, CALENDAR)
