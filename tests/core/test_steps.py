"""What a page offers is what its workflow allows: no more, no less, and each step has its page (D5, O5)."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from benchmarking.models import FollowUp
from core.errors import Refused, Rejected
from core.now import pretend
from core.permissions import declared
from core.steps import offered, steps_for
from core.transition import perform
from core.views.steps import StepPage
from core.workflow import WORKFLOWS, workflow_of
from organization.models import User
from tests import factories as make
from tests.test_permission_matrix import addresses

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)

# Steps without a button: where they are taken instead.
ELSEWHERE: dict[str, dict[str, str]] = {}
# Things by the name of the test's case, and what their page's getter adds to them.
THINGS: dict[str, Callable[[], Any]] = {
    "follow_up": lambda: FollowUp.objects.get(
        review=make.answered(make.ReviewFactory(), "adopt", plan_on=dt.date(2026, 12, 1))
    ),
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def department_of(thing: Any) -> Any:
    return thing.review.department if isinstance(thing, FollowUp) else thing.department


def people(thing: Any) -> dict[str, User]:
    """Who may have to do with it, and somebody who stands in for the department's head."""
    ours = department_of(thing)
    chief, substitute = User.objects.get(department=ours, position="head"), make.UserFactory()
    make.away(chief, substitute, DAY, DAY)
    return {
        "head": chief,
        "colleague": make.UserFactory(department=ours),
        "stranger": make.UserFactory(),
        "planner": make.planner(),
        "substitute": make.fresh(substitute),
    }


def put(thing: Any, state: str) -> Any:
    """The thing in this state, whatever way would lead there."""
    type(thing).objects.filter(pk=thing.pk).update(state=state)
    return type(thing).objects.get(pk=thing.pk)


def takes(actor: User, thing: Any, step: str) -> bool:
    """Whether `perform` would."""
    try:
        with transaction.atomic():
            perform(type(thing).objects.get(pk=thing.pk), step, actor=actor, reason="시험")
            transaction.set_rollback(True)
    except (Refused, Rejected):
        return False
    return True


@pytest.mark.parametrize("name", THINGS)
def test_d5_o5_a_page_offers_what_would_be_done_and_nothing_else(name: str) -> None:
    thing = THINGS[name]()
    workflow, anything = workflow_of(thing), set()
    narrowed = {button.step for button in workflow.buttons if button.permission}
    for who, person in people(thing).items():
        for state in workflow.states.values:
            thing = put(thing, state)
            buttons = [button for button in offered(person, thing) if button.step in workflow.table]
            shown = {button.step for button in buttons}
            done = {
                step.name
                for step in workflow.table.values()
                if step.permission
                and step.name not in ELSEWHERE.get(name, {})
                and takes(person, thing, step.name)
            }
            assert len(shown) == len(buttons), (who, state)
            assert shown <= done, (who, state)
            assert all(
                step in narrowed or not any(b.when(thing) for b in workflow.buttons if b.step == step)
                for step in done - shown
            ), (who, state)
            anything |= {who} if shown else set()
    assert anything >= {"head", "planner", "substitute"}
    assert "stranger" not in anything


def test_every_step_of_people_has_an_address() -> None:
    for workflow in WORKFLOWS:
        if not workflow.buttons:
            continue
        missing = {step.name for step in workflow.table.values() if step.permission}
        missing -= ELSEWHERE.get(workflow.page.rpartition(":")[2], {}).keys()
        for button in workflow.buttons:
            reverse(button.address or workflow.address_of(button.step), args=[1])
            step = workflow.table.get(button.step)
            permission = workflow.permission_of(button.step)
            assert {permission, button.permission or permission} <= declared()
            assert set(button.states) <= set(step.sources if step else workflow.states.values), button
            assert step or button.label, button
            missing -= {button.step}
        assert not missing, workflow.label
        reverse(workflow.page, args=[1])


def test_every_page_of_a_step_is_named_after_a_step_of_its_workflow() -> None:
    found = 0
    for name, pattern in addresses(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if not (isinstance(view, type) and issubclass(view, StepPage)):
            continue
        found += 1
        steps = {*view.workflow.table, *(button.step for button in view.workflow.buttons)}
        assert view.step in steps, name
        assert name == view.workflow.address_of(view.step) or name in ELSEWHERE_NAMES
        assert view.title, name
    assert found > 7


ELSEWHERE_NAMES = {address for places in ELSEWHERE.values() for address in places.values()}


def test_a_page_of_no_step_is_a_mistake() -> None:
    workflow = workflow_of(FollowUp)
    for name in ("no such step", "suspend"):  # the second is the system's own
        with pytest.raises(LookupError, match="no step of people"):
            type("Lost", (StepPage,), {"workflow": workflow, "step": name})


def test_a_button_leads_to_its_step_with_the_version_that_was_seen() -> None:
    thing = put(THINGS["follow_up"](), "reported")
    primary, rest = steps_for(make.planner(), thing)
    assert primary
    assert (primary.label, primary.post, primary.version) == ("업무반영 확인", True, thing.version)
    assert primary.url == f"/benchmarking/follow-ups/{thing.pk}/confirm/"
    assert [action.label for action in rest] == ["보완 요청", "보고 취소"]
    primary, rest = steps_for(
        make.planner(), thing, without={"confirm"}, address=lambda step: f"/pass/{step}/"
    )
    assert primary is None
    assert [action.url for action in rest] == ["/pass/send_back/", "/pass/withdraw/"]


def test_what_is_not_offered_is_refused_by_its_page() -> None:
    thing = put(THINGS["follow_up"](), "confirmed")
    for who, person in people(thing).items():
        client = Client()
        client.force_login(person)
        shown = {button.step for button in offered(person, thing)}
        for step in ("confirm", "send_back", "undo_confirm", "drop"):
            if step in shown:
                continue
            url = reverse(f"benchmarking:follow_up_{step}", args=[thing.pk])
            answer = client.post(f"{url}?version={thing.version}", {"reason": "시험"}, follow=True)
            assert (
                answer.status_code in (403, 404, 422) or "처리를 할 수 없습니다" in answer.content.decode()
            ), who
    again = FollowUp.objects.get(pk=thing.pk)
    assert (again.state, again.version) == ("confirmed", thing.version)
