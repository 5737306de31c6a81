"""Periods and their keys; pure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Rejected
from basis.periods import Period, PeriodKind, between, containing, parse

KINDS = list(PeriodKind)


@pytest.mark.parametrize(
    ("key", "label", "start", "end"),
    [
        ("2015", "2015년", "2015-01-01", "2015-12-31"),
        ("2015-H1", "2015년 상반기", "2015-01-01", "2015-06-30"),
        ("2015-H2", "2015년 하반기", "2015-07-01", "2015-12-31"),
        ("2016-Q1", "2016년 1분기", "2016-01-01", "2016-03-31"),
        ("2015-Q4", "2015년 4분기", "2015-10-01", "2015-12-31"),
        ("2015-W07", "2015년 7주", "2015-02-09", "2015-02-15"),
        ("2020-W53", "2020년 53주", "2020-12-28", "2021-01-03"),
    ],
)
def test_r1_periods_are_read_and_named(key: str, label: str, start: str, end: str) -> None:
    period = parse(key)
    assert (period.key, period.label) == (key, label)
    assert period.days == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert parse(key.lower()) == period


@pytest.mark.parametrize(
    "text", ["", "15", "2015-H3", "2015-Q0", "2015-W00", "2016-W53", "2015-01", "0000", "2015-H1 x"]
)
def test_r1_what_is_no_period_says_how_to_write_one(text: str) -> None:
    with pytest.raises(Rejected, match="2015-H1"):
        parse(text)


@given(st.dates(dt.date(1991, 1, 10), dt.date(2099, 12, 1)), st.sampled_from(KINDS))
def test_r1_periods_follow_each_other_without_gap(day: dt.date, kind: PeriodKind) -> None:
    period = containing(day, kind)
    assert period.start <= day <= period.end
    assert period.next().start - period.end == dt.timedelta(days=1)
    assert period.next().previous() == period
    assert parse(period.key) == period


def test_r1_periods_between_days() -> None:
    found = between(PeriodKind.QUARTER, dt.date(2025, 12, 31), dt.date(2026, 4, 1))
    assert [period.key for period in found] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert list(between(PeriodKind.YEAR, dt.date(2026, 1, 1), dt.date(2025, 1, 1))) == []
    assert Period(PeriodKind.YEAR, 2015).dates == "2015. 1. 1. ~ 2015. 12. 31."
