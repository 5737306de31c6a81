"""What is looked at again: objections, re-reviews by the committee, reopening by the office (P5, P7)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import Holiday
from core.now import pretend
from core.transition import history
from core.work.verify import differences
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.services import holidays
from proposals.enums import ObjectionKind, ObjectionState, State
from proposals.models import Decision, Objection, Undertaking
from proposals.selectors import objections as until
from proposals.services import handling, objecting, receiving
from tests import factories as make
from tests.asked import second_planner
from tests.proposals.made import (
    CONTENT,
    browser_of,
    dismissed,
    entered,
    fresh,
    mine,
    notice,
    proposer_of,
    rejected,
    sent,
    session,
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


# ------------------------------------------------------------------------------------------- objections (P5)


def test_p5_no_proposal_may_be_objected_to_once_within_fifteen_days_and_is_taken_back() -> None:
    made, token = sent()
    proposal, due = dismissed(made), made.clock.due
    citizen, page = browser_of(token), mine(proposal, "object")
    assert until.until(proposal, ObjectionKind.OBJECTION) == D(2026, 11, 17)
    text = citizen.get(mine(proposal)).content.decode()
    assert page in text
    assert "11. 17.(화)까지" in text
    with pretend(D(2026, 11, 17)):
        assert citizen.get(page).status_code == 200
        assert not Objection.objects.exists()  # a GET asks for nothing
        assert citizen.post(page, {"reason": "제 이름은 김구민이고 제안이 맞습니다."}).status_code == 302
        objection = Objection.objects.get()
        assert (objection.state, objection.clock.due) == (ObjectionState.ASKED, D(2026, 12, 17))
        public = text_of(proposal)
        assert "이의 신청" in public
        assert "12. 17.(목)" in public
        assert "김구민" not in public
        planner = make.planner()
        assert "이의·재심사 처리하기" in [str(todo.verb) for todo in todos_of(make.fresh(planner))]
        assert Notice.objects.filter(recipient=planner, kind="proposals.objected").exists()
        assert not any("김구민" in row.reason for row in history(proposal, objection))
        with pytest.raises(Rejected, match="이의를 먼저"):
            handling.take_back(fresh(proposal), reason="다시", actor=planner)
        objecting.uphold(objection, reason="제안이 맞습니다.", actor=planner, version=objection.version)
    proposal = fresh(proposal)
    assert (proposal.state, proposal.received_on, proposal.clock.due) == (State.RECEIVED, DAY, due)
    assert not hasattr(proposal, "decision")
    (earlier,) = proposal.earlier_decisions.all()
    assert (earlier.outcome, earlier.ended_on) == (State.NO_PROPOSAL, D(2026, 11, 17))
    # decided so once more, it is not objected to a second time
    with pretend(D(2026, 11, 18)):
        again = dismissed(proposal)
        assert not until.may_object(again)
        with pytest.raises(Rejected, match="한 번만"):
            objecting.ask(again, ObjectionKind.OBJECTION, reason="또", actor=proposer_of(again))
    assert not differences()


def test_p5_too_late_or_of_another_kind_nothing_is_asked() -> None:
    made, _token = sent()
    proposal = dismissed(made)
    bearer = proposer_of(proposal)
    with pytest.raises(Rejected):
        objecting.ask(proposal, ObjectionKind.REVIEW, reason="왜", actor=bearer)
    with pytest.raises(Rejected) as refused:
        objecting.ask(proposal, ObjectionKind.OBJECTION, reason=" ", actor=bearer)
    assert refused.value.field == "reason"
    with pretend(D(2026, 11, 18)):
        assert not until.may_object(proposal)
        with pytest.raises(Rejected, match=r"11\. 17"):
            objecting.ask(proposal, ObjectionKind.OBJECTION, reason="왜", actor=bearer)
    other, _other_token = sent()
    for nobody in (proposer_of(other), make.planner(), make.UserFactory()):
        with pytest.raises(Refused):
            objecting.ask(proposal, ObjectionKind.OBJECTION, reason="왜", actor=nobody)


def test_p5_the_last_day_is_no_holiday() -> None:
    """Told on 10 September, the fifteenth day is Chuseok."""
    with pretend(D(2026, 9, 10)):
        assert until.until(dismissed(), ObjectionKind.OBJECTION) == D(2026, 9, 28)


def test_p5_refused_the_decision_stays_and_staff_are_told() -> None:
    person = make.UserFactory()
    proposal = dismissed(receiving.propose(CONTENT, [{"user": person}], actor=person))
    client = Client()
    client.force_login(person)
    page = reverse("proposals:desk_object", args=[proposal.pk])
    assert page in client.get(proposal.get_absolute_url()).content.decode()
    assert client.post(page, {"reason": "제안입니다."}).status_code == 302
    objection = Objection.objects.get()
    objecting.refuse(objection, reason="이미 하고 있습니다.", actor=make.planner(), version=objection.version)
    assert fresh(proposal).state == State.NO_PROPOSAL
    assert Notice.objects.filter(recipient=person, kind="proposals.objection").exists()
    assert "이미 하고 있습니다." in text_of(proposal)


# ------------------------------------------------------------------------------------------- re-reviews (P7)


def test_p7_the_committee_adopts_what_was_rejected_and_both_decisions_are_kept() -> None:
    proposal = rejected(sent()[0])
    objection = objecting.ask(
        proposal, ObjectionKind.REVIEW, reason="다시 봐 주세요.", actor=proposer_of(proposal)
    )
    assert objection.clock.due == D(2026, 12, 2)
    planner = make.planner()
    for wrong, field in (
        (session(DAY - dt.timedelta(days=1)), "session_on"),
        (session(DAY + dt.timedelta(days=1)), "session_on"),
        (session(present=0), "present_members"),
        (session(minutes=" "), "minutes"),
    ):
        with pytest.raises(Rejected) as refused:
            objecting.adopt(objection, notice(), wrong, actor=planner)
        assert refused.value.field == field
    with pytest.raises(Rejected):
        objecting.uphold(objection, reason="위원회 없이", actor=planner)
    with pytest.raises(Rejected) as refused:
        objecting.adopt(objection, notice(taken=""), session(), actor=planner)
    assert refused.value.field == "taken"
    objecting.adopt(objection, notice(), session(), actor=planner, version=objection.version)
    proposal = fresh(proposal)
    assert (proposal.state, proposal.decision.outcome) == (State.ADOPTED, State.ADOPTED)
    assert [one.outcome for one in proposal.earlier_decisions.all()] == [State.REJECTED]
    assert Undertaking.objects.get(proposal=proposal).begun_on == DAY
    objection.refresh_from_db()
    assert (objection.state, objection.present, objection.in_time) == (ObjectionState.UPHELD, 7, True)
    public = text_of(proposal)
    assert "기획예산과-1131" in public
    assert "열 곳에 답니다." in public
    client = Client()
    client.force_login(planner)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "앞선 결정" in page
    assert "예산이 없습니다." in page
    assert not differences()


def test_p7_kept_by_the_committee_it_is_asked_no_more() -> None:
    proposal = rejected(sent()[0])
    bearer = proposer_of(proposal)
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=bearer)
    with pytest.raises(Rejected, match="재심사 중"):
        objecting.reopen(proposal, reason="다시", actor=make.planner())
    with pretend(D(2026, 12, 3)):
        objecting.keep(objection, session(D(2026, 12, 3)), reason="예산", actor=make.planner())
        objection.refresh_from_db()
        assert (objection.state, objection.in_time) == (ObjectionState.REFUSED, False)
        assert fresh(proposal).decision.outcome == State.REJECTED
        with pytest.raises(Rejected):
            objecting.ask(proposal, ObjectionKind.REVIEW, reason="또", actor=bearer)


def test_p7_carried_out_after_all_within_two_years_it_is_asked_for_with_the_work() -> None:
    made, token = sent()
    proposal = rejected(made)
    with pretend(D(2028, 11, 3)):
        assert not until.may_ask_later(fresh(proposal))
    with pretend(D(2028, 11, 2)):
        assert not until.may_ask_review(fresh(proposal))
        citizen, page = browser_of(token), mine(proposal, "ask_later")
        assert citizen.post(page, {"reason": "같은 내용입니다."}).status_code == 422
        assert (
            citizen.post(page, {"reason": "같은 내용입니다.", "work": "안심 화장실 사업"}).status_code == 302
        )
        objection = Objection.objects.get()
        assert (objection.kind, objection.work) == (ObjectionKind.LATER, "안심 화장실 사업")
        given = notice(carry_out_on=D(2028, 3, 2))
        objecting.adopt(objection, given, session(D(2028, 11, 2)), actor=make.planner())
        assert Undertaking.objects.get(proposal=proposal).planned_on == D(2028, 3, 2)


def test_p7_the_office_reopens_within_two_years_with_a_new_clock_and_tells_the_proposer() -> None:
    person = make.UserFactory()
    proposal = rejected(receiving.propose(CONTENT, [{"user": person}], actor=person))
    with pretend(D(2028, 11, 3)), pytest.raises(Rejected):
        objecting.reopen(proposal, reason="법이 바뀜", actor=make.planner())
    with pretend(D(2028, 10, 2)):
        with pytest.raises(Rejected) as refused:
            objecting.reopen(proposal, reason=" ", actor=make.planner())
        assert refused.value.field == "reason"
        objecting.reopen(proposal, reason="법이 바뀜", actor=make.planner(), version=proposal.version)
        proposal = fresh(proposal)
        assert (proposal.state, proposal.received_on) == (State.RECEIVED, DAY)
        assert (proposal.clock.start, proposal.clock.due) == (D(2028, 10, 2), D(2028, 11, 1))
        assert proposal.in_time is None
        assert Notice.objects.filter(recipient=person, kind="proposals.reopened").exists()
        assert "다시 검토" in text_of(proposal)
        handling.ask_supplement(proposal, reason="무엇을", actor=make.planner())
        assert not differences()


def test_o7_a_holiday_moves_the_day_of_the_committee_too() -> None:
    proposal = rejected(sent()[0])
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=proposer_of(proposal))
    planner = make.planner()
    holidays.declare(day=D(2026, 12, 2), name="임시공휴일", kind=Holiday.Kind.TEMPORARY, actor=planner)
    objection.clock.refresh_from_db()
    assert objection.clock.due == D(2026, 12, 3)
    assert Notice.objects.filter(recipient=planner, kind="proposals.objection_moved").exists()


def test_d9_who_proposed_decides_on_no_objection() -> None:
    planner = make.planner()
    proposal = dismissed_by_another(planner)
    objection = objecting.ask(proposal, ObjectionKind.OBJECTION, reason="왜", actor=planner)
    with pytest.raises(Refused):
        objecting.uphold(objection, reason="내 것", actor=make.fresh(planner))


def dismissed_by_another(planner: Any) -> Any:
    made = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    other = second_planner()
    handling.decide(
        made, State.NO_PROPOSAL, {"ground": "complaint", "reason": "신고"}, actor=other, version=made.version
    )
    return fresh(made)


@pytest.mark.django_db(transaction=True)
def test_p7_a_re_review_asked_for_twice_at_once_is_asked_for_once() -> None:
    proposal = rejected(sent()[0])
    bearer = proposer_of(proposal)

    def ask() -> str:
        with pretend(DAY):
            try:
                objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=bearer)
            except Rejected:
                return "no"
            return "yes"

    assert sorted(at_once(ask, ask)) == ["no", "yes"]
    assert Objection.objects.count() == 1


def test_p7_the_pages_of_planning_lead_through_a_re_review() -> None:
    proposal = rejected(sent()[0])
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="다시", actor=proposer_of(proposal))
    client, department = Client(), make.DepartmentFactory()
    client.force_login(make.planner())
    assert proposal.title in client.get(reverse("proposals:objections")).content.decode()
    page = reverse("proposals:objection", args=[objection.pk])
    text = client.get(page).content.decode()
    assert "예산이 없습니다." in text
    assert f"{page}adopt/" in text
    assert f"{page}uphold/" not in text
    given = {
        "session_on": "2026-11-02",
        "present_members": "8",
        "minutes": "기획예산과-1131",
        "present": "조례",
        "taken": "모두",
        "department": department.pk,
        "carry_out_on": "2027-03-02",
        "version": objection.version,
    }
    assert client.post(f"{page}adopt/", {**given, "present_members": ""}).status_code == 422
    assert client.post(f"{page}adopt/", given).status_code == 302
    assert Decision.objects.get(proposal=proposal).taken == "모두"
    stranger = Client()
    stranger.force_login(make.UserFactory())
    assert stranger.get(page).status_code == 403


def test_p7_a_record_of_earlier_years_is_not_asked_for() -> None:
    """It has no notice from which the days count."""
    proposal = entered()
    assert until.until(proposal, ObjectionKind.REVIEW) is None
    assert until.reopen_until(proposal) is None
