"""Who asks does not decide (D9): every step that decides, of every workflow, is tried by who asked for it, in person
and for others, and by others for them. A right to take up what others brought that does not decide says here why; of
one that does it must be said here how its things come about."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from awards.models import Award
from awards.services import handing, revoking
from basis.errors import Refused
from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import follow_ups
from clubs.models import Club
from contests.models import Bonus, Practice
from contests.services import bonuses
from contests.services.practices import enter, lapse_past
from core.models import OpenWork
from core.now import now, pretend
from core.permissions import deciding, whose_right
from core.steps import offered
from core.transition import perform
from core.work import holders
from core.workflow import WORKFLOWS, workflow_of
from leaks.models import Leak
from leaks.services import leaks
from meetings.models import Session
from meetings.services import corrections
from mileage.models import Request
from organization.enums import Role
from organization.models import Department, RoleAssignment, User
from organization.selectors import heads_of
from proposals.models import (
    Call,
    Complaint,
    Effect,
    Interim,
    Objection,
    Proposal,
    ProposalReview,
    Undertaking,
)
from proposals.services import (
    calls,
    complaints,
    following,
    handling,
    interims,
    objecting,
    opinions,
    receiving,
    replies,
)
from reviews.services import clocks, reviews
from tests import asked, visiting
from tests import factories as make
from tests.awards.made import fund, given
from tests.clubs import asked as club_asked
from tests.clubs import made as clubs
from tests.contests import made as practices
from tests.contests import savings
from tests.incentives import asked as incentives
from tests.knowledge import made as knowledge
from tests.leaks.made import facts, officer, within_a_day
from tests.meetings import made as meetings
from tests.proposals.asked import REJECTED, answered
from tests.proposals.asked import asked as asked_departments
from tests.proposals.made import CONTENT, adopted, drafted, entered
from visits.models import FieldVisit
from visits.services import orders, reports, requests

pytestmark = pytest.mark.django_db
DAY = visiting.DAY
WEEK = dt.timedelta(days=7)

NOT_DECIDING = {
    "visits.request": "goes on with what is the asker's own",
    "visits.order": "records an order that was given elsewhere",
    "visits.report": "goes on with what is the team's own",
    "visits.cancel": "gives up what was asked for",
    "benchmarking.dispatch": "sends out, and takes back what was sent out",
    "benchmarking.edit_case": "gives up what was registered",
    "benchmarking.correct_record": "sees to what was entered of earlier years",
    "proposals.correct_record": "sees to what was entered of earlier years",
    "benchmarking.restore": "puts back what was registered",
    "benchmarking.plan": "opens anew what was decided",
    "benchmarking.report_again": "goes on with what is the reporter's own",
    "benchmarking.assign": "names who works",
    "benchmarking.review": "is the work itself",
    "benchmarking.confirm": "who leads a department may have written its answer",
    "proposals.assign": "names who works",
    "proposals.dispatch": "sends out, and takes back what was sent out",
    "proposals.plan": "opens anew what was decided",
    "benchmarking.follow_up": "is the work itself",
    "proposals.prepare_call": "is the work itself",
    "proposals.plan_call": "takes back what was sent out",
    "proposals.own": "is the proposer's own",
    "proposals.say_done": "is the proposer's own",
    "proposals.follow": "is the work itself",
    "proposals.manage_following": "gives up what was promised, and names who did it",
    "meetings.run": "is the work itself",
    "meetings.do": "is the work itself",
    "meetings.undo": "takes back what was confirmed",
    "clubs.apply": "is the applicant's own",
    "clubs.plan": "ends what had begun",
    "contests.write": "is the work itself",
    "knowledge.write": "is the work itself",
    "knowledge.plan": "arranges the board",
    "knowledge.unsay": "takes back what one said oneself",
    "knowledge.look": "says of one's own whether it still holds",
    "contests.bonus_write": "is the work itself",
    "contests.nominate": "who leads a department may have written its bonus",
    "contests.enter": "who leads a department may have written its practice",
    "clubs.write": "is the work itself",
    "incentives.work": "is the work itself",
    "incentives.plan": "takes back what was told by mistake, and says what is evaluated",
    "incentives.payout_work": "is the work itself",
    "awards.hand_over": "records what was handed over or returned",
    "awards.manage": "puts off, and asks for what another decides",
    "evaluations.score": "is the judge's own, in person",
    "throwaway.close": "asks nothing and gives nothing",
}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def colleague(department: Department, *roles: Role) -> User:
    return make.fresh(make.UserFactory(department=department, roles=list(roles)))


def stands_in(deputy: User, user: User) -> User:
    make.away(user, deputy, DAY, DAY + WEEK)
    return make.fresh(deputy)


@dataclass
class Asking:
    """`asker` asks for things of this department, in person or for `reviewer`; what follows is done by others."""

    department: Department
    asker: User
    reviewer: User

    def review(self) -> Review:
        if not heads_of(self.department.pk):
            make.head_of(self.department)
        return make.ReviewFactory(department=self.department)

    def visit(self, state: str) -> FieldVisit:
        """Written and made by others; asked for by `asker`."""
        visiting.fund()
        review, decider = self.review(), make.planner()
        head = make.head(review)
        visit = requests.write(review, visiting.plan(), visiting.team(review), actor=head)
        requests.submit(visit, actor=self.asker)
        if state == "rejected":
            requests.reject(visit, reason="없음", actor=decider)
        if state == "cancelled":
            requests.cancel(visit, reason="없음", actor=head)
        if state in ("approved", "reported", "settled"):
            requests.approve(visit, actor=decider)
        if state in ("reported", "settled"):
            orders.order(visit, "총무과-777", actor=visiting.orderer())
            with pretend(now() + WEEK):
                reports.travel(visit, actor=head)
                visiting.reported(visiting.again(visit), actor=head)
                if state == "settled":
                    reports.settle(visit, actor=decider)
        return visiting.again(visit)

    def follow_up(self, state: str) -> FollowUp:
        make.answered(self.review(), "adopt")
        given = {"implemented_on": DAY, "result": "반영", "files": [asked.paper()]}
        follow_ups.report(FollowUp.objects.get(), actor=self.asker, **given)
        if state == "confirmed":
            follow_ups.confirm(FollowUp.objects.get(), actor=make.planner())
        return FollowUp.objects.get()

    def extension(self, state: str) -> Review:
        """That waits to be decided; it is the review that changes by it."""
        review = self.review()
        reviews.assign(review, self.reviewer, actor=make.head(review))
        clocks.ask_extension(review, until=review.clock.due + WEEK, reason="자료", actor=self.asker)
        return Review.objects.get(pk=review.pk)

    def report(self, state: str) -> Case:
        """Entered by a colleague; who found it gets the points."""
        return make.CaseFactory(actor=make.UserFactory(), found_by=self.asker)

    def proposal(self, state: str) -> Proposal | Interim:
        if state == "draft":  # an interim answer to it
            with pretend(now() - 10 * WEEK):
                made = receiving.propose(CONTENT, [{"user": self.asker}], actor=self.asker)
            interims.draft_due(DAY)
            return Interim.objects.get(proposal=made)
        made = receiving.propose(CONTENT, [{"user": self.asker}], actor=self.asker)
        given: dict[str, Any] = {"reason": "사유", "actor": make.planner(), "version": made.version}
        if state in ("review", "reviewed"):
            (review,) = asked_departments(proposal=made)
            if state == "reviewed":
                answered(review, REJECTED)
        if state == "opinion":
            opinions.ask(made, "한빛시", **given)
        if state == "supplement":
            handling.ask_supplement(made, **given)
        if state == "converted":
            handling.convert(made, "suggestion", **given)
        if state == "transferred":
            handling.transfer(made, "한빛시", **given)
        if state == "no_proposal":
            notice: Any = {"ground": "complaint", "reason": "신고"}
            handling.decide(made, "no_proposal", notice, actor=make.planner(), version=made.version)
        if state == "rejected":
            answer: Any = {"present": "있음", "reason": "예산"}
            handling.decide(made, "rejected", answer, actor=make.planner(), version=made.version)
        if state == "linked":
            with pretend(now() - WEEK):
                first = entered()
            handling.link(made, first, **given)
        if state == "lapsed":
            asked_for = handling.ask_supplement(made, **given)
            with pretend(asked_for.due + WEEK):
                handling.lapse(made, **{**given, "version": made.version + 1})
        return Proposal.objects.get(pk=made.pk)

    def complaint(self, state: str) -> Complaint:
        """Of a text of `asker`."""
        made = receiving.propose(CONTENT, [{"user": self.asker}], actor=self.asker)
        found = complaints.complain(made, "personal", "이름", address=None)
        if state == "hidden":
            complaints.hide(found, reason="이름", actor=make.planner())
        if state == "covered":
            complaints.cover(found, ["비상벨"], reason="이름", actor=make.planner())
        return Complaint.objects.get(pk=found.pk)

    def call(self, state: str) -> Call:
        """Prepared by `asker` for the department of `reviewer`."""
        made = drafted(self.asker, department=self.reviewer.department)
        calls.ask(made, actor=self.asker)
        return Call.objects.get(pk=made.pk)

    def answer(self, state: str) -> ProposalReview:
        """To the own proposal; a head is there, and a colleague who writes it."""
        if not heads_of(self.department.pk):
            make.head_of(self.department)
        made = receiving.propose(CONTENT, [{"user": self.asker}], actor=self.asker)
        (review,) = asked_departments(self.department, proposal=made)
        writer = make.UserFactory(department=self.department)
        if state != "waiting":
            reviews.take(review, actor=writer)
        if state == "submitted":
            reviews.submit(review, REJECTED, actor=writer)
        return ProposalReview.objects.get(pk=review.pk)

    def more_time(self, state: str) -> ProposalReview:
        """For the answer to another's proposal."""
        if not heads_of(self.department.pk):
            make.head_of(self.department)
        (review,) = asked_departments(self.department)
        reviews.assign(review, self.reviewer, actor=make.head(review))
        clocks.ask_extension(review, until=review.clock.due + WEEK, reason="자료", actor=self.asker)
        return ProposalReview.objects.get(pk=review.pk)

    def undertaking(self, state: str) -> Undertaking:
        """Reported by the asker, or what it brought."""
        made = adopted(entered(), self.department)
        reporter = self.asker if state == "reported" else colleague(self.department)
        following.report(made, day=DAY, result="함", actor=reporter)
        if state == "carried_out":
            following.confirm(made, actor=make.planner())
            Effect.objects.create(undertaking=made, asked_on=DAY, due=DAY)
            replies.report_effect(made, saving=1, cost=0, words="", actor=self.asker)
        return Undertaking.objects.select_related("proposal", "effect").get(pk=made.pk)

    def objection(self, state: str) -> Objection:
        proposal = self.proposal("no_proposal")
        objecting.ask(proposal, "objection", reason="제안입니다.", actor=self.asker)
        return Objection.objects.get()

    def minutes(self, state: str) -> Session:
        """Written by the asker, or by another whose confirmed minutes the asker wants to read otherwise."""
        planned = meetings.planned()
        held = meetings.held(planned, actor=self.asker if state == "held" else make.planner())
        if state == "correcting":
            meetings.confirmed(held)
            corrections.ask_correction(
                Session.objects.get(pk=held.pk), minutes="다름", reason="오기", actor=self.asker
            )
        return Session.objects.get(pk=held.pk)

    def award(self, state: str) -> Award:
        """Whose revocation is asked for."""
        fund()
        held = given(withheld="연락 안 됨" if state == "withheld" else "")
        if state == "handed":
            handing.hand_over(held, handed_on=DAY, receipt="1", actor=make.planner())
        revoking.ask_revocation(held, reason="복제", note="복제", actor=self.asker)
        return Award.objects.get(pk=held.pk)

    def leak(self, state: str) -> Leak:
        """Of what the account of one of several officers has looked at."""
        for one in User.objects.filter(department=self.department):
            RoleAssignment.objects.create(user=one, role=Role.AUDITOR, valid_from=make.SINCE)
        act: dict[str, Any] = {"actor": officer()}
        known = leaks.register(facts(account=self.asker, **within_a_day()), **act)
        moment = now()
        if state != "known":
            leaks.report(known, reported_at=moment, receipt="1", **act)
        if state == "told":
            leaks.tell(known, told_at=moment, send=False, how="전화", **act)
        return Leak.objects.get(pk=known.pk)

    def practice(self, state: str) -> Practice:
        """Written by the asker, entered or not by the head of the department."""
        if not heads_of(self.department.pk):
            make.head_of(self.department)
        days = {"opens_on": DAY, "closes_on": DAY + WEEK}
        one = practices.practice(self.department, practices.announced(period=str(DAY.year), **days))
        practices.written(one, practices.people(100), actor=self.asker)
        if state == "missed":
            lapse_past(DAY + 2 * WEEK)
        else:
            enter(one, actor=heads_of(self.department.pk)[0])
        return Practice.objects.get(pk=one.pk)

    def bonus(self, state: str) -> Bonus:
        """Begun by a colleague, written by the asker, brought on by others."""
        if not heads_of(self.department.pk):
            make.head_of(self.department)
        people = practices.people(100)
        made = savings.written(people=people, actor=colleague(self.department))
        bonuses.write(made, savings.VALUES, people, actor=self.asker)
        bonuses.nominate(made, actor=heads_of(self.department.pk)[0])
        if state == "reviewed":
            savings.reviewed(made)
        if state == "decided":
            savings.decided(made)
        return Bonus.objects.get(pk=made.pk)

    def club(self, state: str) -> Club:
        return clubs.applied(self.asker, year=DAY.year)

    def grant(self, state: str) -> Request:
        return asked.grant(make.UserFactory(), actor=self.asker, day=DAY)


# How a thing comes to the state from which somebody decides on it.
MADE: dict[str, Callable[[Asking, str], Any]] = {
    "visits.decide": Asking.visit,
    "benchmarking.confirm_follow_up": Asking.follow_up,
    "benchmarking.decide_clock": Asking.extension,
    "benchmarking.take_in": Asking.report,
    "mileage.confirm": Asking.grant,
    "awards.revoke": Asking.award,
    "proposals.decide": Asking.proposal,
    "proposals.publish_call": Asking.call,
    "proposals.review": Asking.answer,
    "proposals.confirm": Asking.answer,
    "proposals.decide_clock": Asking.more_time,
    "proposals.decide_complaint": Asking.complaint,
    "proposals.confirm_following": Asking.undertaking,
    "proposals.grade_effect": Asking.undertaking,
    "proposals.decide_objection": Asking.objection,
    "meetings.confirm": Asking.minutes,
    "clubs.approve": Asking.club,
    "contests.allow": Asking.practice,
    "knowledge.answer": lambda one, state: knowledge.flaw(one.asker),
    "knowledge.approve": lambda one, state: knowledge.waiting(one.asker),
    "contests.bonus_record": Asking.bonus,
    "contests.bonus_grant": Asking.bonus,
    "incentives.payout_decide": lambda one, state: incentives.payout(one.asker, one.reviewer, state),
    "incentives.thank": lambda one, state: incentives.thanks(one.asker, one.reviewer, state),
    "incentives.approve": lambda one, state: incentives.division(one.asker, one.reviewer, state),
    "incentives.confirm": lambda one, state: incentives.week_report(one.asker, one.reviewer, state),
    "clubs.report_decide": lambda one, state: club_asked.report(one.asker, one.reviewer, state),
    "clubs.support_decide": lambda one, state: club_asked.support(one.asker, one.reviewer, state),
    "leaks.act": Asking.leak,
}
LEADERS: dict[str, Callable[[Any], User]] = {  # decided by who leads the department
    "proposals.review": make.head,
    "proposals.confirm": make.head,
    "incentives.confirm": incentives.head_of,
}
PERSONAL = {
    "proposals.review",
    "proposals.confirm",
    "proposals.decide_complaint",
    "proposals.decide",
    "proposals.decide_objection",
    "mileage.confirm",
    "benchmarking.take_in",
    "leaks.act",
    "clubs.approve",
    "incentives.thank",
    "knowledge.approve",
    "knowledge.answer",
}  # nobody asks for it in the name of another
# Of the time before the process, or come like from a robot: none of the staff asked for it.
BY_ITSELF = {("visits.decide", "recorded"), ("proposals.decide", "held")}


# Kept from whoever judges or entered, whoever asked: tests/evaluations, and each in tests/core/test_exclusions.py (E3).
JUDGED = {
    "evaluations.run",
    "evaluations.confirm",
    "evaluations.decide_challenge",
    "evaluations.take_back",
    "evaluations.answer",
    "evaluations.make_correction",
}


def _decided() -> list[tuple[str, str]]:
    """All from which a step that decides goes out; and what is decided in a row beside its thing."""
    steps = (step for workflow in WORKFLOWS for step in workflow.table.values())
    found = {
        (step.permission, str(state))
        for step in steps
        if step.permission in deciding() - JUDGED
        for state in step.sources
    }
    beside = {("benchmarking.decide_clock", "assigned"), ("proposals.decide_clock", "assigned")}
    return sorted((found - BY_ITSELF) | beside)


@pytest.mark.parametrize("by_deputy", [False, True])
@pytest.mark.parametrize(("permission", "state"), _decided())
def test_d9_who_asks_never_decides(permission: str, state: str, by_deputy: bool) -> None:
    """Neither in person, nor for a colleague, nor does anybody for them; asked for in somebody's name, that holds for
    both."""
    planning = make.planner().department
    asker, other = colleague(planning, Role.PLANNING), colleague(planning, Role.PLANNING)
    deputy = stands_in(make.head_of(make.DepartmentFactory()), asker)
    if by_deputy and permission in PERSONAL:
        return
    thing = MADE[permission](Asking(planning, deputy if by_deputy else asker, asker), state)
    assert thing.state == state

    substitute = stands_in(colleague(planning), asker)
    for person in (asker, deputy, substitute):
        refused(person, permission, thing)
    if permission in LEADERS:
        other = make.fresh(LEADERS[permission](thing))
    make.away(other, asker, DAY, DAY)
    refused(asker, permission, thing)
    asked_by = {asker.pk}
    if by_deputy:
        make.away(make.planner(), deputy, DAY, DAY)
        refused(deputy, permission, thing)
        asked_by.add(deputy.pk)
    assert whose_right(make.fresh(other), permission, thing) == other
    assert all(set(map(holders.never, asked_by)) <= keys for keys in kept_out(thing))


def refused(person: User, permission: str, thing: Any) -> None:
    """Every step and event that needs this permission."""
    actor = make.fresh(person)
    assert whose_right(actor, permission, thing) is None, actor.full_label
    for step in workflow_of(thing).table.values():
        if step.permission == permission:
            with pytest.raises(Refused), transaction.atomic():
                perform(thing, step.name, actor=actor, reason="사유")
    assert permission not in {
        workflow_of(thing).table[button.step].permission
        for button in offered(actor, thing)
        if button.step in workflow_of(thing).table
    }


def kept_out(thing: Any) -> list[set[str]]:
    """Of each open work about the thing that keeps anybody out: whom."""
    rows = OpenWork.objects.about(type(thing)).filter(object_id=thing.pk).prefetch_related("holders")
    found = [{h.key for h in row.holders.all() if h.key.startswith(holders.NEVER)} for row in rows]
    return [keys for keys in found if keys]


def test_d9_whatever_takes_up_what_others_brought_decides_or_says_why_not() -> None:
    """A new process cannot forget it."""
    said = set()
    for workflow in WORKFLOWS:
        for step in workflow.table.values():
            brought = {
                other.permission
                for other in workflow.table.values()
                if other.target in step.sources and other.permission not in (None, step.permission)
            }
            if step.permission and brought and step.permission not in deciding():
                assert step.permission in NOT_DECIDING, f"{workflow.label}: {step.name} keeps nobody apart"
                said.add(step.permission)
    assert said == set(NOT_DECIDING), "says why of what is no more"
