"""Values are never overwritten: what was known at a moment stays known as it was (I3b)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from basis.errors import Rejected
from core.now import pretend
from incentives.models import Indicator, Value
from incentives.reckoning import tree
from incentives.reckoning.forecast import Path
from incentives.selectors.doubts import doubt
from incentives.selectors.indicators import end_of, known_of, standing, standing_of, weak_of
from incentives.services import projects, values
from tests import factories as make
from tests.incentives import made, measured

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 3, 6)
LATER = dt.date(2026, 6, 30)


def a_year(leaves: int = 4) -> tuple[Any, list[Indicator]]:
    with pretend(dt.date(2026, 1, 5)):
        division = made.division()
        return division, measured.tree(division, leaves)


def figures(division: Any, moment: dt.datetime) -> list[Any]:
    found = standing_of([division], moment)[0]
    return [
        (leaf.value and leaf.value.value, leaf.scored, leaf.outlook, leaf.weak)
        for leaf in found.leaves.values()
    ] + [found.total, found.expected.bright, found.expected.plain, found.expected.gloomy]


def test_i3b_a_week_as_it_was_known_then_stays_the_same_after_ten_corrections() -> None:
    division, details = a_year()
    rows = [measured.known(one, str(n * 7), DAY) for n, one in enumerate(details)]
    frozen = end_of(DAY)
    then = figures(division, frozen)
    for n in range(10):
        place = n % len(rows)
        rows[place] = measured.corrected(rows[place], str(40 + n), DAY + dt.timedelta(days=1 + n))
    assert figures(division, frozen) == then
    now = known_of([one.pk for one in details], end_of(LATER))
    before = known_of([one.pk for one in details], frozen)
    changed = {pk: (before[pk].value, now[pk].value) for pk in now if before[pk] != now[pk]}
    assert changed == {one.pk: (Decimal(n * 7), rows[n].value) for n, one in enumerate(details)}, (
        "what has changed since is listed"
    )
    assert Value.objects.count() == 14, "both stay"


def test_i3b_of_several_days_the_latest_known_holds() -> None:
    _division, (one, *_rest) = a_year()
    measured.known(one, "10", DAY)
    measured.known(one, "5", DAY - dt.timedelta(days=7), at=LATER)
    assert known_of([one.pk], end_of(LATER))[one.pk].value == 10
    assert known_of([one.pk], end_of(DAY - dt.timedelta(days=1))) == {}


def test_i3b_a_correction_of_the_day_moves_the_value() -> None:
    _division, (one, *_rest) = a_year()
    old = measured.known(one, "10", DAY)
    with pretend(LATER):
        values.correct(
            old, value=Decimal(10), as_of=DAY - dt.timedelta(days=30), reason="날짜", actor=make.planner()
        )
    assert known_of([one.pk], end_of(LATER))[one.pk].as_of == DAY - dt.timedelta(days=30)
    assert known_of([one.pk], end_of(DAY))[one.pk] == old


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"as_of": DAY + dt.timedelta(days=1)}, "오늘까지"),
        ({"as_of": dt.date(2020, 1, 1)}, "사업 연도"),
        ({"value": Decimal(10) ** 12}, "너무 큽니다"),
    ],
)
def test_i3b_what_cannot_be_known_is_refused(changes: dict[str, Any], words: str) -> None:
    _division, (one, *_rest) = a_year()
    with pretend(DAY), pytest.raises(Rejected, match=words):
        values.record(one, **{"as_of": DAY, "value": Decimal(1), "actor": make.planner(), **changes})


def test_i3b_the_same_day_twice_is_a_correction() -> None:
    _division, (one, *_rest) = a_year()
    first = measured.known(one, "10", DAY)
    assert measured.known(one, "10", DAY) == first, "the same is not doubled"
    with pytest.raises(Rejected, match="정정해 주세요"):
        measured.known(one, "11", DAY)
    with pytest.raises(Rejected, match="까닭"):
        measured.corrected(first, "11", DAY, reason=" ")
    with pytest.raises(Rejected, match="바뀐 것"):
        measured.corrected(first, "10", DAY)
    measured.corrected(first, "11", DAY)
    with pytest.raises(Rejected, match="이미 정정한"):
        measured.corrected(first, "12", DAY)


def test_i3b_a_group_and_a_dropped_division_take_no_values() -> None:
    division, (one, *_rest) = a_year()
    with pytest.raises(Rejected, match="묶음"):
        measured.known(division.indicators.get(name="분야"), "1", DAY)
    division.state = "dropped"
    division.save()
    with pytest.raises(Rejected, match="빠진"):
        measured.known(one, "1", DAY)


def test_i3a_behind_the_path_is_weak_and_stands_on_the_list() -> None:
    division, (one, other, *_rest) = a_year()
    measured.known(one, "30", LATER)
    measured.known(other, "45", LATER)
    with pretend(LATER):
        assert [leaf.indicator for leaf in weak_of([division])] == [one]
        assert [row.division for row in standing(2026)] == [division]
    assert weak_of([division], DAY) == []


def test_i3a_without_a_typed_path_the_year_before_is_the_shape() -> None:
    with pretend(dt.date(2025, 1, 5)):
        old = made.division(year=2025)
        (one,) = measured.written(old, [measured.MEASURED])
    for month, value in ((3, "10"), (6, "20"), (12, "80")):
        measured.known(one, value, dt.date(2025, month, 28))
    with pretend(dt.date(2026, 1, 5)):
        new = projects.copy_year(2026, [old.project], actor=make.planner())[0]
        (copy,) = new.indicators.all()
    measured.known(copy, "25", LATER)
    leaf = standing_of([new], end_of(LATER))[0].leaves[copy.pk]
    assert leaf.course is Path.LAST_YEAR
    assert leaf.pace == 1, "a quarter by June, as the year before"
    assert leaf.outlook
    assert leaf.outlook.plain.score == 10


def test_i4_a_sum_that_falls_and_a_jump_are_asked_about() -> None:
    _division, (one, *_rest) = a_year()
    last = measured.known(one, "50", DAY)
    assert "줄었습니다" in doubt(one, last, Decimal(49))
    assert "10배" in doubt(one, last, Decimal(501))
    assert not doubt(one, last, Decimal(60))
    assert not doubt(one, None, Decimal(60))


class KnownThen(TestCase):
    """Whatever is recorded and corrected later, a moment keeps what it knew."""

    @given(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.booleans()), max_size=12),
        st.integers(0, 12),
    )
    @settings(max_examples=15, deadline=None)
    def test_i3b_known_then_is_known_then(self, steps: list[tuple[int, int, bool]], at: int) -> None:
        division, details = a_year()
        held: dict[int, Value] = {}
        noted: Any = None
        moment = end_of(DAY)
        for n, (place, value, corrects) in enumerate(steps):
            day = DAY + dt.timedelta(days=n)
            if n == at:
                moment, noted = (
                    end_of(day - dt.timedelta(days=1)),
                    figures(division, end_of(day - dt.timedelta(days=1))),
                )
            old = held.get(place)
            if corrects and old is not None and old.value != value:
                held[place] = measured.corrected(old, str(value), day)
            else:
                held[place] = measured.known(details[place], str(value), day)
        if noted is not None:
            assert figures(division, moment) == noted
        found = standing_of([division], end_of(DAY + dt.timedelta(days=30)))[0]
        leaves = (tree.leaf(leaf.weight, leaf.scored) for leaf in found.leaves.values())
        assert found.total.score == sum((one.score for one in leaves), Fraction(0))
        known = known_of([one.pk for one in details], end_of(LATER))
        assert known == {details[place].pk: row for place, row in held.items()}
