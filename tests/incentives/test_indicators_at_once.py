"""Two people at once: different rows both succeed, on one the second is told; a day has one value (I3, I3b)."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from basis.errors import Rejected
from core.now import pretend
from incentives.models import Indicator, Value
from incentives.services import indicators, values
from incentives.services.indicators import Faulty
from tests import factories as make
from tests.incentives import made, measured
from tests.incentives.measured import MEASURED, row
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def doing(work: Callable[[], Any]) -> Callable[[], str]:
    """What was said against it, "" for nothing; threads have a time of their own."""

    def inner() -> str:
        with pretend(DAY):
            try:
                work()
            except Faulty as error:
                return next(iter(error.troubles.values())).conflict
            except Rejected as error:
                return error.message
            return ""

    return inner


def two_rows() -> tuple[Any, list[Indicator]]:
    division = made.division()
    return division, measured.written(division, [MEASURED, {**MEASURED, "name": "둘째"}])


def test_i3_two_people_on_different_rows_at_once_both_succeed() -> None:
    division, rows = two_rows()
    planner = make.planner()
    saves = [
        doing(lambda one=one: indicators.save_rows(division, [row(one.pk, 1, target="7")], actor=planner))
        for one in rows
    ]
    assert at_once(*saves) == ["", ""]
    assert list(division.indicators.values_list("target", "version")) == [(7, 2), (7, 2)]


def test_i3_of_two_on_the_same_row_the_second_is_told_what_the_first_changed() -> None:
    division, (one, _other) = two_rows()
    planner = make.planner()
    saves = [
        doing(
            lambda target=target: indicators.save_rows(
                division, [row(one.pk, 1, target=target)], actor=planner
            )
        )
        for target in ("7", "8")
    ]
    said = at_once(*saves)
    one.refresh_from_db()
    assert sorted(map(bool, said)) == [False, True]
    assert f"목표: {one.target.normalize()}" in "".join(said) if one.target else False
    assert one.version == 2


def test_i3b_a_value_of_a_day_told_twice_at_once_is_told_once() -> None:
    _division, (one, _other) = two_rows()
    planner = make.planner()
    tells = [
        doing(lambda value=value: values.record(one, as_of=DAY, value=Decimal(value), actor=planner))
        for value in (5, 6)
    ]
    assert sorted(map(bool, at_once(*tells))) == [False, True]
    assert Value.objects.count() == 1


def test_i3b_a_value_corrected_twice_at_once_is_corrected_once() -> None:
    _division, (one, _other) = two_rows()
    planner, old = make.planner(), measured.known(one, "5", DAY)
    mends = [
        doing(lambda value=value: values.correct(old, value=Decimal(value), reason="집계", actor=planner))
        for value in (6, 7)
    ]
    assert sorted(map(bool, at_once(*mends))) == [False, True]
    assert Value.objects.filter(corrects=old).count() == 1
