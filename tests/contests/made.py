"""Contests and practices for tests, brought about by the services."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from contests.models import Contest, Practice
from contests.services import contests, practices
from core.now import pretend
from organization.models import Department, User
from policies.models import PolicyValue
from policies.registry import Policy, cache_clear
from tests import factories as make

OPENS, CLOSES = dt.date(2026, 8, 3), dt.date(2026, 8, 31)
DAY = dt.date(2026, 8, 10)  # a Monday within
AFTER = dt.date(2026, 9, 1)
TEXT: dict[str, Any] = {
    "title": "서류 없이 받는 주차 감면",
    "before": "감면 서류를 들고 두 번 와야 했다.",
    "done": "행정정보로 대신 확인하게 바꾸었다.",
    "outcome": "한 번 오면 끝난다.",
    "figures": "처리 3일 → 당일",
}


def policy(one: Policy[Any], value: Any) -> None:
    """In force from DAY on."""
    PolicyValue.objects.create(
        key=one.key, effective_from=DAY, value=value, document="방침", author=make.planner()
    )
    cache_clear()


def values(**given: Any) -> dict[str, Any]:
    usual = {
        "period": "2026",
        "title": "2026년 우수사례 경진대회",
        "text": "부서마다 하나",
        "opens_on": OPENS,
    }
    return {**usual, "closes_on": CLOSES, "shown_on": None, **given}


def announced(**given: Any) -> Contest:
    """Open, with a practice of every department there is."""
    planner = make.planner()
    return contests.publish(contests.prepare(values(**given), actor=planner), actor=planner)


def practice(department: Department, contest: Contest | None = None) -> Practice:
    return Practice.objects.get(department=department, contest=contest or announced())


def people(*shares: Any, department: Department | None = None) -> list[tuple[User, Decimal]]:
    place = department or make.DepartmentFactory()
    return [(make.UserFactory(department=place), Decimal(str(share))) for share in shares]


def written(
    one: Practice,
    who: Sequence[tuple[User, Decimal]] | None = None,
    *,
    actor: User | None = None,
    **text: Any,
) -> Practice:
    writer = actor or make.UserFactory(department=one.department)
    shares = [(writer, Decimal(100))] if who is None else who
    return practices.write(one, {**TEXT, **text}, shares, actor=writer)


def entered(one: Practice, **given: Any) -> Practice:
    head = make.head_of(one.department)
    return practices.enter(written(one, **given), actor=head)


def all_entered(count: int, **given: Any) -> list[Practice]:
    """Of as many departments; the contest has closed by AFTER."""
    places = [make.DepartmentFactory(name=f"부서{n}") for n in range(1, count + 1)]
    with pretend(DAY):
        contest = announced(**given)
        return [entered(practice(one, contest), title=f"사례 {n}") for n, one in enumerate(places, start=1)]
