"""A visit of one day and of several (V1, V4), and where it stands."""

from typing import Any

import pytest

from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests import visiting as v
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.policies import DAYS
from visits.selectors.page import steps_of
from visits.services import plans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def two_days_are_allowed() -> None:
    PolicyValue.objects.create(key=DAYS.key, value=2, effective_from=v.DAY, document="시험", reason="시험")
    cache_clear()


def times(plan: Any) -> dict[str, int]:
    return {line.kind.value: line.times for line in plans.reckon(plan, 2)}


def test_v4_a_plan_that_says_nothing_of_days_is_of_one() -> None:
    plan = v.plan()
    del plan["days"]
    assert times(plan) == times(v.plan(days=1)) == {"transport": 1, "daily": 1, "meals": 1}
    assert times(v.plan(days=2)) == {"transport": 1, "daily": 2, "meals": 2, "lodging": 1}


def test_v4_lodging_is_kept_where_there_is_a_night_and_only_there() -> None:
    two_days_are_allowed()
    short, long = v.written(lodging_each=70_000), v.written(days=2, lodging_each=70_000)
    assert (short.lodging_each, long.lodging_each) == (0, 70_000)
    assert long.lines.get(kind="lodging").as_line().sum == 140_000


@pytest.mark.parametrize("days", [0, 2])
def test_v1_a_visit_is_of_one_day_where_the_policy_says_so(days: int) -> None:
    v.refused("days", lambda: plans.check(FieldVisit(begun_on=v.DAY, visited_on=v.ON, days=days), team()))


def team() -> list[Any]:
    return [make.UserFactory()]


STANDS = {
    VisitState.DRAFT: "신청",
    VisitState.RETURNED: "신청",
    VisitState.SUBMITTED: "승인",
    VisitState.APPROVED: "출장명령",
    VisitState.ORDERED: "현장체험",
    VisitState.TRAVELLED: "결과보고",
    VisitState.REPORTED: "정산",
}


@pytest.mark.parametrize(("state", "current"), STANDS.items())
def test_v2_the_steps_before_are_done_one_is_current_the_rest_is_to_come(
    state: VisitState, current: str
) -> None:
    steps = [(str(label), place) for label, place in steps_of(FieldVisit(state=state))]
    here = [label for label, _place in steps].index(current)
    assert [place for _label, place in steps] == ["done"] * here + ["current"] + [""] * (5 - here)


def test_v2_a_settled_visit_is_done_and_one_that_ended_early_shows_no_steps() -> None:
    assert {place for _label, place in steps_of(FieldVisit(state=VisitState.SETTLED))} == {"done"}
    for state in (VisitState.CANCELLED, VisitState.REJECTED, VisitState.RECORDED):
        assert steps_of(FieldVisit(state=state)) == []
