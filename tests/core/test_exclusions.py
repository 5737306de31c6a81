"""D9: who asked for a thing, or gains by it, does not decide on it: not in person, not standing in for somebody, and
nobody in their place."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from awards.models import Award
from awards.services import revoking
from basis.errors import Refused
from benchmarking.models import FollowUp, Review
from benchmarking.services import follow_ups, intake
from clubs.services import applications, reports, supports
from contests.models import Bonus
from contests.services import bonuses
from contests.services.practices import allow_late, lapse_past
from core.now import pretend
from core.permissions import can, deciding, ensure, kept_from, whose_right
from core.work.verify import differences
from evaluations.models import Correction, Entry, Judge, Result
from evaluations.models import Objection as ResultObjection
from evaluations.services import conflicts, stages
from incentives.services import payouts, plans, rewards, weekly
from leaks.services import leaks
from meetings.models import Session
from meetings.services import sessions
from mileage.enums import Scheme
from mileage.services import openings
from notifications.selectors import todos_of
from organization.enums import DepartmentRole, Role
from organization.models import RoleAssignment, User
from proposals.models import Effect, ProposalReview, Undertaking
from proposals.services import calls, complaints, following, handling, objecting, receiving, replies
from reviews.services import clocks, reviews
from tests import factories as make
from tests import visiting
from tests.asked import Asked, grant, paper, second_planner
from tests.awards.made import fund, given
from tests.clubs import asked as club_asked
from tests.clubs import made as clubs
from tests.contests import made as practices
from tests.contests import savings
from tests.evaluations import made as judged
from tests.incentives import asked as incentives
from tests.incentives import won
from tests.knowledge import made as knowledge
from tests.leaks.made import facts, officer, within_a_day
from tests.meetings import made as meetings
from tests.proposals.asked import asked as asked_departments
from tests.proposals.made import CONTENT, adopted, drafted
from visits.models import FieldVisit
from visits.services import requests

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = visiting.DAY


def own_review(planner: User) -> Review:
    """Planning is asked as any department is, and one of its officers reviews."""
    review = make.ReviewFactory(department=planner.department)
    return reviews.assign(review, planner, actor=planner)


def extension(planner: User) -> Asked:
    review = own_review(planner)
    until = review.clock.due + dt.timedelta(days=7)
    asked = clocks.ask_extension(review, until=until, reason="자료", actor=planner)
    return Asked(
        Review.objects.get(pk=review.pk),
        planner,
        lambda who: clocks.decide(asked, approve=True, note="", actor=who),
    )


def follow_up(planner: User) -> Asked:
    assert planner.department is not None
    make.head_of(planner.department)
    review = make.answered(make.ReviewFactory(department=planner.department), "adopt", plan_on=DAY)
    found = FollowUp.objects.get(review=review)
    done = {"implemented_on": DAY, "result": "반영", "files": [paper()]}
    follow_ups.report(found, actor=planner, **done)
    return Asked(FollowUp.objects.get(pk=found.pk), planner, lambda who: follow_ups.confirm(found, actor=who))


def visit(planner: User) -> Asked:
    """Asked for by the planner, who does not go."""
    visiting.fund()
    review = own_review(planner)
    goes = make.UserFactory(department=planner.department)
    asked = requests.ask(review, visiting.plan(), [goes], actor=planner)
    return Asked(FieldVisit.objects.get(pk=asked.pk), planner, lambda who: requests.approve(asked, actor=who))


def journey(planner: User) -> Asked:
    """Asked for by a colleague; the planner goes."""
    visiting.fund()
    review = own_review(planner)
    colleague = make.UserFactory(department=planner.department)
    asked = requests.ask(review, visiting.plan(), [planner], actor=colleague)
    return Asked(FieldVisit.objects.get(pk=asked.pk), planner, lambda who: requests.approve(asked, actor=who))


def points(planner: User) -> Asked:
    from mileage.services import requests as by_hand

    asked = grant(make.UserFactory(), day=DAY, actor=planner)
    return Asked(asked, planner, lambda who: by_hand.confirm(asked, actor=who))


def report(planner: User) -> Asked:
    """Reported by a colleague; the planner found it."""
    case = make.CaseFactory(actor=make.UserFactory(), found_by=planner)
    return Asked(case, planner, lambda who: intake.take_in(case, actor=who))


def balance(planner: User) -> Asked:
    """Points that the planner is said to bring from before."""
    row = openings.Opening(planner, Scheme.CREATIVITY, 1_000, DAY, "기획예산과-1")
    return Asked(planner, planner, lambda who: openings.take_in([row], actor=who))


def proposal(planner: User) -> Asked:
    """Made by the planner."""
    made = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    return Asked(
        made,
        planner,
        lambda who: handling.transfer(made, "한빛시", reason="시 업무", actor=who, version=made.version),
    )


def call(planner: User) -> Asked:
    """Prepared by the planner."""
    made = drafted(planner)
    calls.ask(made, actor=planner)
    return Asked(made, planner, lambda who: calls.publish(made, actor=who))


def own_proposal(planner: User) -> ProposalReview:
    """Made by the planner, whose department is asked about it."""
    assert planner.department is not None
    make.head_of(planner.department)
    made = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    (review,) = asked_departments(planner.department, proposal=made, by=second_planner())
    return review


def answering(planner: User) -> Asked:
    review = own_proposal(planner)
    reviews.assign(review, second_planner(), actor=planner)
    answer = {"outcome": "rejected", "present": "있음", "reason": "있음"}
    thing = ProposalReview.objects.get(pk=review.pk)
    return Asked(thing, planner, lambda who: reviews.submit(thing, answer, actor=who))


def confirming(planner: User) -> Asked:
    asked = answering(planner)
    asked.decide(asked.thing.reviewer)
    thing = ProposalReview.objects.get()
    return Asked(thing, planner, lambda who: reviews.confirm(thing, actor=who))


def answer_put_off(planner: User) -> Asked:
    """Asked for by the planner, about another's proposal."""
    assert planner.department is not None
    (review,) = asked_departments(planner.department, by=planner)
    reviews.assign(review, planner, actor=planner)
    until = review.clock.due + dt.timedelta(days=7)
    row = clocks.ask_extension(review, until=until, reason="자료", actor=planner)
    return Asked(
        ProposalReview.objects.get(pk=review.pk),
        planner,
        lambda who: clocks.decide(row, approve=True, note="", actor=who),
    )


def complaint(planner: User) -> Asked:
    """Of a text of the planner's."""
    made = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    said = complaints.complain(made, "personal", "이름", address=None)
    return Asked(said, planner, lambda who: complaints.show(said, reason="괜찮습니다.", actor=who))


def undertaking(planner: User) -> Asked:
    """Reported as carried out by the planner."""
    one = adopted()
    following.report(one, day=DAY, result="함", actor=planner)
    found = Undertaking.objects.select_related("proposal").get(pk=one.pk)
    return Asked(found, planner, lambda who: following.confirm(one, actor=who))


def effect(planner: User) -> Asked:
    """Reckoned by the planner."""
    one = adopted()
    colleague = make.UserFactory(department=one.department)
    following.report(one, day=DAY, result="함", actor=colleague)
    following.confirm(one, actor=second_planner())
    Effect.objects.create(undertaking=one, asked_on=DAY, due=DAY)
    replies.report_effect(one, saving=1, cost=0, words="", actor=planner)
    found = Undertaking.objects.select_related("proposal", "effect").get(pk=one.pk)
    return Asked(found, planner, lambda who: replies.grade(one, "e", reason="", actor=who))


def objection(planner: User) -> Asked:
    """About what the planner proposed."""
    made = receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    notice: Any = {"ground": "complaint", "reason": "신고"}
    decider = second_planner()
    handling.decide(made, "no_proposal", notice, actor=decider, version=made.version)
    found = objecting.ask(made, "objection", reason="제안입니다.", actor=planner)
    return Asked(found, planner, lambda who: objecting.uphold(found, reason="맞음", actor=who))


def minutes(planner: User) -> Asked:
    """Written by the planner."""
    held = meetings.held(meetings.planned(), actor=planner)
    return Asked(Session.objects.get(pk=held.pk), planner, lambda who: sessions.confirm(held, actor=who))


def club(planner: User) -> Asked:
    asked = clubs.applied(planner, year=DAY.year)
    return Asked(asked, planner, lambda who: applications.approve(asked, actor=who))


def running(planner: User) -> Asked:
    """A round in whose panel the planner sits."""
    stage = judged.opened([planner, judged.outsider()], actor=second_planner())
    judged.signed(stage)
    return Asked(stage, planner, lambda who: stages.start(stage, actor=who))


def watching(planner: User) -> Asked:
    stage = running(planner).thing
    return Asked(stage, planner, lambda who: ensure(who, "evaluations.see", stage))


def result(planner: User) -> Asked:
    """Of a round that the planner runs."""
    round = judged.prepared([judged.outsider()])
    return Asked(round, planner, lambda who: ensure(who, "evaluations.confirm", round))


def challenge(planner: User) -> Asked:
    """The planner's entry; nobody but the chair decides."""
    judged.stalls(1, keeper=planner)
    stage = judged.opened([judged.outsider()], chair=judged.outsider(), actor=second_planner())
    judge = Judge.objects.filter(stage=stage).latest("pk")
    asked = conflicts.challenge(Entry.objects.get(), judge, "친분", actor=planner)
    return Asked(asked, planner, lambda who: conflicts.decide(asked, uphold=True, answer="네", actor=who))


def judged_in(permission: str) -> Callable[[User], Asked]:
    """Of a round in whose panel the planner sits."""

    def prepare(planner: User) -> Asked:
        round = running(planner).thing.round
        return Asked(round, planner, lambda who: ensure(who, permission, round))

    return prepare


def disputed(planner: User) -> Asked:
    """The planner objects to a result."""
    round = judged.prepared([judged.outsider()], actor=second_planner())
    found = ResultObjection(round=round, entry=round.entries.first(), asked_by=planner)
    return Asked(found, planner, lambda who: ensure(who, "evaluations.answer", found))


def corrected(planner: User) -> Asked:
    """The planner asks that a result be corrected."""
    round = judged.prepared([judged.outsider()], actor=second_planner())
    found = Correction(result=Result(entry=round.entries.first()), asked_by=planner)
    return Asked(found, planner, lambda who: ensure(who, "evaluations.make_correction", found))


def revocation(planner: User) -> Asked:
    """Asked for by the planner."""
    fund()
    award = given()
    revoking.ask_revocation(award, reason="복제", note="복제", actor=planner)
    found = Award.objects.get(pk=award.pk)
    return Asked(found, planner, lambda who: revoking.revoke(award, actor=who))


def own_award(planner: User) -> Asked:
    """Its revocation is asked for by a colleague, and the planner has got it."""
    fund()
    award = given(user=planner)
    revoking.ask_revocation(award, reason="복제", note="복제", actor=second_planner())
    found = Award.objects.get(pk=award.pk)
    return Asked(found, planner, lambda who: revoking.revoke(award, actor=who))


def leak(planner: User) -> Asked:
    """Of what the account of the planner, who checks the log, has looked at."""
    RoleAssignment.objects.create(user=planner, role=Role.AUDITOR, valid_from=make.SINCE)
    known = leaks.register(facts(account=planner, **within_a_day()), actor=officer())
    return Asked(known, planner, lambda who: leaks.withdraw(known, reason="아님", actor=who))


def of_project(made: Callable[..., Any], decide: Callable[..., Any]) -> Callable[[User], Asked]:
    def prepare(planner: User) -> Asked:
        asked = made(planner, planner)
        return Asked(asked, planner, lambda who: decide(asked, actor=who))

    return prepare


def incentive_payout(planner: User) -> Asked:
    asked = incentives.payout(planner, planner)
    won.funded()
    return Asked(asked, planner, lambda who: payouts.agree(asked, actor=who))


def incentive_thanks(planner: User) -> Asked:
    asked = incentives.thanks(planner, planner)
    return Asked(asked, planner, lambda who: rewards.confirm(asked, document="기획예산과-90", actor=who))


def practice(planner: User) -> Asked:
    """Planning's own, which one of its officers wrote."""
    assert planner.department
    one = practices.practice(
        planner.department,
        practices.announced(period=str(DAY.year), opens_on=DAY, closes_on=DAY + dt.timedelta(days=7)),
    )
    practices.written(one, actor=planner)
    lapse_past(DAY + dt.timedelta(days=14))
    one.refresh_from_db()
    until = DAY + dt.timedelta(days=20)
    return Asked(one, planner, lambda other: allow_late(one, until=until, reason="수해", actor=other))


def bonus(planner: User) -> Asked:
    """Planning's own, which one of its officers wrote."""
    one = savings.nominated(actor=planner, people=practices.people(100))
    savings.met(one)
    one = Bonus.objects.get(pk=one.pk)
    return Asked(one, planner, lambda who: bonuses.review(one, recognised=1, actor=who))


def bonus_paid(planner: User) -> Asked:
    """Whose amount the planner wrote down."""
    one = Bonus.objects.get(pk=savings.decided().pk)
    return Asked(one, planner, lambda who: bonuses.pay(one, actor=who))


def club_report(planner: User) -> Asked:
    """Of a club in which the planner sits."""
    one = club_asked.report(planner, planner)
    return Asked(one, planner, lambda other: reports.waive(one, reason="쉬었음", actor=other))


def club_support(planner: User) -> Asked:
    """Asked for by the planner, a secretary of the club."""
    one = club_asked.support(planner, planner)
    return Asked(one, planner, lambda other: supports.refuse(one, reason="모자람", actor=other))


KINDS: dict[str, tuple[str, Callable[[User], Asked]]] = {
    "extension": ("benchmarking.decide_clock", extension),
    "follow-up": ("benchmarking.confirm_follow_up", follow_up),
    "visit": ("visits.decide", visit),
    "journey": ("visits.decide", journey),
    "points": ("mileage.confirm", points),
    "report": ("benchmarking.take_in", report),
    "balance": ("mileage.take_over", balance),
    "proposal": ("proposals.decide", proposal),
    "complaint": ("proposals.decide_complaint", complaint),
    "call": ("proposals.publish_call", call),
    "answer": ("proposals.review", answering),
    "answer confirmed": ("proposals.confirm", confirming),
    "answer put off": ("proposals.decide_clock", answer_put_off),
    "undertaking": ("proposals.confirm_following", undertaking),
    "effect": ("proposals.grade_effect", effect),
    "objection": ("proposals.decide_objection", objection),
    "minutes": ("meetings.confirm", minutes),
    "judging": ("evaluations.run", running),
    "watching": ("evaluations.see", watching),
    "result": ("evaluations.confirm", result),
    "challenge": ("evaluations.decide_challenge", challenge),
    **{
        name: (f"evaluations.{name}", judged_in(f"evaluations.{name}"))
        for name in ("results", "take_back", "objections", "ask_correction")
    },
    "objection to a result": ("evaluations.answer", disputed),
    "correction": ("evaluations.make_correction", corrected),
    "revocation": ("awards.revoke", revocation),
    "own award": ("awards.revoke", own_award),
    "club": ("clubs.approve", club),
    "practice": ("contests.allow", practice),
    "flaw": ("knowledge.answer", knowledge.asked_flaw),
    "post": ("knowledge.approve", knowledge.asked),
    "bonus": ("contests.bonus_record", bonus),
    "bonus paid": ("contests.bonus_grant", bonus_paid),
    "club report": ("clubs.report_decide", club_report),
    "club support": ("clubs.support_decide", club_support),
    "incentive plan": ("incentives.approve", of_project(incentives.division, plans.approve)),
    "incentive payout": ("incentives.payout_decide", incentive_payout),
    "incentive thanks": ("incentives.thank", incentive_thanks),
    "incentive week": ("incentives.confirm", of_project(incentives.week_report, weekly.confirm)),
    "leak": ("leaks.act", leak),
}


VERBS = {
    "extension": "기한 연장 승인하기", "follow-up": "업무반영 확인하기", "visit": "현장체험 승인하기",
    "journey": "현장체험 승인하기", "points": "점수 등록 확인하기",
    "report": "제보 접수하기", "proposal": "제안 처리하기", "call": "공모 공개하기",
    "answer put off": "기한 연장 승인하기",
    "complaint": "신고 처리하기",
    "minutes": "회의록 확정하기", "club": "동아리 승인하기", "judging": "채점 시작하기",
    "undertaking": "시행 확인하기", "effect": "효과 등급 정하기", "objection": "이의·재심사 처리하기",
    "bonus": "예산성과금 실무심사 기록하기", "bonus paid": "예산성과금 지급 결정하기",
    "club support": "동아리 지원 승인하기", "incentive plan": "자체 추진계획 승인하기",
    "revocation": "시상 취소 결정하기", "own award": "시상 취소 결정하기",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def planner() -> User:
    return make.planner()


def test_d9_every_decision_that_keeps_somebody_out_is_tried_here() -> None:
    """A new process that declares one finds this test until it is."""
    tried = {name for name, _make in KINDS.values()}
    assert {name for name in deciding() if not name.startswith(("throwaway.", "questions."))} == tried


@pytest.mark.parametrize("kind", KINDS)
def test_d9_who_asked_or_gains_does_not_decide(kind: str, planner: User) -> None:
    permission, prepare = KINDS[kind]
    asked = prepare(planner)
    assert planner.pk in kept_from(permission, asked.thing)
    assert not can(make.fresh(planner), permission, asked.thing)
    with pytest.raises(Refused):
        asked.decide(make.fresh(planner))


@pytest.mark.parametrize("kind", KINDS)
def test_d9_nor_standing_in_for_a_colleague(kind: str, planner: User) -> None:
    """The way by which a planner once approved the own visit."""
    permission, prepare = KINDS[kind]
    asked, colleague = prepare(planner), second_planner()
    make.away(colleague, planner, DAY, DAY)
    assert whose_right(make.fresh(planner), permission, asked.thing) is None
    with pytest.raises(Refused):
        asked.decide(make.fresh(planner))


@pytest.mark.parametrize("kind", KINDS)
def test_d9_nor_anybody_in_their_place(kind: str, planner: User) -> None:
    """A head without the role of planning, standing in for the planner who asked."""
    permission, prepare = KINDS[kind]
    asked, chief = prepare(planner), make.head_of(make.DepartmentFactory())
    make.away(planner, chief, DAY, DAY)
    assert whose_right(make.fresh(chief), permission, asked.thing) is None
    with pytest.raises(Refused):
        asked.decide(make.fresh(chief))


def test_d9_m3_a_second_person_takes_over_a_balance(planner: User) -> None:
    """Nobody waits for it: it comes with a file."""
    (line,) = balance(planner).decide(make.fresh(second_planner()))
    assert (line.account.user, line.amount) == (planner, 1_000)


@pytest.mark.parametrize("kind", VERBS)
def test_d9_a_second_person_decides_and_alone_has_it_to_do(kind: str, planner: User) -> None:
    _permission, prepare = KINDS[kind]
    asked, colleague = prepare(planner), make.fresh(second_planner())
    verbs = [{todo.verb for todo in todos_of(make.fresh(one))} for one in (planner, colleague)]
    assert [VERBS[kind] in found for found in verbs] == [False, True]
    assert differences() == []
    asked.decide(colleague)


def test_d9_the_head_of_planning_is_a_second_person_where_one_officer_is_all_there_is(planner: User) -> None:
    asked = follow_up(planner)
    department = planner.department
    assert department is not None
    assert department.role == DepartmentRole.PLANNING
    chief = User.objects.get(department=department, position="head")
    assert not chief.has_role(Role.PLANNING)
    asked.decide(make.fresh(chief))
