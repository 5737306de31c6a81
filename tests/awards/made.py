"""Awards for tests: what a decision gives, through the services."""

import datetime as dt
from itertools import count
from typing import Any

from awards.enums import Receiver
from awards.models import Award
from awards.purse import PRIZES
from awards.services.gifts import Gift
from awards.services.granting import grant
from budgets import services as budget
from budgets.selectors import budget_overview
from core.now import today
from organization.enums import Role
from organization.models import User
from tests import factories as make

DAY = dt.date(2016, 1, 15)  # on which things are decided
_keys = count(1)


def fund(amount: int = 2_000_000, year: int | None = None) -> None:
    values: dict[str, Any] = {"document": "기획예산과-1131", "reason": "시상 예산 편성"}
    budget.allocate(PRIZES, year or today().year, amount, actor=make.planner(), **values)


def figures(year: int | None = None) -> tuple[int, int, int]:
    """Reserved, spent, free."""
    found = budget_overview(PRIZES, year or today().year)
    return found.reserved, found.spent, found.free


def clerk() -> User:
    """The officer of general affairs; the same person whenever asked for."""
    found = User.objects.filter(employee_number="CLERK").first()
    return make.fresh(found or make.UserFactory(employee_number="CLERK", roles=[Role.GENERAL_AFFAIRS]))


def second_planner() -> User:
    """Another officer of planning; the same person whenever asked for."""
    found = User.objects.filter(employee_number="SECOND").first()
    values: dict[str, Any] = {"department": make.planner().department, "roles": [Role.PLANNING]}
    return make.fresh(found or make.UserFactory(employee_number="SECOND", **values))


def gift(user: User | None = None, **values: Any) -> Gift:
    """To one of the staff, unless another receiver is named."""
    receiver = values.get("receiver", Receiver.STAFF)
    if receiver == Receiver.STAFF:
        user = user or make.UserFactory()
    thing = values.pop("thing", None) or make.planner().department
    assert thing is not None
    given: dict[str, Any] = {
        "key": f"test:{next(_keys)}",
        "title": "2015년 하반기 제안",
        "grade": "우수",
        "thing": thing,
        "work": "횡단보도 그늘막",
        "decided_on": today(),
        "decision": "제3차 구민창안심사위원회",
        "receiver": receiver,
        "user": user,
        "amount": 200_000,
    }
    return Gift(**{**given, **values})


def citizen(name: str = "김하늘", **values: Any) -> Gift:
    return gift(receiver=Receiver.CITIZEN, name=name, **values)


def given(one: Gift | None = None, **values: Any) -> Award:
    (award,) = grant([one or gift(**values)], actor=make.planner())
    return award


def again(award: Award) -> Award:
    return Award.objects.get(pk=award.pk)
