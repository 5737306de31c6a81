"""The hours run on at night, at weekends and on holidays (D7)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.clock import due_hour, explain_hours, hour_badge, hour_text
from basis.clock.hours import span_text

SEOUL = dt.timezone(dt.timedelta(hours=9))


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 11, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(27, 15, 20), at(30, 15, 20)),  # from Friday over the weekend
        (at(28, 0, 0), at(1, 0, 0, month=12)),
        (at(23, 18, 1), at(26, 18, 1)),
        (at(31, 23, 59, month=12), at(3, 23, 59, month=1, year=2027)),  # over New Year's Day
        (at(24, 9, 0, month=9), at(27, 9, 0, month=9)),  # 추석
    ],
)
def test_d7_seventy_two_hours_run_on_over_nights_weekends_and_holidays(
    start: dt.datetime, due: dt.datetime
) -> None:
    assert due_hour(start, 72) == due


def test_d7_the_clock_shows_its_arithmetic() -> None:
    words = explain_hours(at(27, 15, 20), 72, "안 때")
    assert words == "안 때 2026. 11. 27.(금) 15:20 + 72시간(밤과 휴일 포함) = 2026. 11. 30.(월) 15:20"
    assert hour_text(at(27, 6, 20).astimezone(dt.UTC)) == "2026. 11. 27.(금) 06:20"


@pytest.mark.parametrize(
    ("moment", "done", "text", "tone"),
    [
        (at(27, 15, 20), None, "72시간 남음", "info"),
        (at(29, 15, 19), None, "24시간 1분 남음", "info"),
        (at(29, 15, 20), None, "24시간 남음", "warning"),
        (at(30, 15, 0), None, "20분 남음", "warning"),
        (at(30, 15, 20), None, "0분 남음", "warning"),
        (at(30, 15, 21), None, "1분 지남", "danger"),
        (at(30, 17, 25), None, "2시간 5분 지남", "danger"),
        (at(30, 17, 25), at(30, 15, 20), "기한 내 완료", "success"),
        (at(30, 17, 25), at(30, 16, 50), "1시간 30분 늦게 완료", "neutral"),
    ],
)
def test_d7_the_hours_left_are_shown_and_late_is_late(
    moment: dt.datetime, done: dt.datetime | None, text: str, tone: str
) -> None:
    found = hour_badge(at(30, 15, 20), moment, done)
    assert (found.text, found.tone) == (text, tone)


@given(st.integers(0, 17 * 365 * 24 * 60), st.integers(1, 72))
def test_d7_the_due_moment_is_always_just_so_many_hours_away(minutes: int, hours: int) -> None:
    begun = at(1, month=1, year=2013) + dt.timedelta(minutes=minutes)
    due = due_hour(begun, hours)
    assert (due - begun).total_seconds() == hours * 3600
    assert hour_badge(due, due).tone == "warning"
    assert hour_badge(due, due + dt.timedelta(microseconds=1)).tone == "danger"


@given(st.integers(0, 10_000))
def test_d7_hours_and_minutes_add_up(minutes: int) -> None:
    words = span_text(dt.timedelta(minutes=minutes, seconds=59))
    parts = {part[-1]: int("".join(filter(str.isdigit, part))) for part in words.split()}
    assert parts.get("간", 0) * 60 + parts.get("분", 0) == minutes
