"""Results of incentive projects and their bonus for tests, made by the services."""

import datetime as dt
from typing import Any

from budgets import services as budget
from core.now import today
from incentives.enums import Kind, Role
from incentives.models import Division, Payout, Result
from incentives.purse import BONUS
from incentives.services import contacts, payouts, plans, projects, results
from incentives.services.results import Won
from organization.models import Department, User
from tests import factories as make
from tests.asked import second_planner

DECIDED = dt.date(2026, 11, 2)


def division(
    owner: Department | None = None,
    *helpers: Department,
    kind: str = Kind.JOINT,
    told: bool = True,
    **values: Any,
) -> Division:
    """Of this year, told to planning unless it is said otherwise."""
    place = owner or make.DepartmentFactory()
    usual = {"year": today().year, "kind": kind, "title": f"사업 {Division.objects.count() + 1}"}
    parts = [(place, Role.OWNER), *((one, Role.HELPER) for one in helpers)]
    made = projects.register({**usual, **values}, parts, actor=make.planner())
    if told:
        plans.notify(made, on=today() - dt.timedelta(days=1), actor=make.planner())
    return Division.objects.select_related("project").get(pk=made.pk)


def named(of: Division) -> dict[str, User]:
    """A leader and a person in charge of the owner, a person in charge of each helper."""
    people: dict[tuple[int, str], User | None] = {}
    found: dict[str, User] = {}
    for part in of.parts.select_related("department").order_by("order"):
        for post in ("leader", "charge") if part.role == Role.OWNER else ("charge",):
            user = make.UserFactory(department=part.department)
            people[part.pk, post] = user
            found["helper" if part.role == Role.HELPER else post] = user
    contacts.name(of, people, actor=make.planner())
    return found


def result(
    of: Division | None = None, grade: str = "우수", *prizes: Won, others: Any = (), **values: Any
) -> Result:
    one = of or division()
    usual = {"title": str(one.project), "grade": grade, "decided_on": today()}
    parts = [
        (part.department, Role(part.role))
        for part in one.parts.select_related("department").order_by("order")
    ]
    made = results.add(one, {**usual, **values}, parts, prizes, others, actor=make.planner())
    return again(made)


def again(one: Result) -> Result:
    return Result.objects.select_related("division__project", "payout").get(pk=one.pk)


def money(amount: int = 80_000_000, kind: str = "grant", came: bool = True) -> Won:
    return Won(kind, amount, today() if came else None)


def funded(won: int = 100_000_000) -> None:
    budget.allocate(
        BONUS, today().year, won, document="기획예산과-1131", reason="본예산", actor=make.planner()
    )


def owner_of(one: Result) -> User:
    """Somebody of the department that answers for it."""
    place = one.shares.order_by("order").first()
    assert place is not None
    return User.objects.filter(department=place.department).first() or make.UserFactory(
        department=place.department
    )


def fresh(one: Result | Payout) -> Payout:
    key = one.pk if isinstance(one, Payout) else one.payout.pk
    return Payout.objects.select_related("result__division__project").get(pk=key)


def planned(one: Result, *percents: int) -> Payout:
    shares = list(one.shares.order_by("order"))
    wanted = percents or (100, *(0 for _one in shares[1:]))
    given = {share.pk: percent for share, percent in zip(shares, wanted, strict=True)}
    return payouts.plan(fresh(one), given, actor=owner_of(one))


def approved(one: Result, *percents: int) -> Payout:
    planned(one, *percents)
    return payouts.approve(fresh(one), document="세무과-77", on=today(), actor=owner_of(one))


def agreed(one: Result, *percents: int) -> Payout:
    return payouts.agree(approved(one, *percents), actor=make.planner())


def requested(one: Result, *percents: int) -> Payout:
    return payouts.ask(agreed(one, *percents), document="세무과-78", actor=owner_of(one))


def paid(one: Result, *percents: int) -> Payout:
    return payouts.pay(requested(one, *percents), on=today(), actor=make.planner())


def deciding(asker: User) -> User:
    """Somebody of planning who is another."""
    planner = make.planner()
    return second_planner() if planner == asker else planner
