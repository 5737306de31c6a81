"""What was asked to be looked at again is withdrawn before it is decided (P5, P7)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.now import pretend
from core.transition import history
from core.work.verify import differences
from letters.models import Letter
from notifications.models import Notice
from notifications.selectors import todos_of
from proposals.enums import ObjectionKind, ObjectionState, State
from proposals.models import Objection
from proposals.selectors import objections as until
from proposals.services import objecting, receiving
from tests import factories as make
from tests.proposals.made import (
    CONTENT,
    browser_of,
    dismissed,
    fresh,
    mine,
    proposer_of,
    rejected,
    sent,
    text_of,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
D = dt.date


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def test_p5_an_objection_withdrawn_by_the_link_leaves_nothing_open_and_may_be_made_anew() -> None:
    made, token = sent()
    proposal = dismissed(made)
    citizen, ask, back = browser_of(token), mine(proposal, "object"), mine(proposal, "withdraw_objection")
    assert back not in citizen.get(mine(proposal)).content.decode()
    citizen.post(ask, {"reason": "제안입니다."})
    first, planner = Objection.objects.get(), make.planner()
    assert back in citizen.get(mine(proposal)).content.decode()
    assert citizen.get(back).status_code == 200
    assert Objection.objects.get().is_waiting  # a GET withdraws nothing
    with pretend(D(2026, 11, 10)):
        assert citizen.post(back).status_code == 302
        first.refresh_from_db()
        assert (first.state, first.withdrawn_on) == (ObjectionState.WITHDRAWN, D(2026, 11, 10))
        assert (first.clock.closed_on, first.decided_on, first.in_time) == (D(2026, 11, 10), None, None)
        assert "이의·재심사 처리하기" not in [str(todo.verb) for todo in todos_of(make.fresh(planner))]
        assert Notice.objects.filter(recipient=planner, kind="proposals.objection_withdrawn").exists()
        assert [row.name for row in history(first)] == ["ask", "withdraw"]
        assert "이의·재심사 취하" in text_of(proposal)
        assert "취하일" in text_of(proposal)
        assert fresh(proposal).state == State.NO_PROPOSAL
        with pytest.raises(Rejected, match="취하할 신청이 없습니다"):
            objecting.withdraw(proposal, actor=proposer_of(proposal))
        with pytest.raises(Rejected, match="지금 상태"):
            objecting.uphold(first, reason="맞음", actor=planner)
    with pretend(D(2026, 11, 17)):  # the fifteenth day
        assert citizen.post(ask, {"reason": "다시 생각했습니다."}).status_code == 302
        second = Objection.objects.get(state=ObjectionState.ASKED)
        objecting.refuse(second, reason="이미 하고 있습니다.", actor=planner)
        with pytest.raises(Rejected, match="한 번만"):
            objecting.ask(proposal, ObjectionKind.OBJECTION, reason="또", actor=proposer_of(proposal))
    assert not differences()


def test_p7_a_re_review_withdrawn_after_its_days_is_not_asked_for_again() -> None:
    proposal = rejected(sent()[0])
    bearer = proposer_of(proposal)
    objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=bearer)
    with pretend(D(2026, 11, 18)):
        objecting.withdraw(proposal, actor=bearer)
        assert not until.may_ask_review(fresh(proposal))
        with pytest.raises(Rejected, match=r"11\. 17"):
            objecting.ask(proposal, ObjectionKind.REVIEW, reason="또", actor=bearer)
        assert until.may_ask_later(fresh(proposal))  # of another kind
        assert until.may_reopen(fresh(proposal))  # the committee has it no more


def test_p7_staff_withdraw_on_the_proposals_page_and_nobody_else_does() -> None:
    person = make.UserFactory()
    proposal = rejected(receiving.propose(CONTENT, [{"user": person}], actor=person))
    objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=person)
    for nobody in (make.planner(), make.UserFactory(), proposer_of(sent()[0])):
        with pytest.raises(Refused):
            objecting.withdraw(proposal, actor=nobody)
    client = Client()
    client.force_login(person)
    page = reverse("proposals:desk_withdraw_objection", args=[proposal.pk])
    assert page in client.get(proposal.get_absolute_url()).content.decode()
    assert client.post(page).status_code == 302
    assert Objection.objects.get().state == ObjectionState.WITHDRAWN
    assert page not in client.get(proposal.get_absolute_url()).content.decode()


def test_p5_planning_enters_a_withdrawal_on_paper_with_its_reason_and_the_proposer_is_told() -> None:
    person, planner = make.UserFactory(), make.planner()
    proposal = dismissed(receiving.propose(CONTENT, [{"user": person}], actor=person))
    objection = objecting.ask(proposal, ObjectionKind.OBJECTION, reason="제안입니다.", actor=person)
    client = Client()
    client.force_login(planner)
    page = reverse("proposals:objection_enter_withdrawal", args=[objection.pk])
    assert page in client.get(objection.get_absolute_url()).content.decode()
    assert client.post(page, {"reason": " ", "version": objection.version}).status_code == 422
    given = {"reason": "2026. 11. 2. 우편으로 받음", "version": objection.version}
    assert client.post(page, given).status_code == 302
    objection.refresh_from_db()
    assert (objection.state, objection.withdrawn_on) == (ObjectionState.WITHDRAWN, DAY)
    assert "우편으로 받음" in client.get(objection.get_absolute_url()).content.decode()
    assert Notice.objects.filter(recipient=person, kind="proposals.objection_withdrawn").exists()
    assert until.may_object(fresh(proposal))


def test_p5_a_citizen_is_written_of_a_withdrawal_that_planning_entered() -> None:
    proposal = dismissed(sent()[0])
    objection = objecting.ask(
        proposal, ObjectionKind.OBJECTION, reason="제안입니다.", actor=proposer_of(proposal)
    )
    objecting.enter_withdrawal(objection, reason="전화 뒤 팩스", actor=make.planner())
    assert Letter.objects.about(proposal).filter(kind="proposals.objection_withdrawn").exists()


@pytest.mark.django_db(transaction=True)
def test_p5_withdrawn_and_upheld_at_once_one_of_them_holds() -> None:
    proposal = dismissed(sent()[0])
    bearer = proposer_of(proposal)
    objection = objecting.ask(proposal, ObjectionKind.OBJECTION, reason="제안입니다.", actor=bearer)
    planner = make.planner()

    def withdraw() -> str:
        with pretend(DAY):
            try:
                objecting.withdraw(proposal, actor=bearer)
            except Rejected:
                return "no"
            return "withdrawn"

    def uphold() -> str:
        with pretend(DAY):
            try:
                objecting.uphold(objection, reason="맞음", actor=planner)
            except Rejected:
                return "no"
            return "upheld"

    done = at_once(withdraw, uphold)
    assert sorted(done)[0] == "no"
    objection.refresh_from_db()
    assert objection.state in done
    assert (objection.decided_on is None) != (objection.withdrawn_on is None)
