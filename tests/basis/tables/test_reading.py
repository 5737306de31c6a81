"""Cells are read as a clerk reads them; an interpretation is named and counts only when it is confirmed (N3)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.days import Day
from basis.excel.columns import ImportColumn
from basis.tables import amounts
from basis.tables.grids import Cell
from basis.tables.reading import Context, Reading, read
from basis.tables.words import propose

DAY = ImportColumn("day", "발굴일", kind="day")
DATE = ImportColumn("date", "방문일", kind="date")
WEEKDAYS = "월화수목금토일"

SPELLINGS: dict[str, Callable[[dt.date], Any]] = {
    "iso": lambda d: d.isoformat(),
    "dots": lambda d: f"{d.year}. {d.month}. {d.day}.",
    "weekday": lambda d: f"{d.year}. {d.month}. {d.day}.({WEEKDAYS[d.weekday()]})",
    "korean": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "korean-weekday": lambda d: f"{d.year}년 {d.month}월 {d.day}일 {WEEKDAYS[d.weekday()]}요일",
    "slashes": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "short": lambda d: f"'{d:%y}.{d.month}.{d.day}",
    "short-dots": lambda d: f"{d:%y}.{d.month:02}.{d.day:02}.",
    "full-width": lambda d: f"{d:%Y.%m.%d}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."}),
    "tight": lambda d: f"{d.year}.{d.month}.{d.day}",
    "time": lambda d: f"{d.isoformat()} 09:30",
    "number": lambda d: (d - dt.date(1899, 12, 30)).days,
    "period": lambda d: f"{d.year}. {d.month}. {d.day}. ~ {d.month}. {d.day}.",
}


@pytest.mark.parametrize("column", [DAY, DATE], ids=["day", "date"])
@given(date=st.dates(dt.date(1970, 1, 1), dt.date(2060, 12, 31)), spelling=st.sampled_from(sorted(SPELLINGS)))
def test_a_date_in_any_spelling_is_that_date(column: ImportColumn, date: dt.date, spelling: str) -> None:
    found = read(column, Cell(SPELLINGS[spelling](date)), Context())
    assert found.readable
    assert found.value == (Day(date) if column is DAY else date)


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}", "{:,}원", "{:,} 원", "금{:,}원", "₩{:,}"]))
def test_an_amount_in_any_spelling_is_that_amount(number: int, spelling: str) -> None:
    assert amounts.parse(spelling.format(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5백만원", 5_000_000), ("1억 2천만원", 120_000_000), ("2천5백만원", 25_000_000), ("30만", 300_000),
        ("1,200천원", 1_200_000), ("△500", -500), ("3.5억", 350_000_000), ("10개소", 10), ("비예산", 0),
        ("백만원", 1_000_000), ("다수", None), ("", None), ("1-2", None), ("12 34", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_are_spoken(text: str, number: int | None) -> None:
    assert amounts.parse(text) == number


def test_what_is_interpreted_is_named_and_faulty_until_it_is_confirmed() -> None:
    cost = ImportColumn("cost", "예산", kind="int")
    assert read(cost, Cell(5), Context(unit="천원")) == Reading(
        5000, ("단위 천원",), "단위가 천원인 칸입니다. 그렇게 읽도록 확인하거나 원 단위로 고쳐 주세요."
    )
    assert read(cost, Cell(5), Context()) == Reading(5)
    assert read(cost, Cell("5,000"), Context()).notes == ("글자로 쓴 숫자",)


def test_a_day_without_a_year_is_none_without_a_year_around() -> None:
    assert not read(DAY, Cell("3. 5."), Context()).readable
    assert read(DAY, Cell("3. 5."), Context(year=2015)).value == Day(dt.date(2015, 3, 5))


def test_a_part_of_a_choice_is_proposed_where_only_one_has_it() -> None:
    words = {"국·소": "bureau", "과·담당관": "division", "동": "dong"}
    assert [propose(text, words) for text in ("과", "소", "담당관", "팀")] == [
        "division",
        "bureau",
        "division",
        None,
    ]
