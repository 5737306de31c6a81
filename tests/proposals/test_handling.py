"""The office's side: decisions with what a citizen reads, exclusions, looks at who it is (P2, P5, P6, D3, D9)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import AccessLog, Holiday
from core.now import pretend
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.enums import Role
from organization.services import holidays
from proposals.enums import Ground, State
from proposals.models import Proposal
from proposals.services import handling, receiving
from tests import factories as make
from tests.proposals.made import CITIZEN, CONTENT, entered, mine, proposer_of, sent
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def notice(**more: Any) -> Any:
    department = make.DepartmentFactory()
    adopted = {
        "present": "공원 조례 제5조. 지금은 벨이 없습니다.",
        "taken": "열 곳에 답니다.",
        "department": department,
        "carry_out_on": dt.date(2027, 3, 2),
        "cost": 12_000_000,
        "budget_year": 2027,
    }
    return {**adopted, **more}


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_p6_a_decision_says_all_that_the_citizen_must_know() -> None:
    proposal, token = sent()
    planner = make.planner()
    for name in ("present", "taken", "department", "carry_out_on"):
        with pytest.raises(Rejected) as refused:
            handling.decide(proposal, State.ADOPTED, notice(**{name: None}), actor=planner, version=1)
        assert refused.value.field == name
    handling.decide(proposal, State.ADOPTED, notice(), actor=planner, version=1)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.in_time, proposal.closed_on) == (State.ADOPTED, True, DAY)
    citizen = Client()
    citizen.get(reverse("pass", args=[token]))
    for page in (citizen.get(mine(proposal)), Client().get(reverse("proposals:public", args=[2026, 1]))):
        text = page.content.decode()
        assert "열 곳에 답니다." in text
        assert "12,000,000원" in text
        assert "채택" in text


def test_p6_decided_late_it_is_counted_late() -> None:
    proposal = entered()
    with pretend(proposal.clock.due + dt.timedelta(days=1)):
        handling.decide(
            proposal, State.REJECTED, {"present": "있음", "reason": "예산"}, actor=make.planner(), version=1
        )
    proposal.refresh_from_db()
    assert proposal.in_time is False


def test_p5_no_proposal_is_a_decision_with_a_ground() -> None:
    proposal = entered()
    with pytest.raises(Rejected) as refused:
        handling.decide(proposal, State.NO_PROPOSAL, {"reason": "불편 신고"}, actor=make.planner(), version=1)
    assert refused.value.field == "ground"
    handling.decide(
        proposal,
        State.NO_PROPOSAL,
        {"ground": Ground.COMPLAINT, "reason": "불편 신고입니다."},
        actor=make.planner(),
        version=1,
    )
    handling.take_back(proposal, reason="다시 봄", actor=make.planner(), version=2)
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.state == State.RECEIVED
    assert not hasattr(proposal, "decision")


def test_p5_the_first_received_counts_and_both_are_kept() -> None:
    first = entered()
    with pretend(DAY + dt.timedelta(days=1)):
        later = entered(difference="같음")
        planner = make.planner()
        with pytest.raises(Rejected):
            handling.link(first, later, reason="같음", actor=planner, version=1)
        with pytest.raises(Rejected):
            handling.link(later, later, reason="같음", actor=planner, version=1)
        handling.link(later, first, reason="같은 내용", actor=planner, version=1)
        third = entered(difference="또 같음")
        with pytest.raises(Rejected, match="이미 연결된"):
            handling.link(third, later, reason="같음", actor=planner, version=1)
    later.refresh_from_db()
    assert (later.state, later.linked_to) == (State.LINKED, first)
    assert first.code in Client().get(reverse("proposals:public", args=[2026, 2])).content.decode()


def test_p2_joint_proposers_share_all_and_the_largest_is_the_main_one() -> None:
    one, two = make.UserFactory(), make.UserFactory()
    shares = [{"user": one, "share": 60, "is_main": True}, {"user": two, "share": 40, "is_main": False}]
    made = receiving.propose(CONTENT, shares, actor=one)  # type: ignore[arg-type]  # as the test needs it
    assert [(p.user, p.share, p.is_main) for p in made.proposers.all()] == [(one, 60, True), (two, 40, False)]
    for wrong in (
        [{**shares[0], "share": 50}, shares[1]],
        [{**shares[0], "is_main": False}, {**shares[1], "is_main": True}],
    ):
        with pytest.raises(Rejected):
            receiving.propose(CONTENT, wrong, actor=one)  # type: ignore[arg-type]  # as the test needs it
    with pytest.raises(Rejected, match="두 번"):
        receiving.propose(CONTENT, [shares[0], {**shares[1], "user": one}], actor=one)  # type: ignore[arg-type]  # of many kinds, on purpose
    with pytest.raises(Rejected, match="본인"):
        receiving.propose(CONTENT, shares, actor=make.UserFactory())  # type: ignore[arg-type]  # as the test needs it


def test_d9_who_proposed_does_not_decide_neither_alone_nor_as_substitute() -> None:
    planner, other = make.planner(), make.UserFactory(roles=[Role.PLANNING])
    proposal = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    answer: Any = {"present": "있음", "reason": "예산"}
    with pytest.raises(Refused):
        handling.decide(proposal, State.REJECTED, answer, actor=planner, version=1)
    make.away(other, planner, DAY, DAY)
    with pytest.raises(Refused):
        handling.decide(proposal, State.REJECTED, answer, actor=make.fresh(planner), version=1)
    assert not todos_of(make.fresh(planner))
    assert [t.title for t in todos_of(make.fresh(other))]
    handling.decide(proposal, State.REJECTED, answer, actor=make.fresh(other), version=1)
    assert Notice.objects.filter(recipient=planner, kind="proposals.changed").exists()


def test_d3_who_a_citizen_is_is_looked_at_with_a_reason_and_written_down() -> None:
    proposal, planner = entered(), make.planner()
    ask, shown = (reverse(f"proposals:desk_contact{end}", args=[proposal.pk]) for end in ("", "_shown"))
    page = browser(planner).get(reverse("proposals:desk_page", args=[proposal.pk])).content.decode()
    assert "010-0000-0000" not in page
    assert "김구민" not in page
    assert browser(planner).get(shown).status_code == 302
    answer = browser(planner).post(ask, {"reason": "보완 전화"})
    assert "010-0000-0000" in browser(planner).get(answer["Location"]).content.decode()
    look = AccessLog.objects.filter(subject_kind="proposer").get()
    assert (look.actor, look.reason, look.subject_id) == (planner, "보완 전화", str(proposal.pk))
    staff = make.UserFactory()
    assert browser(staff).get(ask).status_code == 403
    assert browser(staff).get(f"{shown}?reason=궁금해서").status_code == 403


def test_o3_a_hidden_one_is_known_to_planning_and_who_made_it() -> None:
    person, other = make.UserFactory(), make.UserFactory()
    hidden = receiving.propose({**CONTENT, "hidden": True}, [{"user": person}], actor=person)
    page = reverse("proposals:desk_page", args=[hidden.pk])
    assert [browser(who).get(page).status_code for who in (person, make.planner(), other)] == [200, 200, 404]


def test_p3_withdrawing_is_the_proposers_alone() -> None:
    proposal, _token = sent()
    with pytest.raises(Refused):
        handling.withdraw(proposal, actor=make.planner())
    handling.withdraw(proposal, actor=proposer_of(proposal))


@pytest.mark.django_db(transaction=True)
def test_two_officers_decide_a_proposal_once() -> None:
    proposal, officers = entered(), [make.planner(), make.UserFactory(roles=[Role.PLANNING])]
    answer: Any = {"present": "있음", "reason": "예산"}

    def decide(officer: Any) -> bool:
        try:
            handling.decide(proposal, State.REJECTED, answer, actor=officer, version=1)
        except Rejected:
            return False
        return True

    assert sorted(at_once(*(lambda officer=officer: decide(officer) for officer in officers))) == [
        False,
        True,
    ]


def test_receiving_needs_a_person_and_a_way_to_answer() -> None:
    planner = make.planner()
    for lacking in ({"name": ""}, {"phone": ""}):
        with pytest.raises(Rejected):
            receiving.enter(CONTENT, [{**CITIZEN, **lacking}], channel="post", actor=planner)  # type: ignore[list-item]  # of many kinds, on purpose
    with pytest.raises(Refused):
        receiving.enter(CONTENT, [CITIZEN], channel="post", actor=make.UserFactory())


def test_p1_what_came_by_letter_is_entered_for_who_sent_it_with_a_slip_to_print() -> None:
    planner = make.planner()
    letter = {**CONTENT, "channel": "post", "name": "김구민", "address": "한빛로 1"}
    slip = browser(planner).post(reverse("proposals:enter"), letter)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.channel, proposal.received_by) == ("citizen", "post", planner)
    page = slip.content.decode()
    assert "제안 접수증" in page
    assert proposal.code in page
    link = re.search(r"http://testserver(/p/[\w-]+/)", page)
    assert link
    citizen = Client()
    citizen.get(link[1])
    assert citizen.get(mine(proposal)).status_code == 200
    assert link[1] not in browser(planner).get(proposal.get_absolute_url()).content.decode()


def test_p2_shares_beyond_the_whole_are_refused_beside_the_field() -> None:
    person, colleague = make.UserFactory(), make.UserFactory()
    typed = {**CONTENT, "colleagues": f"{colleague.employee_number} 120"}
    page = browser(person).post(reverse("proposals:propose"), typed)
    assert page.status_code == 422
    assert "1% 이상" in page.content.decode()
    assert not Proposal.objects.exists()
    typed["colleagues"] = f"{colleague.employee_number} 30"
    assert browser(person).post(reverse("proposals:propose"), typed).status_code == 302
    assert [(one.user, one.share) for one in Proposal.objects.get().proposers.all()] == [
        (person, 70),
        (colleague, 30),
    ]


def test_o7_planning_is_told_that_the_day_is_another() -> None:
    planner, proposal = make.planner(), entered()
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    holidays.declare(actor=admin, day=proposal.clock.due, name="임시공휴일", kind=Holiday.Kind.TEMPORARY)
    assert Notice.objects.filter(recipient=planner, kind="proposals.due_moved").exists()
