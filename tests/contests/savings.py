"""Savings bonuses for tests, brought about by the services."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from contests.models import Bonus
from contests.services import bonuses
from core.now import today
from meetings.models import Panel, Session
from meetings.services import sessions
from organization.models import Department, User
from tests import factories as make
from tests.evaluations import results as outcomes
from tests.meetings import made as meetings

DAY = dt.date(2026, 3, 3)  # of the year after the saving
VALUES: dict[str, Any] = {
    "year": 2025,
    "kind": "running",
    "title": "청사 전기요금 줄이기",
    "cause": "청사 전기요금(일반운영비)",
    "claimed": 40_000_000,
    "reckoning": "2024년 1억 2천만 원에서 2025년 8천만 원으로 줄였다.",
}


def proof() -> ContentFile:
    return ContentFile(b"%PDF-1.4 test", name="a.pdf")


def written(
    department: Department | None = None, people: Any = None, *, actor: User | None = None, **given: Any
) -> Bonus:
    writer = actor or make.UserFactory(department=department or make.DepartmentFactory())
    shares = [(writer, Decimal(100))] if people is None else people
    return bonuses.write(None, {**VALUES, **given}, shares, files=[proof()], actor=writer)


def nominated(*args: Any, **given: Any) -> Bonus:
    one = written(*args, **given)
    return bonuses.nominate(one, actor=make.head_of(one.department))


def panel(*extra: User) -> Panel:
    """Three outsiders, and whoever else sits there."""
    found = meetings.panel(begun_on=DAY)
    for user in (*(meetings.outsider() for _n in range(3)), *extra):
        meetings.seat(found, user, starts_on=DAY)
    return Panel.objects.get(pk=found.pk)


def met(bonus: Bonus, of: Panel | None = None, outcome: str = "passed") -> Session:
    """A session today that resolves on it, its minutes confirmed."""
    planned = meetings.planned(of or panel(), on=today(), begins_at=dt.time(10), items=[("성과금", bonus)])
    held = meetings.held(planned, outcome=(outcome, "", None, None, None))
    return sessions.confirm(Session.objects.get(pk=held.pk), actor=outcomes.second())


def reviewed(bonus: Bonus | None = None, recognised: int | None = None, **given: Any) -> Bonus:
    bonus = bonus or nominated(**given)
    met(bonus)
    most = bonus.claimed if recognised is None else recognised
    return bonuses.review(bonus, recognised=most, actor=make.planner())


def decided(bonus: Bonus | None = None, amount: int | None = None, wide: bool = False, **given: Any) -> Bonus:
    bonus = reviewed(bonus, **given)
    met(bonus)
    fresh = Bonus.objects.prefetch_related("shares").get(pk=bonus.pk)
    most = fresh.lines(wide=wide)[-1].amount if amount is None else amount
    return bonuses.decide(bonus, amount=most, wide=wide, actor=make.planner())
