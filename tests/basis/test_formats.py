import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from basis import formats

FRIDAY = dt.date(2026, 11, 20)


def test_d2_dates() -> None:
    assert formats.date_ko(FRIDAY) == "2026. 11. 20."
    assert formats.date_weekday(FRIDAY) == "2026. 11. 20.(금)"
    assert formats.date_short(dt.date(2026, 12, 4)) == "12. 4.(금)"
    assert formats.datetime_ko(dt.datetime(2026, 11, 20, 9, 5)) == "2026. 11. 20. 09:05"  # noqa: DTZ001


def test_d2_moments_are_written_in_local_time() -> None:
    evening = dt.datetime(2026, 11, 19, 23, 30, tzinfo=dt.UTC)
    assert formats.datetime_ko(evening) == "2026. 11. 20. 08:30"
    assert formats.date_ko(evening) == "2026. 11. 20."
    assert formats.date_weekday(evening) == "2026. 11. 20.(금)"


def test_d2_a_period_of_one_day_is_that_day() -> None:
    assert formats.days_between(FRIDAY, FRIDAY) == "2026. 11. 20.(금)"
    assert formats.days_between(FRIDAY, FRIDAY + dt.timedelta(3)) == "2026. 11. 20.(금) ~ 2026. 11. 23.(월)"


def test_d2_the_weekday_follows_the_language() -> None:
    with translation.override("en"):
        assert formats.date_weekday(FRIDAY) == "2026. 11. 20.(Fri)"
        assert formats.date_short(dt.date(2026, 12, 6)) == "12. 6.(Sun)"
    with translation.override(None):
        assert formats.date_weekday(FRIDAY) == "2026. 11. 20.(금)"


def test_a_unit_follows_its_amount_in_the_language_of_the_page() -> None:
    assert (formats.counted(1, "건"), formats.counted(1234, "건")) == ("1건", "1,234건")
    both = " item| items"  # how English translates it
    assert [formats.counted(n, both) for n in (0, 1, 1234)] == ["0 items", "1 item", "1,234 items"]
    assert formats.counted("7·3·1·0", " day before| days before") == "7·3·1·0 days before"
    assert formats.counted(Decimal("0.5"), " point| points") == "0.5 points"
    assert (formats.unit_name(both), formats.unit_name("건"), formats.unit_name("")) == ("items", "건", "")


@settings(deadline=None)
@given(st.dates())
def test_d2_weekday_agrees_with_the_calendar(day: dt.date) -> None:
    names = {"Mon": "월", "Tue": "화", "Wed": "수", "Thu": "목", "Fri": "금", "Sat": "토", "Sun": "일"}
    weekday = dt.date(day.year % 400 + 2000, day.month, day.day).strftime("%a")  # the calendar repeats
    assert formats.date_short(day) == f"{day.month}. {day.day}.({names[weekday]})"


def test_d2_money() -> None:
    assert formats.won(1_250_000) == "1,250,000원"
    assert formats.won(Decimal("-20000.00")) == "-20,000원"
    with pytest.raises(ValueError, match="원 미만"):
        formats.won(Decimal("0.5"))


@pytest.mark.parametrize(
    ("amount", "formal"),
    [
        (1_250_000, "금1,250,000원(금일백이십오만원)"),
        (113_560, "금113,560원(금일십일만삼천오백육십원)"),
        (0, "금0원(금영원)"),
        (10, "금10원(금일십원)"),
        (10_000, "금10,000원(금일만원)"),
        (101_001_000, "금101,001,000원(금일억일백만일천원)"),
        (9_200_000_000, "금9,200,000,000원(금구십이억원)"),
        (1_000_000_000_001, "금1,000,000,000,001원(금일조일원)"),
    ],
)
def test_d2_formal_money(amount: int, formal: str) -> None:
    assert formats.won_formal(amount) == formal


@pytest.mark.parametrize("amount", [-1, 10**16, Decimal("1.5")])
def test_d2_formal_money_refuses(amount: int | Decimal) -> None:
    with pytest.raises(ValueError, match="금액"):
        formats.won_formal(amount)


def read_formal(text: str) -> tuple[int, int]:
    """The figure and the words of a formal amount, read by other means than they were written."""
    match = re.fullmatch(r"금([\d,]+)원\(금([영일이삼사오육칠팔구천백십만억조]+)원\)", text)
    assert match, text
    total = 0
    for group, unit in re.findall(r"((?:[일이삼사오육칠팔구][천백십]?)+)([조억만]?)", match[2]):
        value = 0
        for digit, place in re.findall(r"(.)([천백십]?)", group):
            value += ("일이삼사오육칠팔구".index(digit) + 1) * {"천": 1000, "백": 100, "십": 10, "": 1}[place]
        total += value * {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}[unit]
    return int(match[1].replace(",", "")), total


@settings(deadline=None)
@given(st.one_of(st.integers(0, 10**16 - 1), st.integers(0, 10**5)))
def test_d2_formal_money_reads_back(amount: int) -> None:
    assert read_formal(formats.won_formal(amount)) == (amount, amount)


def test_numbers() -> None:
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("717.70")) == "717.70"
    assert formats.number(0.1 + 0.2) == "0.3"
    assert formats.number(20.0) == "20"
    assert formats.number(Decimal("2.345"), 2) == "2.35"
    assert formats.number(-0.04, 1) == "0.0"


def test_percent() -> None:
    assert formats.percent(6 / 7) == "85.7%"
    assert formats.percent(Decimal("0.0005"), 1) == "0.1%"
    assert formats.percent(1, digits=0) == "100%"
    assert formats.percent(None) == "–"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-20", "2026. 11. 20.(금)"), ("2026-02-30", "2026-02-30"), ("기획예산과-1", "기획예산과-1"),
        ("", ""), ("20261120ab", "20261120ab"), (3, "3"),
    ],
)  # fmt: skip
def test_d2_a_day_kept_as_text_is_told_as_people_write_it(value: Any, shown: str) -> None:
    assert formats.told(value) == shown
