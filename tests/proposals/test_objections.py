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
from letters.models import Letter
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.services import holidays
from proposals.enums import ObjectionKind, ObjectionState, State, UndertakingState
from proposals.models import Decision, Objection, Slip, Undertaking
from proposals.selectors import objections as until
from proposals.selectors.following import waits_for_answer
from proposals.services import handling, objecting, receiving, watching
from proposals.services.objecting import Session
from tests import factories as make
from tests.asked import second_planner
from tests.proposals.made import (
    CONTENT,
    adopted,
    browser_of,
    carried_out,
    dismissed,
    entered,
    fresh,
    mine,
    notice,
    proposer_of,
    rejected,
    sent,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
D = dt.date


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def session(day: dt.date = DAY, **more: Any) -> Session:
    return Session(**{"day": day, "present": 7, "minutes": "기획예산과-1131", **more})


def text_of(proposal: Any) -> str:
    address = reverse("proposals:public", args=[proposal.year, proposal.number])
    return Client().get(address).content.decode()


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


# ------------------------------------------------------------------------------------------- taken back (P5, P7)


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


def partly(proposal: Any) -> Any:
    adopted(proposal, reason="칸 안의 벨은 예산이 없습니다.")
    return fresh(proposal)


def test_p7_of_what_was_adopted_in_part_the_rest_is_reviewed_and_the_undertaking_goes_on() -> None:
    made, token = sent()
    proposal = partly(made)
    undertaking = Undertaking.objects.get(proposal=proposal)
    citizen, page = browser_of(token), mine(proposal, "ask_review")
    text = citizen.get(mine(proposal)).content.decode()
    assert page in text
    assert "받아들이지 않은 내용의 재심사 신청은 2026. 11. 17.(화)까지" in text
    assert "15일 안에 재심사를" in Letter.objects.about(proposal).get(kind="proposals.adopted").body
    assert citizen.post(page, {"reason": "칸 안에도 달아 주세요."}).status_code == 302
    with pretend(D(2026, 11, 9)):
        undertaking = carried_out(undertaking)
    with pretend(D(2026, 11, 16)):
        objection, department = Objection.objects.get(), make.DepartmentFactory()
        client = Client()
        client.force_login(make.planner())
        form = client.get(reverse("proposals:objection_adopt", args=[objection.pk])).content.decode()
        assert "열 곳에 답니다." in form  # what is taken over already
        given = notice(department, taken="열 곳과 칸마다 답니다.", carry_out_on=D(2027, 6, 1))
        objecting.adopt(objection, given, session(D(2026, 11, 16)), actor=make.planner())
    proposal = fresh(proposal)
    assert (proposal.state, proposal.decision.taken) == (State.ADOPTED, "열 곳과 칸마다 답니다.")
    assert [one.taken for one in proposal.earlier_decisions.all()] == ["열 곳에 답니다."]
    undertaking = Undertaking.objects.get(proposal=proposal)  # one, not two
    assert (undertaking.state, undertaking.department) == (UndertakingState.PLANNED, department)
    assert (undertaking.first_on, undertaking.planned_on) == (DAY + dt.timedelta(days=120), D(2027, 6, 1))
    assert (undertaking.begun_on, undertaking.until) == (DAY, D(2029, 11, 16))
    assert (undertaking.carried_out_on, undertaking.ask_on, undertaking.confirmed_by) == (None, None, None)
    (slip,) = Slip.objects.filter(milestone__undertaking=undertaking)
    assert (slip.now_on, slip.reason) == (D(2027, 6, 1), "재심사로 이행할 내용이 늘었습니다.")
    assert "재심사로 채택" in text_of(proposal)
    assert "칸마다 답니다" in text_of(proposal)
    assert not differences()


def test_p7_what_was_adopted_whole_is_not_asked_for_and_the_rest_only_in_time_and_once() -> None:
    whole = entered()
    adopted(whole)
    assert until.until(fresh(whole), ObjectionKind.REVIEW) is None
    letter = Letter.objects.about(whole).filter(kind="proposals.adopted").first()
    assert letter is None or "재심사를" not in letter.body
    proposal = partly(sent()[0])
    bearer = proposer_of(proposal)
    assert until.until(proposal, ObjectionKind.REVIEW) == D(2026, 11, 17)
    assert until.until(proposal, ObjectionKind.LATER) is None
    with pretend(D(2026, 11, 18)), pytest.raises(Rejected, match=r"11\. 17"):
        objecting.ask(proposal, ObjectionKind.REVIEW, reason="왜", actor=bearer)
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="나머지도", actor=bearer)
    objecting.keep(objection, session(), reason="예산", actor=make.planner())
    assert fresh(proposal).decision.is_partly
    assert Undertaking.objects.get(proposal=proposal).state == UndertakingState.PLANNED
    with pytest.raises(Rejected, match="한 번만"):
        objecting.ask(proposal, ObjectionKind.REVIEW, reason="또", actor=bearer)


def test_p7_the_proposer_is_asked_anew_once_the_rest_is_there_too() -> None:
    proposal = partly(sent()[0])
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="나머지도", actor=proposer_of(proposal))
    carried_out(Undertaking.objects.get(proposal=proposal))
    with pretend(D(2026, 12, 1)):
        watching.ask_proposers(D(2026, 12, 1))
        assert waits_for_answer(fresh(proposal))
        objecting.adopt(objection, notice(), session(D(2026, 12, 1)), actor=make.planner())
        assert not waits_for_answer(fresh(proposal))
        carried_out(Undertaking.objects.get(proposal=proposal))
    with pretend(D(2026, 12, 30)):
        watching.ask_proposers(D(2026, 12, 30))
        assert waits_for_answer(fresh(proposal))
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
