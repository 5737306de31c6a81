"""Visits of earlier years with what they cost (V5, N1): counted, paid by the budget of their year, without anything
to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from basis.days import Day
from benchmarking.models import Case
from budgets import services as budgets
from budgets.models import BudgetEntry
from core.actors import SYSTEM, user_of
from core.permissions import ensure
from core.transition import record
from organization.enums import person_text
from organization.models import Department, User
from organization.naming import Named, NamesThen
from organization.selectors import departments_held
from visits.enums import VisitState
from visits.models import FieldVisit, VisitMember
from visits.services.corrections import drop_record


@dataclass(frozen=True)
class PastVisit:
    """`cost`: won that the budget of the year paid; None: nobody wrote it down. `others` took part beside `people`, but
    are nobody here."""

    visited: Day
    days: int
    host: str
    departments: Sequence[Named]
    purpose: str = ""
    headcount: int | None = None
    cost: int | None = None
    case: Case | None = None
    order_number: str = ""
    people: Sequence[User] = ()
    others: str = ""


@transaction.atomic
def take_in(rows: Sequence[PastVisit], *, actor: Any) -> list[models.Model]:
    """Record them; gives the visits and the lines of the ledger that were made.

    Locks: the budgets. Raises: Rejected where a year's budget is missing or too small.
    """
    if actor is not SYSTEM:  # the command line
        ensure(actor, "visits.record")
    made: list[models.Model] = []
    places = _places(rows)
    for row in rows:
        visit = FieldVisit(
            department=row.departments[0].department,
            department_name=", ".join(named.name for named in row.departments)[:300],
            days=row.days,
            host=row.host,
            purpose=row.purpose,
            headcount=row.headcount,
            others=row.others,
            actual=row.cost,
            case=row.case,
            order_number=row.order_number,
            begun_on=row.visited.date,
            state=VisitState.RECORDED,
            recorded_by=user_of(actor),
        )
        visit.set_days({"visited_on": row.visited})
        visit.save()
        _team(visit, row, places.get(row.visited.date, {}))
        record(visit, "record", actor=actor, data={"excel": True})
        made.append(visit)
        if row.cost:
            made.append(budgets.spend_of_record(visit, row.cost, reason=_("지난 자료 가져오기"), actor=actor))
    return made


def _team(visit: FieldVisit, row: PastVisit, places: Mapping[int, str]) -> None:
    """Who took part, each with the department of that day; it earns nothing (N1)."""
    VisitMember.objects.bulk_create(
        VisitMember(
            visit=visit,
            user=person,
            label=person_text(places.get(person.pk), None, person.name),
            took_part=True,
        )
        for person in row.people
    )


def _places(rows: Sequence[PastVisit]) -> dict[date, dict[int, str]]:
    """What the department was called that each served in on the day of the visit."""
    names, departments = NamesThen(), Department.objects.in_bulk()
    found: dict[date, dict[int, str]] = {}
    held = departments_held((person.pk, row.visited.date) for row in rows for person in row.people)
    for (person, day), department in held.items():
        found.setdefault(day, {})[person] = names.name_of(departments[department], day)
    return found


@transaction.atomic
def give_up(made: Sequence[models.Model], *, actor: Any) -> list[models.Model]:
    """Take the money back. A visit that a line of the ledger names stays, no longer counted; gives those that are to be
    deleted.

    Locks: budgets, visits. Called by: the undoing of an import.
    """
    ensure(actor, "visits.record")
    reason = _("가져오기 되돌림")
    entries = [row for row in made if isinstance(row, BudgetEntry)]
    budgets.take_back(entries, reason=reason, actor=actor)
    named = {entry.cause_id for entry in entries}
    free: list[models.Model] = []
    for visit in made:
        if isinstance(visit, FieldVisit) and visit.pk in named:
            drop_record(visit, reason=reason, actor=actor)
        elif isinstance(visit, FieldVisit):
            free.append(visit)
    return free
