"""What city-district projects of the demonstration brought: 2015 as its papers have it, the year before this one, and
what has come of this year by now (I6, N1)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from budgets import services as budget
from demo.days import workday_after, workday_from
from demo.files import read
from demo.organization import department, planner
from demo.timeline import Timeline, do
from incentives.enums import Kind, Money, Role
from incentives.models import Division, Project, YearSum
from incentives.purse import BONUS
from incentives.services import past, plans, projects, results
from incentives.services.results import Won
from organization.naming import Named

TAKEN_IN = (11, 16)  # of the year before: the papers of 2015
MILLION = 1_000_000
Row = dict[str, Any]


def add(timeline: Timeline, today: date) -> None:
    said = read("incentives")
    for year, words, day in (
        (said["past"]["year"], said["past"], TAKEN_IN),
        (today.year - 1, said["last"], (12, 28)),
    ):
        timeline.add(workday_from(date(today.year - 1, *day)), partial(_past, year, words))
    timeline.add(workday_from(date(today.year, 1, 4)), partial(_fund, today.year, said["now"]))
    for row in said["now"]["outside"]:
        decided = workday_from(date(today.year, *map(int, row[5].split("-"))))
        if workday_after(decided) <= today:
            timeline.add(workday_after(decided), partial(_win, row, decided))


def last_year(row: Row, year: int) -> Project | None:
    """What a project of this year was the year before, under the name of then."""
    named = read("incentives")["last"]["named"]
    name = named.get(row["name"], row["name"])
    return Project.objects.filter(year=year - 1, kind=Kind.JOINT, name=name).first()


# -- earlier years
def _past(year: int, said: Row) -> None:
    """Projects with their budget lines, results, the sums of the years."""
    rows, named = read("incentives")["projects"], said.get("named", {})
    numbers = {name: n for n, name in enumerate(dict.fromkeys(row["name"] for row in rows), start=1)}
    lines = [
        past.PastLine(
            year,
            Kind.JOINT,
            numbers[row["name"]],
            named.get(row["name"], row["name"]),
            row.get("division", ""),
            row["evaluator"],
            row["budget"],
            _named(row["owners"]),
            _named(row.get("helpers", ())),
        )
        for row in rows
    ]
    do(past.take_in_projects, lines, actor=planner())
    found = [
        _result(row, kind, said, year)
        for kind in (Kind.JOINT, Kind.SINGLE, Kind.OUTSIDE)
        for row in said.get(kind, ())
    ]
    do(past.take_in_results, found, actor=planner())
    sums = [
        YearSum(year=one, rank=rank, amount=millions * MILLION, wins=wins, named=words)
        for one, rank, millions, wins, words in said.get("years", ())
    ]
    if sums:
        do(past.take_in_sums, sums, actor=planner())


def _named(codes: Sequence[str]) -> list[Named]:
    return [Named(one, one.name) for one in map(department, codes)]


def _result(row: Sequence[Any], kind: Kind, said: Row, year: int) -> past.PastResult:
    number, title, grade, tier, millions, codes, place = row
    project, _bar, name = place.partition("|")
    division = None
    if project:
        was = said.get("named", {}).get(project, project)
        known = Division.objects.filter(project__year=year, project__name=was, name=name)
        division = known.select_related("project").get()
    money = Money.PRIZE if kind == Kind.OUTSIDE else Money.GRANT
    won = int(Decimal(str(millions)) * MILLION)
    decided = said.get("decided_on") or date(year, 12, 18)
    return past.PastResult(
        year, kind, number, title, grade, tier, won, money, decided, _named(codes), division=division
    )


# -- this year
def _fund(year: int, said: Row) -> None:
    words = {"document": "기획예산과-41", "reason": "본예산"}
    do(budget.allocate, BONUS, year, said["bonus"] * MILLION, actor=planner(), **words)


def _win(row: Sequence[Any], decided: date) -> None:
    """An evaluation from outside is entered the day after it was made known, with what it brought."""
    title, grade, millions, rank, codes, _day = row
    values = {"year": decided.year, "kind": Kind.OUTSIDE, "title": title, "evaluator": "", "full_marks": 100}
    parts = [(department(code), Role.OWNER) for code in codes]
    made = do(projects.register, values, parts, actor=planner())
    do(plans.notify, made, on=decided - timedelta(days=1), actor=planner())
    prizes = [Won(Money.PRIZE, int(Decimal(str(millions)) * MILLION), decided)] if millions else []
    said = {"title": title, "grade": grade, "rank": rank, "decided_on": decided}
    do(results.add, Division.objects.get(pk=made.pk), said, parts, prizes, actor=planner())
