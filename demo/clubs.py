"""Learning clubs of the demonstration, each step through its service (C1–C5): last year's as they were taken in before
they were judged, this year's with their meetings, papers and money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from budgets import services as budgets
from clubs.enums import BestState, ClubKind, ReportKind, SupportState, TopicSource
from clubs.models import Best, Club, Report, Support, Topic
from clubs.policies import LAST_MONTH
from clubs.purse import SUPPORT
from clubs.selectors.members import nominees
from clubs.services import bests, reports, supports
from clubs.services import past as earlier
from clubs.services.founding import Member, TeamPlan, found
from core.now import today as now_day
from demo import judging
from demo.days import workday_after, workday_from, workday_until
from demo.files import read
from demo.organization import department, person, planner
from demo.timeline import Timeline, do, logged
from meetings.enums import Chair, Presence
from meetings.models import Seat, Session
from meetings.services import past, sessions
from organization.enums import DepartmentRole, Position
from organization.models import Department, User

AT, UNTIL, PLACE = time(16), time(18), "구청 4층 소회의실"
MONEY = 6_500_000
FIRST_DAYS = 20  # of the year in which its clubs begin
HALF_SENT = (7, 7)
TAKEN_IN, WRITTEN, JUDGED_FROM, CONFIRMED = (10, 12), (10, 27), (11, 3), (12, 8)  # of last year
RECEIPT = ContentFile(b"%PDF-1.4 demonstration", name="영수증.pdf")
DOCUMENT = "기획예산과-{year}"
Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A club of a year: its row of clubs.toml, its place among them, the day on which it begins."""

    row: Row
    place: int
    year: int
    begun: date

    @property
    def name(self) -> str:
        return str(self.row["name"])

    def club(self) -> Club:
        return Club.objects.select_related("panel", "bureau").get(year=self.year, name=self.name)

    def topic(self, words: dict[str, Any]) -> str:
        source, _colon, number = self.row["topics"][0].partition(":")
        return str(words["lists"][source][int(number) - 1])


def add(timeline: Timeline, today: date) -> None:
    words = read("clubs")
    last = today.year - 1
    taken_in = workday_from(date(last, *TAKEN_IN))
    timeline.add(workday_from(date(last, 1, 12)), partial(_fund, last))
    for place, row in enumerate(words["clubs"]):
        plan = Plan(row, place, last, date(last, 2, 3))
        timeline.add(taken_in, partial(_take_in, plan, words))
    _judge(timeline, words, last)
    begun = min(workday_from(date(today.year, 2, 2)), workday_until(today - timedelta(days=FIRST_DAYS)))
    timeline.add(begun, partial(_fund, today.year))
    timeline.add(begun, partial(_list, words, today.year))
    for place, row in enumerate(words["clubs"]):
        plan = Plan(row, place, today.year, begun)
        timeline.add(begun, partial(_found, plan))
        _live(timeline, plan, words, today)


def _fund(year: int) -> None:
    do(
        budgets.allocate,
        SUPPORT,
        year,
        MONEY,
        document=DOCUMENT.format(year=year),
        reason="본예산",
        actor=planner(),
    )


def _list(words: Row, year: int) -> None:
    with logged(planner()):
        for source in (TopicSource.CORE, TopicSource.PLEDGE):
            for number, title in enumerate(words["lists"][source.value], start=1):
                Topic.objects.create(year=year, source=source, number=number, title=title)


# -- who is in them
def _people(plan: Plan) -> list[Member]:
    """The head of the bureau, and those of its departments who are in no club before them in the list."""
    lead = plan.row.get("bureau") or plan.row["president"]
    head = User.objects.get(department=department(lead), position=Position.BUREAU_HEAD, is_active=True)
    chairs = [Chair.LEADER, Chair.LEADER, Chair.SECRETARY, Chair.SECRETARY]
    members = [
        Member(user, chairs[place] if place < len(chairs) else Chair.MEMBER, place % 2 + 1)
        for place, user in enumerate(_members(plan))
    ]
    return [Member(head, Chair.CHAIR), *members]


def _members(plan: Plan) -> Sequence[User]:
    rows = User.objects.filter(
        is_active=True, position__in=(Position.OFFICER, Position.TEAM_LEADER, Position.HEAD)
    )
    rows = rows.exclude(department=None).exclude(
        department__role=DepartmentRole.PLANNING
    )  # who decides on them
    rows = rows.order_by("-rank", "employee_number")
    if code := plan.row.get("bureau"):
        rows = rows.filter(department__in=_below(department(code)))
        before = sum(1 for other in read("clubs")["clubs"][: plan.place] if other.get("bureau") == code)
        return list(rows[before * plan.row["people"] :][: plan.row["people"]])
    return list(rows[plan.place :: 17][: plan.row["people"]])


def _below(bureau: Department) -> list[int]:
    rows = Department.objects.filter(parent=bureau).values_list("pk", flat=True)
    return [bureau.pk, *rows]


def _values(plan: Plan, words: Row) -> Row:
    code = plan.row.get("bureau")
    return {
        "year": plan.year,
        "kind": ClubKind.BUREAU if code else ClubKind.JOINT,
        "name": plan.name,
        "bureau": department(code) if code else None,
        "goal": f"{plan.topic(words)}의 해결안 연구",
        "plan": "매월 정기모임과 현장 확인, 하반기에 연구성과 보고",
    }


# -- last year
def _take_in(plan: Plan, words: Row) -> None:
    """As the office brought it from its papers; its results are written here."""
    values = _values(plan, words)
    row = earlier.PastClub(
        year=plan.year,
        name=plan.name,
        kind=values["kind"],
        bureau=values["bureau"],
        begun_on=plan.begun,
        people=[replace(one, since=plan.begun) for one in _people(plan)],
        goal=values["goal"],
        topics=tuple(plan.topic(words) for _team in range(2)),
    )
    do(earlier.take_in, [row], actor=planner())
    club = plan.club()
    assert club.panel is not None
    seats = list(club.panel.seats.all())
    for month in range(3, 11):
        if (plan.place + month) % 7 == 0:
            continue
        day = workday_from(date(plan.year, month, 5 + plan.place))
        came = {seat.user_id for number, seat in enumerate(seats) if (number + month) % 6}
        do(
            past.take_in,
            past.PastSession(
                club.panel, _title(words, month), day, AT, came, UNTIL, PLACE, _minutes(plan, words)
            ),
            actor=planner(),
        )


def _judge(timeline: Timeline, words: Row, year: int) -> None:
    timeline.add(workday_from(date(year, *WRITTEN)), partial(_send_results, words, year))
    made = workday_from(date(year, *JUDGED_FROM))
    confirmed = workday_from(date(year, *CONFIRMED))
    round = {**words["judging"], "period": str(year), "made": made, "confirmed": confirmed}
    judging.add_past(timeline, judging.Contest(round))
    timeline.add(workday_after(confirmed), partial(_name, words, year))


def _send_results(words: Row, year: int) -> None:
    with logged():
        reports.ask_due(now_day())
    rows = Report.objects.filter(kind=ReportKind.RESULT, period=str(year))
    for one in rows.select_related("club__panel").order_by("club"):
        plan = next(row for row in words["clubs"] if row["name"] == one.club.name)
        _send(one, Plan(plan, 0, year, one.club.approved_on or now_day()), words)


def _name(words: Row, year: int) -> None:
    """Presidents name their best contributors."""
    rows = Best.objects.filter(round__period=str(year), state=BestState.OPEN).select_related("club__panel")
    for one in rows.order_by("club", "team"):
        chosen = nominees(one)[0]
        do(
            bests.name,
            one,
            chosen,
            reason=words["words"]["reason"],
            wish=words["words"]["wish"],
            actor=_one_of(one.club, Chair.CHAIR),
        )


# -- this year
def _found(plan: Plan) -> None:
    words = read("clubs")
    do(found, _values(plan, words), _people(plan), _teams(plan), begun_on=now_day(), actor=planner())


def _teams(plan: Plan) -> list[TeamPlan]:
    teams = []
    for number, key in enumerate(plan.row["topics"], start=1):
        source, _colon, place = key.partition(":")
        teams.append(
            TeamPlan(number, "", Topic.objects.get(year=plan.year, source=source, number=int(place)))
        )
    return teams


def _live(timeline: Timeline, plan: Plan, words: Row, today: date) -> None:
    """A meeting each month, planned two weeks before, written the day after, confirmed the day after that; the paper of
    the month with it. Here and there one is missing."""
    for month, day in _days(plan, today):
        told = max(plan.begun, workday_until(day - timedelta(days=14)))
        timeline.add(told, partial(_invite, plan, words, month, day))
        timeline.add(workday_after(day), partial(_write, plan, words, day))
        timeline.add(workday_after(workday_after(day)), partial(_confirm, plan, day))
    for month in range(plan.begun.month, LAST_MONTH.declared(plan.begun) + 1):
        due = workday_from(date(plan.year + month // 12, month % 12 + 1, 2))
        timeline.add(due, partial(_report, plan, words, ReportKind.MONTH, f"{plan.year}-M{month:02}"))
    half, result = (workday_from(date(plan.year, *day)) for day in (HALF_SENT, WRITTEN))
    timeline.add(half, partial(_report, plan, words, ReportKind.HALF, f"{plan.year}-H1"))
    timeline.add(result, partial(_report, plan, words, ReportKind.RESULT, f"{plan.year}"))
    spent = workday_from(plan.begun + timedelta(days=40 + 9 * plan.place))
    kind = words["words"]["support"][plan.place % 3]
    timeline.add(workday_until(spent - timedelta(days=10)), partial(_ask, plan, kind, spent))
    if plan.place % 5 != 4:
        timeline.add(workday_until(spent - timedelta(days=6)), partial(_approve, plan))
    if plan.place % 4 != 3:
        timeline.add(workday_after(spent), partial(_claim, plan, kind))
        timeline.add(workday_from(spent + timedelta(days=6)), partial(_settle, plan))


def _days(plan: Plan, today: date) -> Iterator[tuple[int, date]]:
    """A day of each month, and one soon, if that is another."""
    days = dict[date, int]()
    for month in range(plan.begun.month, LAST_MONTH.declared(plan.begun) + 1):
        day = workday_from(date(plan.year, month, 6 + plan.place))
        if plan.begun < day and (plan.place + month) % 8:
            days[day] = month
    soon = workday_from(today + timedelta(days=2 + plan.place))
    if soon.year == plan.year:
        days.setdefault(soon, soon.month)
    for day, month in days.items():
        yield month, day


def _title(words: Row, month: int) -> str:
    titles = words["words"]["meetings"]
    return str(titles[month % len(titles)])


def _minutes(plan: Plan, words: Row) -> str:
    return str(words["words"]["minutes"]).strip().format(topic=plan.topic(words))


def _one_of(club: Club, chair: str) -> User:
    assert club.panel is not None
    seat = club.panel.seats.on(now_day()).filter(chair=chair).order_by("pk").first()
    assert seat is not None
    return person(seat.user.employee_number)


def _invite(plan: Plan, words: Row, month: int, day: date) -> None:
    club = plan.club()
    assert club.panel is not None
    do(
        sessions.plan,
        club.panel,
        held_on=day,
        begins_at=AT,
        place=PLACE,
        items=[(_title(words, month), None)],
        actor=_one_of(club, Chair.SECRETARY),
    )


def _session(plan: Plan, day: date) -> Session:
    return Session.objects.get(panel__club__name=plan.name, panel__club__year=plan.year, held_on=day)


def _write(plan: Plan, words: Row, day: date) -> None:
    session = _session(plan, day)
    seats = session.panel.seats.on(day).order_by("pk")
    do(
        sessions.hold,
        session,
        present=_presence(list(seats), day),
        ends_at=UNTIL,
        minutes=_minutes(plan, words),
        outcomes={},
        actor=_one_of(plan.club(), Chair.SECRETARY),
    )


def _presence(seats: list[Seat], day: date) -> dict[int, Presence]:
    """Most come, one is late, one looks on from afar, one stays away."""
    kinds = {day.day % 7: Presence.LATE, day.day % 5: Presence.ONLINE, day.month % 6: Presence.ABSENT}
    found = {seat.pk: kinds.get(number, Presence.PRESENT) for number, seat in enumerate(seats)}
    return {pk: kind for pk, kind in found.items() if kind != Presence.ABSENT}


def _confirm(plan: Plan, day: date) -> None:
    do(sessions.confirm, _session(plan, day), actor=_one_of(plan.club(), Chair.LEADER))


def _report(plan: Plan, words: Row, kind: str, period: str) -> None:
    """Here and there one is missing."""
    if (plan.place + now_day().month) % 6 == 1:
        return
    if plan.place == 0 or not Report.objects.filter(club=plan.club(), kind=kind, period=period).exists():
        with logged():
            reports.ask_due(now_day())
    one = Report.objects.filter(club=plan.club(), kind=kind, period=period).first()
    if one is not None:
        _send(one, plan, words)


def _send(report: Report, plan: Plan, words: Row) -> None:
    said, topic = words["words"], plan.topic(words)
    texts = {
        "title": topic,
        "done": said["done"].format(topic=topic),
        "findings": said["findings"].format(topic=topic),
        "next": said["next"],
    }
    secretary = _one_of(report.club, Chair.SECRETARY)
    do(reports.write, report, texts, actor=secretary)
    do(reports.send, report, actor=secretary)


def _ask(plan: Plan, kind: Sequence[Any], spent: date) -> None:
    purpose, title, payee, amount, _actual = kind
    values = {
        "purpose": purpose,
        "title": title,
        "payee": payee,
        "amount": amount,
        "day": spent,
        "detail": title,
    }
    club = plan.club()
    do(supports.ask, club, values, actor=_one_of(club, Chair.SECRETARY))


def _support(plan: Plan, state: SupportState) -> Support | None:
    return Support.objects.filter(club=plan.club(), state=state).first()


def _approve(plan: Plan) -> None:
    if one := _support(plan, SupportState.ASKED):
        do(supports.approve, one, actor=planner())


def _claim(plan: Plan, kind: Sequence[Any]) -> None:
    if one := _support(plan, SupportState.APPROVED):
        secretary = _one_of(plan.club(), Chair.SECRETARY)
        do(supports.claim, one, actual=kind[-1], day=one.day, files=[RECEIPT], actor=secretary)


def _settle(plan: Plan) -> None:
    if one := _support(plan, SupportState.CLAIMED):
        do(supports.settle, one, actor=planner())
