"""One small office with something of every kind in it, for tests that go through all pages."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from basis.documents.model import Document, Paragraph
from basis.periods import PeriodKind, containing
from benchmarking.enums import Decision
from benchmarking.models import FollowUp, Review
from benchmarking.services import dispatch, intake, past
from budgets import services as budget
from clubs.models import Best, Upkeep
from clubs.services.founding import Member
from contests.models import Practice
from core import attachments, health, jobs, passes, roomcode, saved
from core.actors import SYSTEM
from core.models import ClockAdjustment, Holiday
from core.now import now, pretend, today
from core.transition import record
from evaluations.enums import Body
from evaluations.models import Judge, Result, Sheet, Stage
from evaluations.services import conflicts, corrections, judges, rounds, sheets, slips, stages
from evaluations.services import objections as results_objections
from imports.models import Word
from imports.services.intake import begin
from imports.sockets import IMPORT_PAGES
from knowledge.models import Campaign
from knowledge.services import flaws, opinions, questions
from leaks.services import leaks, persons
from letters.models import Letter
from meetings.enums import Chair
from meetings.models import Panel, Seat, Session
from meetings.services import panels, seats, sessions
from meetings.services.decisions import Given
from mileage import catalogue as earn
from mileage.contests import contest_of
from mileage.models import Entry, Handover, Ranking
from mileage.services import awards, handover, rankings, requests
from mileage.sockets import EXCLUSIONS
from notifications.models import Mail, Notice
from notifications.services import notify, queue_mail
from organization.enums import IssueWay, Position, Role
from organization.models import AccessCheck, RoleAssignment, User
from organization.services import passwords, stafflists
from proposals.links import give_follower
from proposals.models import Follower, Interim, ProposalReview
from proposals.services import complaints, objecting, receiving
from proposals.services.interims import draft_due
from reports.enums import RunState
from reports.models import ReportRun
from reviews.services import clocks, reviews
from tests import factories as make
from tests import visiting
from tests.clubs import made as clubs
from tests.clubs import papers as club_papers
from tests.contests import made as practices
from tests.contests import savings
from tests.drawn import picture
from tests.evaluations import made as contest
from tests.evaluations import results as outcomes
from tests.incentives.world import incentives
from tests.knowledge import made as knowledge
from tests.leaks.made import facts, within_a_day
from tests.proposals import made as ideas
from tests.proposals.asked import asked
from tests.proposals.made import called, entered, sent
from tests.ranked import hand_over, prize_of
from tests.throwaway.models import Slip
from tests.throwaway.rules import LINK
from tests.workbooks import book
from visits.purse import TRAVEL
from visits.services import corrections as of_visits

ROLES = (
    "anonymous",
    "stranger",
    "reviewer",
    "head",
    "other_head",
    "planner",
    "general_affairs",
    "executive",
    "auditor",
    "admin",
    "judge",
)


@dataclass
class World:
    """People by role, the identifiers that addresses need, and the tokens of the bearers' passes."""

    people: dict[str, User | None]
    ids: dict[str, Any]
    tokens: dict[str, str]


def _past(planner: User) -> Any:
    """A case of an earlier year."""
    values = {"title": "지난 공유주차", "source_name": "○○시"}
    return past.take_in(
        [past.Record(year=2015, number=1, values=values, decision=Decision.ADOPT)], actor=planner
    )[0]


def build() -> World:
    """Department A reviews (assigned, an extension asked for); A has adopted another case; B has nothing to do."""
    health.pulse()
    day = today()
    begun = max(day - dt.timedelta(days=3), dt.date(day.year, 1, 1))
    ahead = dt.date(day.year + 1, 2, 1)
    ours, other = make.DepartmentFactory(name="교통행정과"), make.DepartmentFactory(name="복지정책과")
    people: dict[str, User | None] = {
        "anonymous": None,
        "stranger": make.UserFactory(department=other),
        "reviewer": make.UserFactory(department=ours),
        "head": make.head_of(ours),
        "other_head": make.head_of(other),
        "planner": make.planner(),
        "general_affairs": make.UserFactory(roles=[Role.GENERAL_AFFAIRS]),
        "executive": make.UserFactory(position=Position.VICE_MAYOR, roles=[Role.EXECUTIVE]),
        "auditor": make.UserFactory(roles=[Role.AUDITOR]),
        "admin": make.UserFactory(roles=[Role.ADMINISTRATOR]),
        "judge": make.UserFactory(department=None, position=Position.EXTERNAL, roles=[Role.JUDGE]),
    }
    reviewer, head, planner = people["reviewer"], people["head"], people["planner"]
    assert reviewer
    assert head
    assert planner
    with pretend(begun):
        case, adopted = make.CaseFactory(), make.CaseFactory()
        dispatch.dispatch([case, adopted], [ours], actor=planner)
        review = Review.objects.get(case=case)
        reviews.assign(review, reviewer, actor=head)
        reviews.submit(Review.objects.get(case=adopted), make.answer(Decision.ADOPT), actor=head)
        for year in {begun.year, day.year + 1}:
            visiting.allocate(year=year)
        travelled = visiting.visit("travelled", review=review, people=[reviewer], visited_on=begun)
        settled = visiting.visit("settled", review=review, people=[head], visited_on=begun)
        ordered = visiting.visit("ordered", review=review, people=[head], visited_on=ahead)
    before = {"case": case, "visited_on": begun, "host": "○○시", "purpose": "공유주차", "headcount": 4}
    recorded = of_visits.record_visit(before, department=ours, actor=planner)
    to = next(d for n in range(2, 9) if (d := review.clock.due + dt.timedelta(days=n)).weekday() < 5)
    clocks.ask_extension(review, until=to, reason="회신을 기다립니다.", actor=reviewer)
    files = [ContentFile(b"%PDF-1.4 test", name="a.pdf"), ContentFile(picture(), name="b.png")]
    file, drawn = attachments.attach(case, files, actor=planner)
    holiday = Holiday.objects.create(date=dt.date(day.year + 1, 3, 3), name="임시공휴일", declared_by=planner)
    absence = make.away(head, reviewer, day + dt.timedelta(days=40), day + dt.timedelta(days=41))
    budget.allocate(TRAVEL, day.year, 1_250_000, document="기획예산과-1131", reason="편성", actor=planner)
    notify("test", [planner], title="알림", key="world", mail=False)
    mail = queue_mail("test", planner, subject="메일", key="world-mail", text="내용")
    assert isinstance(mail, Mail)
    leak = leaks.register(facts(account=reviewer, **within_a_day()), actor=people["auditor"])
    filtered = saved.save(planner, path="/benchmarking/", label="올해", query="year=2026")
    ranking, handed = _mileage(reviewer, planner, people["general_affairs"])
    colleague = make.UserFactory(department=planner.department, roles=[Role.PLANNING])
    (earned,) = awards.award([awards.Award(earn.FINDING, reviewer, "world", day, "사례 발굴")], actor=planner)
    granted = requests.request_grant(
        people=[reviewer],
        rule=earn.FINDING,
        amount=None,
        day=day,
        title="누락분",
        reason="누락",
        files=[ContentFile(b"%PDF-1.4 test", name="b.pdf")],
        actor=colleague,
    )
    panel, seat, session = _meeting(people["judge"], people["reviewer"], colleague)
    slip, slip_file, tokens = _slips()
    writing, tokens["writer"] = receiving.begin()
    proposal, tokens["proposer"] = sent()
    (drawing,) = attachments.attach(proposal, [ContentFile(picture(), name="c.png")], actor=SYSTEM)
    answer, interim = _asked_about_a_proposal(reviewer, head)
    followed = Follower.objects.create(proposal=proposal, email="neighbour@example.org")
    tokens["follower"] = give_follower(followed)
    complaint = complaints.complain(entered(), "personal", "이름이 있습니다.", address="203.0.113.7")
    undertaking = ideas.adopted(ideas.entered(planner), ours)
    disputed = ideas.dismissed(sent()[0])
    objection = objecting.ask(disputed, "objection", reason="제안입니다.", actor=ideas.proposer_of(disputed))
    judging = _judging(people)
    tokens["resident"] = judging.pop("token")
    judged = _judged(reviewer)
    practice = practices_of(ours)
    returned = make.CaseFactory(actor=reviewer, found_by=reviewer)
    intake.return_report(returned, reason="내용을 더 적어 주세요.", actor=planner)
    ids = {
        "ranking": ranking.pk,
        "award": prize_of(ranking.rows.get(place=1)).pk,
        "handover": handed.pk,
        "entry": earned.pk,
        "mileage_request": granted.pk,
        "case": case.pk,
        "registered": make.CaseFactory().pk,
        "reported": make.CaseFactory(actor=reviewer, found_by=reviewer).pk,
        "returned": returned.pk,
        "review": review.pk,
        "visit": ordered.pk,
        "travelled": travelled.pk,
        "settled": settled.pk,
        "recorded": recorded.pk,
        "past_case": _past(planner).pk,
        "past_proposal": ideas.recorded(planner).pk,
        "adjustment": ClockAdjustment.objects.get(clock=review.clock).pk,
        "proposal_review": answer.pk,
        "proposal_adjustment": ClockAdjustment.objects.get(clock=answer.clock).pk,
        "interim": interim.pk,
        "follow_up": FollowUp.objects.get().pk,
        "attachment": file.pk,
        "picture": drawn.pk,
        "department": ours.pk,
        "user": reviewer.pk,
        "role": RoleAssignment.objects.filter(user=people["judge"]).get().pk,
        "holiday": holiday.pk,
        "absence": absence.pk,
        "leak": leak.pk,
        "leak_group": persons.count(leak, title="종이 서류", people=12, actor=people["auditor"]).pk,
        "check": AccessCheck.objects.create(month=dt.date(day.year - 1, 12, 1)).pk,
        "notice": Notice.objects.get(recipient=planner, kind="test").pk,
        "mail": mail.pk,
        "saved_filter": filtered.pk,
        "intake": _intake(planner),
        "word": Word.objects.create(kind="benchmarking-cases", written="제목", means="title").pk,
        "job": jobs.enqueue("core.export", "작업", {}, actor=planner).pk,
        "report": _report(planner).pk,
        "writing": writing.pk,
        "proposal": proposal.pk,
        "proposal_file": drawing.pk,
        "complaint": complaint.pk,
        "follower": followed.pk,
        "call": called(actor=planner).pk,
        **_clubs(reviewer),
        **_papers_of_a_club(reviewer, judged["result"]),
        **incentives(reviewer),
        **_knowledge(reviewer),
        "contest": practice.contest_id,
        "practice": practice.pk,
        "bonus": savings.written(actor=reviewer).pk,
        "panel": panel.pk,
        "seat": seat.pk,
        "session": session.pk,
        "decision": session.decisions.get().pk,
        "letter": Letter.objects.about(proposal).get(kind="proposals.received").pk,
        "undertaking": undertaking.pk,
        "objection": objection.pk,
        "slip": slip,
        **judging,
        **judged,
        "slip_file": slip_file,
        "password_issue": passwords.ask([reviewer], IssueWay.PAPER, actor=people["admin"]).pk,
        "staff_list": stafflists.take_in([], title="명단", actor=people["admin"]).pk,
        "nothing": 999_999,
        "policy": "benchmarking.review_days",
    }
    return World(people, ids, tokens)


def _clubs(reviewer: User) -> dict[str, int]:
    """A club with a member to be looked at; one that the reviewer writes, one that waits for planning."""
    day = today()
    year = {"year": day.year}
    club = clubs.club(begun_on=day)
    seat = clubs.seat_of(club, clubs.one_of(club, Chair.MEMBER, 1))
    upkeep = Upkeep.objects.create(club=club, seat=seat, cause="moved", since=day)
    record(upkeep, "noted", actor=SYSTEM)
    return {
        "club": club.pk,
        "club_seat": seat.pk,
        "club_draft": clubs.application(reviewer, **year).pk,
        "club_applied": clubs.applied(reviewer, **year).pk,
        "upkeep": upkeep.pk,
        "topic": clubs.topic(**year).pk,
    }


def _papers_of_a_club(secretary: User, result: int) -> dict[str, Any]:
    """A club whose papers the reviewer keeps: a report begun, money asked for, a best contributor to be named."""
    day = today()
    bureau = clubs.bureau()
    members = [
        Member(make.UserFactory(department=bureau), Chair.CHAIR),
        Member(secretary, Chair.SECRETARY, 1),
        Member(make.UserFactory(department=bureau), Chair.MEMBER, 1),
    ]
    club = clubs.club(name="주차연구회", bureau=bureau, people=members, begun_on=day)
    half = containing(day, PeriodKind.HALF).key
    best = Best.objects.create(
        club=club,
        round=Result.objects.get(pk=result).entry.round,
        team=1,
        grade="최우수",
        due_on=day + dt.timedelta(days=14),
    )
    return {
        "own_club": club.pk,
        "club_report": club_papers.written(club_papers.report(club, "half", half)).pk,
        "club_support": club_papers.asked(club, day=day).pk,
        "club_best": best.pk,
    }


def _knowledge(writer: User) -> dict[str, int]:
    """A post that stands, in a field, with an opinion."""
    field = knowledge.field()
    post = knowledge.standing(writer, field=field)
    opinion = opinions.say(post, "접수 시각을 함께 적어 두면 나중에 찾기 쉽습니다.", actor=writer)
    question = questions.ask({"title": "무엇을 먼저 하나요?", "field": field}, actor=knowledge.staff())
    day = today()
    campaign = Campaign.objects.create(
        month="2026-M09", title="지식등록의 날", begins_on=day, ends_on=day, state="open"
    )
    record(campaign, "create", actor=SYSTEM)
    return {
        "knowledge_field": field.pk,
        "post": post.pk,
        "question": question.pk,
        "question_answer": questions.reply(question, text="서류부터 봅니다.", actor=writer).pk,
        "flaw": flaws.report(post, passage=post.title, remark="다릅니다.", actor=knowledge.staff()).pk,
        "campaign": campaign.pk,
        "opinion": opinion.pk,
    }


def practices_of(department: Any) -> Practice:
    """An open contest in which the department has its practice to write."""
    day = today()
    days = {"opens_on": day, "closes_on": day + dt.timedelta(days=20)}
    found = practices.announced(period=str(day.year), title="우수사례 경진대회", **days)
    return practices.practice(department, found)


def _asked_about_a_proposal(reviewer: User, head: User) -> tuple[ProposalReview, Interim]:
    """The reviewer's department is asked about one that is late, and has asked for more time."""
    with pretend(today() - dt.timedelta(days=50)):
        proposal = entered(title="버스 정류장 의자")
    with pretend(today() - dt.timedelta(days=1)):
        (answer,) = asked(head.department, proposal=proposal)
        reviews.assign(answer, reviewer, actor=head)
        until = next(d for n in range(1, 9) if (d := answer.clock.due + dt.timedelta(days=n)).weekday() < 5)
        clocks.ask_extension(answer, until=until, reason="현장 확인", actor=reviewer)
    draft_due(today())
    return answer, Interim.objects.get(proposal=proposal)


def _meeting(judge: User | None, doer: User | None, writer: User) -> tuple[Panel, Seat, Session]:
    """The judge from outside chairs a panel that has met; the minutes wait for their confirmation."""
    panel = panels.make({"name": "심사위원회", "size": 1, "begun_on": make.SINCE}, actor=writer)
    term = {"chair": "chair", "basis": "appointed", "sex": "female", "starts_on": make.SINCE}
    ends_on = dt.date(today().year + 2, 12, 31)
    assert judge
    seat = seats.appoint(panel, judge, {**term, "official": False, "ends_on": ends_on}, actor=writer)
    at = {"held_on": today(), "begins_at": dt.time(0), "place": "회의실", "items": [("안건", None)]}
    session = sessions.plan(panel, **at, actor=writer)
    outcomes = {session.items.get().pk: ("passed", "", None, None, None)}
    given = [Given("기준을 다듬는다", person=doer)]
    told = {"minutes": "논의함.", "ends_at": None, "decided": given}
    held = sessions.hold(session, present={seat.pk}, outcomes=outcomes, **told, actor=writer)
    held.decisions.update(state="open")  # as when the minutes are confirmed, which here they are not yet
    return panel, seat, held


def _judging(people: dict[str, User | None]) -> dict[str, Any]:
    """A round in preparation, one being scored by the outside judge (one entry done, the other begun) and by a chair,
    with a challenge to decide, and one scored by residents."""
    judge, reviewer, planner = people["judge"], people["reviewer"], people["planner"]
    assert judge
    assert reviewer
    assert planner
    contest.stalls(3, keeper=reviewer)
    stage = contest.scoring([judge], chair=contest.outsider(name="위원장"))
    own = (
        Sheet.objects.select_related("judge__user", "entry")
        .filter(judge__user=judge)
        .order_by("entry__number")
    )
    done, begun, left = own
    contest.score(done, 8)
    sheets.save_mark(begun, next(iter(contest.marks(begun))), 6, actor=judge)
    other = Judge.objects.get(stage=stage, seat__chair=Chair.CHAIR)
    challenge = conflicts.challenge(done.entry, done.judge, "친분이 있습니다.", actor=reviewer)
    coming = rounds.make("fair", "2026-H2", actor=planner)
    rounds.take_in(coming, actor=planner)
    residents = contest.opened([], body=Body.RESIDENTS, period="2025-H2")
    ((_number, code),) = slips.make(residents, 1, actor=planner)
    stages.start(residents, actor=planner)
    ballot, token = slips.enter(code, roomcode.shown(slips.room(residents)), "203.0.113.7")
    waiting = Stage.objects.get(round=coming)
    return {
        "round": coming.pk,
        "running": stage.round_id,
        "stage": stage.pk,
        "waiting": waiting.pk,
        "residents": residents.pk,
        "judged_entry": left.entry_id,
        "fellow": other.pk,
        "unsigned": judges.ask_instead(stage, contest.another(stage), actor=planner).pk,
        "judging": done.judge_id,
        "sheet": begun.pk,
        "done_sheet": done.pk,
        "paper": Sheet.objects.filter(judge=other).first().pk,  # type: ignore[union-attr]  # it is there
        "challenge": challenge.pk,
        "ballot": ballot.pk,
        "token": token,
    }


def _judged(entrant: User) -> dict[str, Any]:
    """A round whose scoring is over, one announced with an objection, one confirmed and to be corrected."""
    marks = ((9, 8, 9), (7, 7, 8), (5, 6, 5))
    draft = outcomes.drafted(marks, period="2025-H1")
    told = outcomes.announced(marks=marks, period="2024-H2")
    entry = told.entries.order_by("number").first()
    assert entry
    disputed = results_objections.ask(entry, reason="점수를 다시 보아 주세요.", actor=entrant)
    with pretend(today() - dt.timedelta(days=60)):
        done = outcomes.confirmed(marks=marks, period="2024-H1")
    with pretend(today() - dt.timedelta(days=20)):
        outcomes.session(done)
        first = Result.objects.filter(entry__round=done).order_by("place").first()
        assert first
        asked_for = corrections.ask(first, None, reason="베낀 것으로 밝혀졌다.", actor=make.planner())
    return {
        "draft_round": draft.pk,
        "told_round": told.pk,
        "told_entry": entry.pk,
        "result": first.pk,
        "disputed": disputed.pk,
        "correction": asked_for.pk,
    }


def _intake(planner: User) -> int:
    """A file with one row, which is at fault."""
    heads = "사례명/기관 구분/기관명/발굴 경로/분야/예산 구분/주요 내용/발굴일".split("/")
    row = ["짧음", "시·군·구", "가나시", "언론보도", "건설교통", "저예산", "내용", "내일"]
    return begin(IMPORT_PAGES["benchmarking-cases"], book(heads, row), actor=planner).pk


def _mileage(reviewer: User, planner: User, clerk: User | None) -> tuple[Ranking, Handover]:
    """A confirmed 창의왕 of last quarter with one of two prizes handed out; the reviewer's hours handed over."""
    quarter = containing(today(), PeriodKind.QUARTER).previous()
    contest = contest_of("creative_king")
    awards.award(
        [
            awards.Award(rule, user, f"{user.pk}", quarter.start, "지식")
            for user, rule in (
                (reviewer, earn.POST_IDEA),
                (planner, earn.POST_CLUB),
                (reviewer, earn.VISIT_HOURS),
            )
        ],
        actor=SYSTEM,
    )
    with EXCLUSIONS.only():  # nobody has proposed anything in that quarter
        ranking = rankings.confirm(rankings.draft(contest, quarter, actor=planner), actor=planner)
    hand_over(ranking.rows.get(place=1), given_on=today())
    hours = Entry.objects.filter(account__scheme="learning")
    handed = handover.hand_over(hours, document="총무과-1131", handed_on=today(), actor=clerk)
    return ranking, handed


def _slips() -> tuple[int, Any, dict[str, str]]:
    """A slip with a file, and the tokens of its bearer and of another slip's."""
    slip, other = Slip.objects.create(title="회신표"), Slip.objects.create(title="다른 회신표")
    (file,) = attachments.attach(slip, [ContentFile(b"%PDF-1.4 test", name="c.pdf")], actor=SYSTEM)
    until = now() + dt.timedelta(days=30)
    tokens = {
        name: passes.issue(one, kind=LINK, label="소지자", until=until, actor=SYSTEM)[1]
        for name, one in (("bearer", slip), ("other_bearer", other))
    }
    return slip.pk, file.pk, tokens


def _report(planner: User) -> ReportRun:
    """A report as the job leaves it; what it says does not matter here."""
    document = Document(title="보고", office="한빛구청", made_on=today(), blocks=(Paragraph("내용"),))
    run = ReportRun.objects.create(
        slug="benchmarking-analysis",
        period="2025",
        state=RunState.MADE,
        made_at=now(),
        as_of=today(),
        figures=document.to_json(),
        asked_by=planner,
    )
    for name in ("a.xlsx", "a.hwpx"):
        attachments.store(
            run, ContentFile(b"file", name=name), name=name, mime="application/zip", actor=SYSTEM
        )
    return run
