"""Changes of state: one table, one function, one log (D5), for every workflow there is."""

import datetime as dt
from typing import Any

import pytest
from django.db import models

from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState
from benchmarking.models import Case, FollowUp, Review
from core.actors import SYSTEM, user_of
from core.models import TransitionLog
from core.now import pretend
from core.permissions import declared
from core.transition import history, perform, record, record_many
from core.workflow import WORKFLOWS, Transition, Workflow, workflow_of
from evaluations.enums import ConflictState
from evaluations.models import Conflict
from incentives.enums import PayoutState
from incentives.models import Payout
from organization.models import User
from proposals.enums import State
from proposals.models import Proposal
from tests.factories import CaseFactory, ReviewFactory, UserFactory, answered, away, fresh, head, planner

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)


def things() -> dict[type[models.Model], Any]:
    """One of each kind that benchmarking's workflows move."""
    review = answered(ReviewFactory(), "adopt")
    return {Case: review.case, Review: review, FollowUp: FollowUp.objects.get(review=review)}


def put(thing: Any, state: str) -> Any:
    """The thing in this state, whatever way would lead there."""
    type(thing).objects.filter(pk=thing.pk).update(state=state)
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def almighty(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who may take every step of people, in whatever state."""
    monkeypatch.setattr("core.transition.ensure", lambda actor, *_args: actor)
    return UserFactory()


def taker(step: Transition, person: User) -> Any:
    return SYSTEM if step.permission is None else person


@pytest.mark.parametrize("model", [Case, Review, FollowUp])
def test_d5_every_step_leads_from_its_states_to_its_state_and_is_logged(
    model: type[models.Model], almighty: User
) -> None:
    thing, workflow = things()[model], workflow_of(model)
    for step in workflow.table.values():
        for state in workflow.states.values:
            thing = put(thing, state)
            before, actor = TransitionLog.objects.count(), taker(step, almighty)
            version = thing.version
            if state not in step.sources:
                with pytest.raises(Rejected, match=r"새로 고쳐 주세요\.$") as rejected:
                    perform(thing, step.name, actor=actor, reason="시험")
                assert str(step.label) in rejected.value.message
                assert str(workflow.states(state).label) in rejected.value.message
                assert (put(thing, state).state, TransitionLog.objects.count()) == (state, before)
                continue
            with pretend(DAY):
                perform(thing, step.name, actor=actor, reason=" 시험 ", data={"k": 1})
            row = history(thing).order_by("pk").last()
            assert row is not None
            assert (row.name, row.from_state, row.to_state) == (step.name, state, step.target or state)
            assert (row.reason, row.data, row.at.date()) == ("시험", {"k": 1}, DAY)
            assert row.actor == user_of(actor)
            after = type(thing).objects.get(pk=thing.pk)
            assert (after.state, after.version) == (step.target or state, version + 1)


def test_every_workflow_is_whole() -> None:
    """Its states exist, people's steps have a declared permission, and no state is unreachable."""
    assert {Case, Review, FollowUp} <= {workflow.model for workflow in WORKFLOWS}
    for workflow in WORKFLOWS:
        states = set(workflow.states.values)
        first = workflow.model._meta.get_field("state").get_default()
        reached = {first, *(step.target for step in workflow.table.values() if step.target)}
        if workflow.model is Case:
            reached.add(CaseState.RECORDED)  # cases of the past begin there (N1)
        if workflow.model is Proposal:
            reached.add(State.HELD)  # what seems to come from a robot begins there (P3)
            reached.add(State.RECORDED)  # proposals of the past begin there (N1)
        if workflow.model is Payout:
            reached.add(PayoutState.PAST)  # those of the past begin there (N1)
        if workflow.model is Conflict:
            reached.add(ConflictState.ASKED)  # a challenge begins there (E3)
        assert reached == states, workflow.label
        for step in workflow.table.values():
            assert set(step.sources) <= states
            assert step.permission is None or step.permission in declared(), step


@pytest.mark.parametrize(
    "workflow", [pytest.param(workflow_of(model), id=model.__name__) for model in (Case, Review, FollowUp)]
)
def test_a_reason_is_asked_for_where_the_table_says_so(workflow: Workflow, almighty: User) -> None:
    thing = things()[workflow.model]
    for step in workflow.table.values():
        thing = put(thing, step.sources[0])
        if not step.needs_reason:
            continue
        with pytest.raises(Rejected, match="사유를 입력") as rejected:
            perform(thing, step.name, actor=taker(step, almighty), reason="\n ")
        assert rejected.value.field == "reason"


def test_only_those_allowed_take_a_step_and_nobody_the_systems_own() -> None:
    review = ReviewFactory()
    with pytest.raises(Refused, match="부서장"):
        perform(review, "assign", actor=UserFactory())
    with pytest.raises(LookupError):
        perform(review, "complete", actor=planner())
    with pytest.raises(Refused, match="부서장"):
        perform(review, "assign", actor=SYSTEM)
    with pytest.raises(TypeError, match="an actor is needed"):
        perform(review, "complete", actor=None)
    with pytest.raises(TypeError, match="an actor is needed"):
        record(review, "merged", actor=None)
    with pytest.raises(TypeError, match="an actor is needed"):
        record_many([review], "merged", actor=None, data={})
    with pytest.raises(KeyError):
        perform(review, "no such step", actor=planner())
    assert not history(review).exists()


def test_o5_a_step_in_anothers_stead_names_both() -> None:
    review, substitute = ReviewFactory(), UserFactory()
    chief = head(review)
    with pretend(DAY):
        away(chief, substitute, DAY, DAY)
        row = perform(review, "assign", actor=fresh(substitute))
    assert (row.actor, row.principal) == (substitute, chief)
    assert perform(put(review, "waiting"), "assign", actor=chief).principal is None


@pytest.mark.django_db(transaction=True)
def test_a_step_without_its_transaction_and_lock_is_a_mistake() -> None:
    case = CaseFactory()
    with pytest.raises(AssertionError, match="transaction"):
        perform(case, "cancel", actor=planner(), reason="시험")
    assert Case.objects.get().state == "registered"


def test_d5_many_are_logged_as_one_by_one() -> None:
    cases = CaseFactory.create_batch(3)
    with pretend(DAY):
        record_many(cases, "register", actor=planner(), data={"excel": True})
    for case in cases:
        row = history(case).order_by("pk").last()
        assert row is not None
        assert (row.name, row.from_state, row.to_state, row.actor, row.data, row.at.date()) == (
            "register", "registered", "registered", planner(), {"excel": True}, DAY,
        )  # fmt: skip


def test_history_is_of_the_things_asked_for_and_in_order() -> None:
    first, second = CaseFactory(), ReviewFactory()
    with pretend(DAY):
        perform(first, "cancel", actor=planner(), reason="시험")
    assert [row.name for row in history(first, second.case)] == ["cancel", "register", "register", "dispatch"]
    assert [row.name for row in history(second)] == []
    assert list(history()) == []
