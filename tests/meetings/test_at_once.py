"""Two at once: one chair, one confirmation, one next number (O4, E7)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from basis.errors import Rejected
from core.models import TransitionLog
from core.now import today
from meetings.models import Panel, Seat, Session
from meetings.services import seats, sessions
from tests import factories as make
from tests.meetings import made
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tried(work: Callable[[], Any]) -> Callable[[], bool]:
    """Whether it was allowed."""

    def inner() -> bool:
        try:
            work()
        except Rejected:
            return False
        return True

    return inner


def test_o4_of_two_chairs_at_once_one_is_refused() -> None:
    planner, panel = make.planner(), made.panel(begun_on=today())
    people = [make.UserFactory(), make.UserFactory()]
    values = {"chair": "chair", "basis": "ex_officio", "starts_on": today()}
    works = [tried(lambda one=one: seats.appoint(panel, one, values, actor=planner)) for one in people]
    assert sorted(at_once(*works)) == [False, True]
    assert Seat.objects.filter(chair="chair").count() == 1


def test_e7_minutes_are_confirmed_once_and_sessions_have_each_a_number() -> None:
    panel = made.panel(begun_on=today())
    made.seat(panel, starts_on=today())
    panel = Panel.objects.get(pk=panel.pk)
    planner = make.planner()
    at = {"held_on": today(), "place": "회의실", "items": [("안건", None)], "actor": planner}
    works = [tried(lambda n=n: sessions.plan(panel, begins_at=dt.time(n), **at)) for n in (9, 11)]
    assert at_once(*works) == [True, True]
    assert sorted(Session.objects.values_list("number", flat=True)) == [1, 2]
    held, head = made.held(Session.objects.get(number=1)), made.confirmer()
    confirming = tried(lambda: sessions.confirm(held, actor=head, version=held.version))
    assert sorted(at_once(confirming, confirming)) == [False, True]
    assert TransitionLog.objects.filter(name="confirm").count() == 1
