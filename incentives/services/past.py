"""Projects and results of earlier years from an office's papers (N1): nothing is to be done, nobody is told, nothing is
granted or paid again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from core.actors import SYSTEM
from core.permissions import ensure
from core.transition import record
from incentives.enums import DivisionState, Role
from incentives.models import Division, Part, Prize, Project, Result, Share, YearSum
from incentives.services import payouts
from incentives.services.projects import next_number
from organization.naming import Named

PLAN = "incentives.plan"


@dataclass(frozen=True)
class PastLine:
    """A budget line of a project: a division of it."""

    year: int
    kind: str
    number: int
    title: str
    name: str
    evaluator: str
    budget: int | None
    owners: Sequence[Named]
    helpers: Sequence[Named] = ()


@dataclass(frozen=True)
class PastResult:
    """`division`: of a project that there is; none: a project of its own is made for it."""

    year: int
    kind: str
    number: int | None
    title: str
    grade: str
    tier: str
    amount: int
    money: str
    decided_on: date
    owners: Sequence[Named]
    rank: int | None = None
    division: Division | None = None


def _authorise(actor: Any) -> None:
    if actor is not SYSTEM:  # the command line
        ensure(actor, PLAN)


@transaction.atomic
def take_in_projects(lines: Iterable[PastLine], *, actor: Any) -> list[models.Model]:
    """Write them down, lines of one number as divisions of one project; gives what was made, each before what needs it.

    Raises: Refused.
    """
    _authorise(actor)
    made: list[models.Model] = []
    known: dict[tuple[int, str, int], Project] = {}
    orders: dict[tuple[int, str, int], int] = {}
    for line in lines:
        key = (line.year, line.kind, line.number)
        if key not in known:
            known[key] = Project.objects.create(
                year=line.year, kind=line.kind, number=line.number, name=line.title
            )
            made.append(known[key])
        orders[key] = orders.get(key, 0) + 1
        division = _division(known[key], line, orders[key])
        record(division, "take_in", actor=actor)
        made.append(division)
    return made


def _division(project: Project, line: PastLine, order: int) -> Division:
    division = Division.objects.create(
        project=project,
        order=order,
        name=line.name,
        evaluator=line.evaluator,
        budget=line.budget,
        state=DivisionState.JUDGED,
    )
    named = [(one, Role.OWNER) for one in line.owners] + [(one, Role.HELPER) for one in line.helpers]
    Part.objects.bulk_create(
        Part(division=division, department=one.department, department_name=one.name, role=role, order=place)
        for place, (one, role) in enumerate(named, start=1)
    )
    return division


@transaction.atomic
def take_in_results(rows: Iterable[PastResult], *, actor: Any) -> list[models.Model]:
    """Write them down with their money; the bonus is reckoned for reading, nothing of it is to be done.

    Raises: Refused.
    """
    _authorise(actor)
    made: list[models.Model] = []
    for row in rows:
        division = row.division
        if division is None:
            division, project = _own(row, actor)
            made += [project, division]
        result = Result.objects.create(
            division=division,
            number=row.number,
            title=row.title,
            grade=row.grade,
            tier=row.tier,
            rank=row.rank,
            decided_on=row.decided_on,
        )
        Share.objects.bulk_create(
            Share(
                result=result,
                department=one.department,
                department_name=one.name,
                role=Role.OWNER,
                order=place,
            )
            for place, one in enumerate(row.owners, start=1)
        )
        if row.amount:
            Prize.objects.create(result=result, money=row.money, amount=row.amount)
        made.append(result)
        payouts.open_for(result, actor=actor, past=True)
    return made


def _own(row: PastResult, actor: Any) -> tuple[Division, Project]:
    """A project of its own, without a budget line."""
    number = next_number(row.year, row.kind)
    project = Project.objects.create(year=row.year, kind=row.kind, number=number, name=row.title)
    line = PastLine(row.year, row.kind, number, row.title, "", "", None, row.owners)
    division = _division(project, line, 1)
    record(division, "take_in", actor=actor)
    return division, project


@transaction.atomic
def take_in_sums(rows: Iterable[YearSum], *, actor: Any) -> list[YearSum]:
    """What the office's own papers say of years. Raises: Refused."""
    _authorise(actor)
    made = list(rows)
    for one in made:
        one.save()
    return made
