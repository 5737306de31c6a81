"""The days public offices are closed (O7)."""

from datetime import date, timedelta

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.utils import translation

from basis.clock.calendar import KoreanCalendar
from basis.errors import Rejected
from core.calendar import clear_calendar_cache, system_calendar
from core.models import Holiday
from tests.basis.clock_oracle import HOLIDAYS, days_between

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 22)


def test_o7a_the_package_agrees_with_the_law_on_every_day_of_2013_to_2030() -> None:
    calendar = KoreanCalendar()
    named = {day for day in days_between(date(2013, 1, 1), date(2030, 12, 31)) if calendar.closed_name(day)}
    assert named == HOLIDAYS


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 1), "노동절"),  # a public holiday from 2026
        (date(2027, 5, 3), "노동절 대체 휴일"),
        (date(2025, 5, 1), None),  # until then of workers only
        (date(2026, 7, 17), "제헌절"),  # again from 2026
        (date(2027, 7, 19), "제헌절 대체 휴일"),
        (date(2025, 7, 17), None),
        (date(2007, 7, 17), "제헌절"),
        (date(2030, 3, 27), "대통령 선거일"),
        (date(2026, 9, 24), "추석 전날"),
        (date(2025, 5, 5), "부처님오신날·어린이날"),
        (date(2015, 8, 14), "임시공휴일"),
        (date(2015, 9, 29), "추석 대체 휴일"),
        (date(2026, 6, 8), None),  # 현충일 has no substitute day
        (SATURDAY, None),
    ],
)
def test_o7_holidays_by_name(day: date, name: str | None) -> None:
    assert KoreanCalendar().closed_name(day) == name


def test_o7_weekends_and_holidays_are_closed() -> None:
    calendar = KoreanCalendar({MONDAY: "구민의 날"})
    assert [calendar.is_closed(MONDAY + timedelta(n)) for n in (-2, -1, 0, 1)] == [True, True, True, False]
    assert calendar.closed_name(MONDAY) == "구민의 날"
    assert not KoreanCalendar().is_closed(MONDAY)


@pytest.mark.parametrize("day", [date(1947, 12, 31), date(2101, 1, 3)])
def test_o7_years_without_known_holidays_are_refused(day: date) -> None:
    with pytest.raises(Rejected, match="1948년부터 2100년까지"):
        KoreanCalendar().closed_name(day)


@pytest.mark.django_db
def test_o7_declared_holidays_count_after_the_cache_is_cleared(django_assert_num_queries) -> None:
    assert not system_calendar().is_closed(MONDAY)
    Holiday.objects.create(date=MONDAY, name="임시공휴일")
    with django_assert_num_queries(0):
        assert not system_calendar().is_closed(MONDAY)
    clear_calendar_cache()
    with django_assert_num_queries(1):
        assert system_calendar().closed_name(MONDAY) == "임시공휴일"
        assert system_calendar().is_closed(MONDAY)


@pytest.mark.django_db
def test_o7a_a_local_holiday_that_moves_no_deadlines_is_an_ordinary_day_of_the_count() -> None:
    Holiday.objects.create(date=MONDAY, name="개청기념일", kind=Holiday.Kind.LOCAL, moves_deadlines=False)
    assert not system_calendar().is_closed(MONDAY)


@pytest.mark.django_db
def test_o7_every_request_reads_the_declared_holidays_anew() -> None:
    system_calendar()
    Holiday.objects.create(date=MONDAY, name="임시공휴일")
    request_started.disconnect(close_old_connections)  # as Django's test client does
    try:
        request_started.send(sender=None)
    finally:
        request_started.connect(close_old_connections)
    assert system_calendar().is_closed(MONDAY)


@pytest.mark.django_db
def test_holidays_are_named_in_the_language_of_the_screen() -> None:
    with translation.override("en"):
        assert system_calendar().closed_name(date(2026, 7, 17)) == "Constitution Day"
    with translation.override("ko"):
        assert system_calendar().closed_name(date(2026, 7, 17)) == "제헌절"
