"""City-district projects of the demonstration, each step through its service (I1–I6): this year's from the registration
through its weeks and briefings up to today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from basis.periods import PeriodKind, containing
from core.now import today as now_day
from demo import incentive_results
from demo.days import workday_after, workday_from, workday_until
from demo.files import read
from demo.incentive_results import last_year
from demo.organization import department, person, planner
from demo.timeline import Timeline, do, logged
from incentives.enums import (
    BriefingKind,
    DivisionState,
    Kind,
    Level,
    Post,
    Role,
    Shape,
    Way,
    WeeklyState,
)
from incentives.models import Briefing, Division, Indicator, WeekReport
from incentives.services import briefings, contacts, indicators, plans, projects, weekly, weeks
from incentives.services.indicators import Typed
from incentives.services.weekly import New
from meetings.models import Session
from meetings.planning import Monthly
from meetings.selectors import seated
from meetings.services import sessions
from organization.enums import Position
from organization.models import User

REGISTERED, TOLD, WRITTEN, APPROVED = (1, 19), (2, 16), (2, 19), (2, 24)
BRIEFED, FIRST_WEEK, SUBMIT_ON = (1, 26), (2, 27), (10, 30)
SHAPES = {"h": Shape.HIGHER, "l": Shape.LOWER, "y": Shape.YES}
THIRD_TUESDAY = Monthly(nth=3, weekday=1)
BEGINS, ENDS, PLACE = time(14), time(16), "기획상황실"
HEAD_OF_PLANNING = "100014"  # who confirms minutes that the planner wrote
YEAR = Decimal(365)
WEEK = timedelta(days=7)
Row = dict[str, Any]


@dataclass(frozen=True)
class Leaf:
    """A row of an item in the file."""

    name: str
    marks: int
    unit: str
    shape: str
    target: Decimal
    pace: Decimal

    def at(self, day: date) -> Decimal:
        """Where it stands on the day: along its path, at its own pace; a level is as good as that all the year."""
        done = Decimal((day - date(day.year, 1, 1)).days) / YEAR
        if self.shape == "y":
            return Decimal(int(done > Decimal("0.5")))
        if self.shape == "l":
            return round(self.target / self.pace, 1)
        whole = self.target * done * self.pace
        return round(whole, 1) if self.unit in ("%", "점") else Decimal(int(whole))


def leaves(row: Row) -> Iterator[Leaf]:
    for _field, _item, found in row["items"]:
        for name, marks, unit, shape, target, pace in found:
            yield Leaf(name, marks, unit, shape, Decimal(str(target)), Decimal(str(pace)))


def add(timeline: Timeline, today: date) -> None:
    year, rows = today.year, read("incentives")["projects"]
    timeline.grow(Indicator, WeekReport)
    incentive_results.add(timeline, today)
    begun = _day(year, REGISTERED)
    for row in rows:
        timeline.add(begun, partial(_register, row, year))
    timeline.add(_day(year, BRIEFED), partial(_brief, year))
    for place, row in enumerate(rows):
        timeline.add(_day(year, TOLD), partial(_notify, row, year))
        timeline.add(_day(year, WRITTEN), partial(_write, row, year))
        timeline.add(_day(year, APPROVED), partial(_approve, row, year))
        submitted = workday_until(date(year, *SUBMIT_ON) - timedelta(days=1 + place % 5))
        timeline.add(submitted, partial(_submit, row, year))
    _weeks(timeline, rows, today)
    _held(timeline, today)


def _day(year: int, day: tuple[int, int]) -> date:
    return workday_from(date(year, *day))


def _division(row: Row, year: int) -> Division:
    rows = Division.objects.filter(
        project__year=year, project__name=row["name"], name=row.get("division", "")
    )
    return rows.select_related("project", "clock").get()


# -- the year begins
def _register(row: Row, year: int) -> None:
    parts = [(department(code), Role.OWNER) for code in row["owners"]]
    parts += [(department(code), Role.HELPER) for code in row.get("helpers", ())]
    values = {
        "year": year,
        "kind": Kind.JOINT,
        "title": row["name"],
        "name": row.get("division", ""),
        "evaluator": row["evaluator"],
        "budget": row["budget"],
        "way": row.get("way", Way.ABSOLUTE),
        "full_marks": 100,
        "before": last_year(row, year),
    }
    if row.get("same"):
        project = Division.objects.filter(project__year=year, project__name=row["name"])[0].project
        made = do(projects.add_division, project, values, parts, actor=planner())
    else:
        made = do(projects.register, values, parts, actor=planner())
    do(contacts.name, made, _people(made), actor=planner())


def _people(division: Division) -> dict[tuple[int, str], User | None]:
    """The head, a team leader where there is one, and an officer of each department."""
    found: dict[tuple[int, str], User | None] = {}
    posts = ((Post.HEAD, Position.HEAD), (Post.LEADER, Position.TEAM_LEADER), (Post.CHARGE, Position.OFFICER))
    for part in division.parts.all():
        staff = User.objects.filter(department=part.department_id, is_active=True).order_by("employee_number")
        for post, position in posts:
            found[part.pk, post] = staff.filter(position=position).first()
    return found


def _charge(division: Division) -> User:
    """Who is in charge for the first owner, else its head."""
    part = division.parts.order_by("order")[0]
    named = {one.post: one.user for one in part.contacts.filter(until=None).select_related("user")}
    user = named.get(Post.CHARGE) or named[Post.HEAD]
    return person(user.employee_number)


def _confirmer(division: Division) -> User:
    part = division.parts.order_by("order")[0]
    named = {one.post: one.user for one in part.contacts.filter(until=None).select_related("user")}
    user = named.get(Post.LEADER) or named[Post.HEAD]
    return person(user.employee_number)


def _notify(row: Row, year: int) -> None:
    division = _division(row, year)
    do(plans.notify, division, on=now_day(), actor=_charge(division))


def _write(row: Row, year: int) -> None:
    division, words = _division(row, year), read("incentives")["words"]
    charge = _charge(division)
    names = ", ".join(dict.fromkeys(item[1] for item in row["items"]))
    texts = {name: text.format(name=row["name"], items=names) for name, text in words["plan"].items()}
    do(indicators.save_rows, division, list(_typed(row)), actor=charge)
    do(plans.write, division, texts, actor=charge)
    do(plans.send, division, actor=charge)


def _typed(row: Row) -> Iterator[Typed]:
    """The tree of the file as rows of the table."""
    above, number = "", 0
    for field, item, found in row["items"]:
        if field != above:
            above, number = field, number + 1
            yield Typed(f"n{number}", None, None, {"level": Level.FIELD, "name": field})
        number += 1
        yield Typed(f"n{number}", None, None, {"level": Level.ITEM, "name": item})
        for name, marks, unit, shape, target, _pace in found:
            number += 1
            texts = {
                "level": Level.DETAIL,
                "name": name,
                "weight": str(marks),
                "unit": unit,
                "shape": SHAPES[shape],
                "cumulative": "1" if shape == "h" else "",
            }
            yield Typed(f"n{number}", None, None, texts | ({} if shape == "y" else {"target": str(target)}))


def _approve(row: Row, year: int) -> None:
    do(plans.approve, _division(row, year), submit_on=date(year, *SUBMIT_ON), actor=planner())


def _submit(row: Row, year: int) -> None:
    division, day = _division(row, year), now_day()
    if division.state == DivisionState.RUNNING:
        days = {"on": day, "director_on": workday_until(day - timedelta(days=4)), "deputy_on": day}
        do(plans.submit, division, **days, actor=_charge(division))


# -- week by week
def _weeks(timeline: Timeline, rows: Sequence[Row], today: date) -> None:
    """Each week begins on its Monday, is reported on its Friday and closed before the next begins."""
    friday = date(today.year, *FIRST_WEEK)
    friday -= timedelta(days=(friday.weekday() - weeks.FRIDAY) % 7)
    while friday - timedelta(days=weeks.FRIDAY) <= today:
        monday = friday - timedelta(days=weeks.FRIDAY)
        timeline.add(monday, _open)
        due = weeks.reporting_day(containing(friday, PeriodKind.WEEK))
        if due is not None and due < today:  # of today people are only reminded
            for place, row in enumerate(rows):
                timeline.add(due, partial(_report, row, place))
        friday += WEEK


def _open() -> None:
    with logged():
        weeks.keep_weeks(now_day())


def _report(row: Row, place: int) -> None:
    """A third of the indicators moves each week, some weeks none; now and then one is missing."""
    day = now_day()
    turn = day.isocalendar().week + place
    report = WeekReport.objects.filter(
        week__due_on=day, division=_division(row, day.year), state=WeeklyState.DUE
    ).first()
    if report is None or turn % 17 == 5:
        return
    division = Division.objects.select_related("project").get(pk=report.division_id)
    charge = _charge(division)
    new = list(_new(division, row, turn, day))
    if turn % 6 == 3 or not new:
        do(weekly.unchanged, report, actor=charge)
    else:
        texts = _texts(row, turn)
        do(weekly.write, report, texts, new, as_of=day, actor=charge)
    leader = _confirmer(division)
    if turn % 23 != 7 and leader != charge:
        do(weekly.confirm, WeekReport.objects.get(pk=report.pk), actor=leader)


def _new(division: Division, row: Row, turn: int, day: date) -> Iterator[New]:
    known = {one.name: one for one in division.indicators.filter(ended_on=None).exclude(shape="")}
    for number, leaf in enumerate(leaves(row)):
        if (number + turn) % 3 == 0:
            yield New(known[leaf.name], leaf.at(day), source="부서 집계", sure=True)


def _texts(row: Row, turn: int) -> dict[str, str]:
    said = read("incentives")["words"]["weeks"]
    slow = min(leaves(row), key=lambda leaf: leaf.pace)
    return {
        "problems": said["problems"][turn % len(said["problems"])].format(name=slow.name),
        "plans": said["plans"][turn % len(said["plans"])].format(name=slow.name),
        "asked_of_others": said["asked"].format(name=slow.name) if turn % 5 == 2 else "",
    }


# -- briefings
def _brief(year: int) -> None:
    do(
        briefings.generate,
        year,
        THIRD_TUESDAY,
        begins_at=BEGINS,
        ends_at=ENDS,
        place=PLACE,
        actor=planner(),
    )


def _held(timeline: Timeline, today: date) -> None:
    """On each day there may be one: the agenda is drafted before, minutes are written the day after, and confirmed."""
    day = _day(today.year, BRIEFED)
    while day <= today:
        timeline.add(day, _draft)
        timeline.add(workday_after(day), partial(_minutes, day))
        timeline.add(workday_after(workday_after(day)), partial(_confirm, day))
        day = workday_after(day)


def _of(day: date) -> Sequence[Session]:
    return list(
        Session.objects.filter(panel__briefing__isnull=False, held_on=day).select_related("panel__briefing")
    )


def _draft() -> None:
    if _of(now_day()):
        with logged():
            briefings.draft_all(now_day())


def _minutes(day: date) -> None:
    said = read("incentives")["words"]["minutes"]
    for session in _of(day):
        here = {seat.pk for number, seat in enumerate(seated(session.panel, day)) if number % 11 != 10}
        kind = BriefingKind(Briefing.objects.get(panel=session.panel_id).kind)
        do(
            sessions.hold,
            session,
            present=here,
            ends_at=ENDS,
            minutes=said.format(kind=kind.label),
            outcomes={},
            actor=planner(),
        )


def _confirm(day: date) -> None:
    for session in _of(day):
        do(sessions.confirm, session, actor=person(HEAD_OF_PLANNING))
