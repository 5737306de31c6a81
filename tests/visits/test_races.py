"""Several at once, with real threads: approved once, settled once, on one visit a day, never overdrawn (V1, V5, V6)."""

from collections.abc import Callable
from typing import Any

import pytest

from basis.errors import Rejected
from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.now import pretend
from mileage.models import Entry
from tests import factories as make
from tests import visiting as v
from tests.threads import at_once
from tests.visiting import DAY, figures, people
from visits.enums import VisitState
from visits.models import FieldVisit, VisitDay
from visits.services import orders, reports, requests

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _funded(the_day: None) -> None:
    v.fund()


def trying(act: Callable[..., Any], *args: Any, **values: Any) -> Callable[[], str]:
    """What was refused, or nothing. A thread has its own day."""

    def work() -> str:
        with pretend(DAY):
            try:
                act(*args, **values)
            except Rejected as rejected:
                return rejected.message
        return ""

    return work


def test_v5_approved_by_two_at_once_it_is_reserved_once() -> None:
    visit, planner = v.visit(), make.planner()
    answers = at_once(*(trying(requests.approve, visit, actor=make.fresh(planner)) for _n in range(4)))
    assert sorted(map(bool, answers)) == [False, True, True, True]
    assert figures() == (120_000, 0, 1_130_000)
    assert BudgetEntry.objects.of(visit).count() == 1


def test_v5_many_approved_at_once_are_never_more_than_there_is_money_for() -> None:
    asked = [v.visit(transport_each=75_000) for _n in range(8)]  # 250,000 each
    planner = make.planner()
    answers = at_once(*(trying(requests.approve, one, actor=make.fresh(planner)) for one in asked))
    assert sum(not said for said in answers) == 5
    assert all("모자랍니다" in said for said in answers if said)
    assert figures() == (1_250_000, 0, 0)
    assert FieldVisit.objects.filter(state=VisitState.APPROVED).count() == 5
    assert not list(verify_all())


def test_v6_settled_by_two_at_once_each_is_rewarded_once() -> None:
    visit, planner = v.visit(VisitState.REPORTED), make.planner()
    answers = at_once(*(trying(reports.settle, visit, actor=make.fresh(planner)) for _n in range(4)))
    assert sorted(map(bool, answers)) == [False, True, True, True]
    assert figures() == (0, 120_000, 1_130_000)
    assert Entry.objects.filter(event=f"visits.visit:{visit.pk}").count() == 4  # two people, two rules
    assert not list(verify_all())


def test_v1_two_visits_want_the_same_person_at_once() -> None:
    both = make.UserFactory()
    plans = []
    for _n in range(3):
        review = make.ReviewFactory()
        plans.append(v.written(review, [*v.team(review, 1), both]))
    answers = at_once(*(trying(requests.submit, one, actor=people(one)[0]) for one in plans))
    assert sorted(map(bool, answers)) == [False, True, True]
    assert VisitDay.objects.filter(user=both).count() == 1


def test_v2_cancelled_while_the_order_is_given() -> None:
    visit = v.visit(VisitState.APPROVED)
    asker, officer = people(visit)[0], v.orderer()
    at_once(
        trying(requests.cancel, visit, reason="사정", actor=asker),
        trying(orders.order, visit, "총무과-1", actor=officer),
    )
    found = v.again(visit)
    assert found.state == VisitState.CANCELLED
    assert found.order_number == ""
    assert figures() == (0, 0, 1_250_000)


def test_v5_settled_and_cancelled_at_once_leave_one_of_both() -> None:
    visit, planner = v.visit(VisitState.REPORTED), make.planner()
    one = people(visit)[0]
    at_once(
        trying(reports.settle, visit, actor=make.fresh(planner)),
        trying(reports.withdraw_report, visit, actor=one),
    )
    found = v.again(visit)
    settled = found.state == VisitState.SETTLED
    assert settled or found.state == VisitState.TRAVELLED
    assert figures() == ((0, 120_000, 1_130_000) if settled else (120_000, 0, 1_130_000))
    assert Entry.objects.filter(event=f"visits.visit:{visit.pk}").exists() == settled
