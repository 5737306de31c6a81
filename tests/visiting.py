"""Field visits for tests: through the services, up to the state that is wanted."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from basis.errors import Rejected
from benchmarking.models import Review
from budgets import services as budget
from budgets.selectors import budget_overview
from core.now import now, pretend, today
from mileage.enums import Scheme
from mileage.models import Account, Entry
from mileage.services import requests as by_hand
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.asked import paper, second_planner
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.purse import TRAVEL
from visits.services import orders, reports, requests
from visits.services.reports import Expense

AHEAD = 3  # days from the request to the visit
DAY = dt.date(2026, 11, 16)  # a Monday
ON = DAY + dt.timedelta(days=AHEAD)
LATER = ON + dt.timedelta(days=1)


def allocate(amount: int = 1_250_000, year: int | None = None) -> None:
    year = year or today().year
    budget.allocate(
        TRAVEL, year, amount, document="기획예산과-1131", reason="여비 예산 편성", actor=make.planner()
    )


def orderer() -> User:
    """The officer of general affairs; the same person whenever asked for."""
    found = User.objects.filter(employee_number="ORDERS").first()
    return make.fresh(found or make.UserFactory(employee_number="ORDERS", roles=[Role.GENERAL_AFFAIRS]))


def fund(amount: int = 1_250_000) -> None:
    """The money, and who gives travel orders: is told, so must be there."""
    orderer()
    allocate(amount)


@pytest.fixture
def the_day() -> Iterator[None]:
    """On which visits are asked for."""
    with pretend(DAY):
        yield


@pytest.fixture
def money(the_day: None) -> None:
    fund()


def client(user: User) -> Client:
    found = Client()
    found.force_login(user)
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def plan(**values: Any) -> Any:
    """A day by public transport at 10,000 won each."""
    return {
        "visited_on": today() + dt.timedelta(days=AHEAD),
        "days": 1,
        "host": "○○시청 교통정책과",
        "contact": "교통정책팀",
        "purpose": "공유주차 운영 방법 확인",
        "look_at": "신청과 정산 절차",
        "means": "public",
        "transport_each": 10_000,
        "lodging_each": 0,
        **values,
    }


def team(review: Review, count: int = 2) -> list[User]:
    return [make.UserFactory(department=review.department) for _n in range(count)]


def again(visit: FieldVisit) -> FieldVisit:
    return FieldVisit.objects.select_related("review", "clock", "department").get(pk=visit.pk)


def written(review: Review | None = None, people: list[User] | None = None, **values: Any) -> FieldVisit:
    """A draft by the first of the team."""
    review = review or make.ReviewFactory()
    people = team(review) if people is None else people
    asker = (
        make.fresh(people[0])
        if people and people[0].department_id == review.department_id
        else make.head(review)
    )
    return requests.write(review, plan(**values), people, actor=asker)


def expenses(visit: FieldVisit, **more: Any) -> list[Expense]:
    """What the estimate said, each with a receipt."""
    found = []
    for member in visit.members.select_related("user"):
        for row in visit.lines.all():
            each = row.as_line().sum // row.persons
            found.append(Expense(row.kind, member.user, each, receipt="2026-1", **more))
    return found


def reported(visit: FieldVisit, actor: User | None = None, **values: Any) -> FieldVisit:
    people = [member.user for member in visit.members.select_related("user")]
    given: dict[str, Any] = {
        "findings": "빈 주차면을 앱으로 나누는 모습을 보았습니다.",
        "taken_over": "두 곳에서 먼저 해 봅니다.",
        "took_part": [person.pk for person in people],
        "expenses": expenses(visit),
        **values,
    }
    return reports.report(visit, actor=actor or make.fresh(people[0]), **given)


ORDER = (
    VisitState.DRAFT,
    VisitState.SUBMITTED,
    VisitState.APPROVED,
    VisitState.ORDERED,
    VisitState.TRAVELLED,
    VisitState.REPORTED,
    VisitState.SETTLED,
)


def visit(state: VisitState | str = VisitState.SUBMITTED, **values: Any) -> FieldVisit:
    """A visit in this state. What comes after the journey happens on the day after it: wrap in `pretend` to go on."""
    made = written(**values)
    asker = make.fresh(made.recorded_by)  # type: ignore[arg-type]  # as the test needs it
    after = now() + dt.timedelta(days=(made.ends_on - today()).days + 1)
    for step in ORDER[1 : ORDER.index(VisitState(state)) + 1]:
        with pretend(after if step in ORDER[4:] else now()):
            match step:
                case VisitState.SUBMITTED:
                    requests.submit(made, actor=asker)
                case VisitState.APPROVED:
                    requests.approve(made, actor=make.planner())
                case VisitState.ORDERED:
                    orders.order(made, "총무과-777", actor=orderer())
                case VisitState.TRAVELLED:
                    reports.travel(made, actor=make.fresh(asker))
                case VisitState.REPORTED:
                    reported(again(made))
                case VisitState.SETTLED:
                    reports.settle(made, actor=make.planner())
    return again(made)


def balances(user: User) -> tuple[int, int]:
    """Points and hours."""
    found = dict(Account.objects.filter(user=user).values_list("scheme", "balance"))
    return found.get(Scheme.CREATIVITY, 0) // 100, found.get(Scheme.LEARNING, 0) // 100


def figures() -> tuple[int, int, int]:
    """Reserved, spent, free."""
    found = budget_overview(TRAVEL, 2026)
    return found.reserved, found.spent, found.free


def people(visit: FieldVisit) -> list[User]:
    return [make.fresh(member.user) for member in visit.members.select_related("user")]


def report_form(visit: FieldVisit, **values: Any) -> dict[str, Any]:
    """The report of a visit of two as a browser sends it, refused for want of a receipt."""
    one, two = people(visit)
    return {
        "took_part": [one.pk, two.pk],
        "findings": "앱 화면을 보았습니다.",
        "taken_over": "두 곳에서 해 봅니다.",
        "version": visit.version,
        "expense-TOTAL_FORMS": "2",
        "expense-INITIAL_FORMS": "2",
        "expense-0-kind": "transport",
        "expense-0-user": one.pk,
        "expense-0-amount": "9,800",
        "expense-0-receipt": "",
        "expense-1-kind": "meals",
        "expense-1-user": two.pk,
        "expense-1-amount": "25000",
        **values,
    }


def refused(field: str | None, act: Callable[[], Any]) -> str:
    with pytest.raises(Rejected) as rejected:
        act()
    assert rejected.value.field == field
    return rejected.value.message


def taken_back_by_hand(user: User, scheme: Scheme) -> None:
    """What the person has of this scheme, by requests that another of planning confirms."""
    for entry in Entry.objects.standing().filter(account__user=user, account__scheme=scheme):
        asked = by_hand.request_reversal(entry, reason="가지 않음", files=[paper()], actor=make.planner())
        by_hand.confirm(asked, actor=second_planner())
