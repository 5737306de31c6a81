"""Two at once: a report is confirmed once, a week frozen once, nothing known slips into it (I4, I3b)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from basis.errors import Rejected
from core.models import TransitionLog
from core.now import pretend
from incentives.models import Division, Value, Week, WeekReport
from incentives.selectors.weekly import compiled
from incentives.services import weekly, weeks
from tests import factories as make
from tests.incentives import weeks as some
from tests.threads import at_once, in_hand

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
FRIDAY = some.FRIDAY


def tried(work: Callable[[], Any], day: Any = FRIDAY) -> Callable[[], bool]:
    def inner() -> bool:
        try:
            with pretend(day):
                work()
        except Rejected:
            return False
        return True

    return inner


def taken(step: str) -> int:
    return TransitionLog.objects.filter(name=step).count()


def test_i4_of_two_who_confirm_at_once_one_does() -> None:
    with pretend(FRIDAY):
        division = some.running()
        report = some.written(some.owed(division))
        leader, head = some.leader(division), make.head_of(division.parts.get().department)
    both = [tried(lambda who=who: weekly.confirm(report, actor=who)) for who in (leader, head)]
    assert sorted(at_once(*both)) == [False, True]
    assert taken("confirm") == 1
    assert WeekReport.objects.get().confirmed_by in (leader, head)


def test_i4_a_week_is_frozen_once() -> None:
    with pretend(FRIDAY):
        some.running()
        week, planner = some.week(), make.planner()
    both = [tried(lambda: weeks.freeze(week, actor=planner)) for _turn in range(2)]
    assert sorted(at_once(*both)) == [False, True]
    assert (taken("freeze"), taken("miss")) == (1, 1)


def test_i4_what_is_confirmed_while_the_week_is_frozen_is_either_in_it_or_missing() -> None:
    with pretend(FRIDAY):
        division = some.running()
        report = some.written(some.owed(division))
        leader, planner = some.leader(division), make.planner()
    confirmed, frozen = at_once(
        tried(lambda: weekly.confirm(report, actor=leader)),
        tried(lambda: weeks.freeze(report.week, actor=planner)),
    )
    assert frozen
    assert WeekReport.objects.get().state == ("confirmed" if confirmed else "missed")


def test_i3b_a_week_waits_for_values_that_are_just_recorded() -> None:
    """Whoever records holds the division: what is known before the moment is committed by then."""
    with pretend(FRIDAY):
        division = some.running()
        week, planner = some.week(), make.planner()
    rows = Division.objects.filter(pk=division.pk)
    later = FRIDAY + dt.timedelta(days=1)
    with in_hand(rows, tried(lambda: weeks.freeze(week, actor=planner), later)) as waits:
        assert waits
        with pretend(FRIDAY):
            Value.objects.create(indicator=division.indicators.all()[0], as_of=FRIDAY, value=3)
    assert len(compiled(Week.objects.get()).lines[0].changes) == 1


def test_i4_a_week_begins_once_for_two_ticks() -> None:
    with pretend(FRIDAY):
        some.running()
    both = [tried(lambda: weeks.keep_weeks(some.MONDAY), some.MONDAY) for _turn in range(2)]
    at_once(*both)
    assert (Week.objects.count(), WeekReport.objects.count()) == (1, 1)
