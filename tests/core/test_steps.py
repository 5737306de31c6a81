"""What a page offers is what its workflow allows: no more, no less, and each step has its page (D5, O5)."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from basis.errors import Refused, Rejected
from benchmarking.models import Case, FollowUp, Review
from core import passes
from core.actors import SYSTEM, Bearer
from core.now import now, pretend
from core.permissions import declared
from core.steps import offered, steps_for
from core.transition import perform
from core.views.forms import FormPage
from core.views.steps import StepPage
from core.workflow import WORKFLOWS, Workflow, workflow_of
from organization.models import User
from reviews.services import reviews
from tests import factories as make
from tests import visiting
from tests.asked import grant, second_planner
from tests.test_permission_matrix import addresses
from tests.throwaway import services
from tests.throwaway.rules import LINK
from visits.models import FieldVisit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 6)

# Steps of people that no button offers, and where they are taken: their forms stand on pages of other things.
ELSEWHERE = {
    "imports.Intake": {"save": "import_result"},  # the page of what was found saves it
    "benchmarking.Review": {"submit": "benchmarking:review"},
    "proposals.ProposalReview": {"submit": "proposals:review"},
    "proposals.Objection": {"withdraw": "proposals:desk_withdraw_objection"},  # of its proposal
    "proposals.Undertaking": {"answer": "proposals:desk_answer", "deny": "proposals:desk_answer"},
    "evaluations.Judge": {
        "release": "evaluations:judge_release",
        "sign_paper": "evaluations:judge_sign_paper",
    },
    "knowledge.Question": {"choose": "knowledge:question"},  # beside each answer
    "contests.Practice": {"begin": "contests:practice_edit"},
    "incentives.Division": {
        "judge": "incentives:division_result_new",
        "unjudge": "incentives:result_delete",  # with the last of its results
    },
    "throwaway.Slip": {"answer": "throwaway:answer"},
}


def adopted() -> FollowUp:
    review = make.answered(make.ReviewFactory(), "adopt", plan_on=dt.date(2026, 12, 1))
    return FollowUp.objects.get(review=review)


def submitted() -> Review:
    """By the reviewer, who is of the department."""
    review = make.ReviewFactory()
    reviewer = make.UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=make.head(review))
    return reviews.submit(review, make.answer(), actor=make.fresh(reviewer))


def visited() -> FieldVisit:
    """With an order, a report and its sum."""
    visiting.fund()
    return visiting.visit("settled")


# One of each kind, made anew.
THINGS: dict[str, Callable[[], Any]] = {
    "case": lambda: submitted().case, "review": submitted, "follow_up": adopted, "visit": visited,
    "request": lambda: grant(make.UserFactory(), day=DAY),
}  # fmt: skip


def review_of(thing: Any) -> Review:
    if isinstance(thing, Case):
        return Review.objects.get(case=thing)
    return thing if isinstance(thing, Review) else getattr(thing, "review", None) or make.ReviewFactory()


def elsewhere(workflow: Workflow) -> dict[str, str]:
    return ELSEWHERE.get(workflow.model._meta.label, {})


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def people(thing: Any) -> dict[str, User]:
    """Who may have to do with it, and somebody who stands in for the department's head."""
    review = review_of(thing)
    chief, substitute = make.head(review), make.UserFactory()
    make.away(chief, substitute, DAY, DAY)
    found = {
        "orders": visiting.orderer(),
        "head": chief,
        "colleague": make.UserFactory(department=review.department),
        "stranger": make.UserFactory(),
        "planner": make.planner(),
        "second": second_planner(),
        "substitute": make.fresh(substitute),
    }
    return found | ({"reviewer": make.fresh(review.reviewer)} if review.reviewer else {})


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
    for who, person in people(thing).items():
        for state in workflow.states.values:
            thing = put(thing, state)
            buttons = [button for button in offered(person, thing) if button.step in workflow.table]
            shown = {button.step for button in buttons}
            done = {
                step.name
                for step in workflow.table.values()
                if step.permission
                and step.name not in elsewhere(workflow)
                and takes(person, thing, step.name)
            }
            assert len(shown) == len(buttons), (who, state)
            assert shown <= done, (who, state)
            withheld = {  # though the table alone would let them
                button.step
                for button in workflow.buttons
                if (not button.states or state in button.states)
                and (button.permission or not button.when(thing))
            }
            assert done - shown <= withheld, (who, state)
            anything |= {who} if shown else set()
    assert "planner" in anything
    assert ("substitute" in anything) == ("head" in anything)
    assert "stranger" not in anything


def test_b3_a_button_may_ask_for_more_than_its_step() -> None:
    """Who leads names the reviewer, though planning may; only who sent an answer is offered to take it back."""
    review = submitted()
    everyone = people(review)

    def shown(who: str, state: str) -> set[str]:
        return {button.step for button in offered(everyone[who], put(review, state))}

    assert "withdraw" in shown("reviewer", "submitted")
    assert "withdraw" not in shown("head", "submitted")
    assert takes(everyone["head"], put(review, "submitted"), "withdraw")
    assert "assign" in shown("head", "waiting")
    assert "assign" not in shown("planner", "waiting")
    assert "assign" in shown("planner", "assigned")


def test_every_step_of_people_has_an_address() -> None:
    for workflow in WORKFLOWS:
        if not workflow.buttons:
            continue
        missing = {step.name for step in workflow.table.values() if step.permission}
        missing -= elsewhere(workflow).keys()
        for button in workflow.buttons:
            place = elsewhere(workflow).get(button.step, button.address)
            reverse(place or workflow.address_of(button.step), args=[1])
            step = workflow.table.get(button.step)
            permission = workflow.permission_of(button.step)
            assert {permission, button.permission or permission} <= declared()
            assert set(button.states) <= set(step.sources if step else workflow.states.values), button
            assert step or button.label, button
            missing -= {button.step}
        assert not missing, workflow.label
        for address in elsewhere(workflow).values():
            reverse(address, args=["staff", 1] if address == "import_result" else [1])


def test_every_page_of_a_step_is_named_after_a_step_of_its_workflow() -> None:
    found = 0
    for name, pattern in addresses(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if not (isinstance(view, type) and issubclass(view, StepPage)):
            continue
        found += 1
        elsewhere_to = elsewhere(view.workflow).get(view.step)
        assert view.needs or name == (elsewhere_to or view.workflow.address_of(view.step))
        assert view.title, name
        assert view.get_cancel_url is not FormPage.get_cancel_url, (
            f"StepPage is first among the bases of {name}"
        )
    assert found > 7


def test_a_page_of_no_step_is_a_mistake() -> None:
    workflow = workflow_of(FollowUp)
    for name in ("no such step", "suspend"):  # the second is the system's own
        with pytest.raises(LookupError, match="no step of people"):
            type("Lost", (StepPage,), {"workflow": workflow, "step": name})


def test_a_button_leads_to_its_step_with_the_version_that_was_seen() -> None:
    thing = put(adopted(), "reported")
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


def test_a_bearer_is_offered_what_bearers_may_on_its_own_thing() -> None:
    slip, other = (services.send(title, actor=SYSTEM) for title in ("하나", "둘"))
    until = now() + dt.timedelta(days=1)
    held, token = passes.issue(slip, kind=LINK, label="소지자", until=until, actor=SYSTEM)
    bearer, client = Bearer(held), Client()
    assert [button.step for button in offered(bearer, slip)] == ["answer"]
    assert list(offered(bearer, other)) == []
    page = client.get(passes.path_of(token), follow=True)
    assert page.context["primary"].url == reverse("throwaway:answer", args=[slip.pk])
    assert client.get(page.context["primary"].href).status_code == 200


def test_what_is_not_offered_is_refused_by_its_page() -> None:
    thing = put(adopted(), "confirmed")
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
