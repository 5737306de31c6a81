"""Visits of earlier years with what they cost (V5, N1): counted, paid by the budget of their year, without anything
to do."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from organization.naming import Named
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.services.corrections import drop_record


@dataclass(frozen=True)
class PastVisit:
    """`cost`: won that the budget of the year paid; None: nobody wrote it down."""

    visited: Day
    days: int
    host: str
    departments: Sequence[Named]
    purpose: str = ""
    headcount: int | None = None
    cost: int | None = None
    case: Case | None = None
    order_number: str = ""


@transaction.atomic
def take_in(rows: Sequence[PastVisit], *, actor: Any) -> list[models.Model]:
    """Record them; gives the visits and the lines of the ledger that were made.

    Locks: the budgets. Raises: Rejected where a year's budget is missing or too small.
    """
    if actor is not SYSTEM:  # the command line
        ensure(actor, "visits.record")
    made: list[models.Model] = []
    for row in rows:
        visit = FieldVisit(
            department=row.departments[0].department,
            department_name=", ".join(named.name for named in row.departments)[:60],
            days=row.days,
            host=row.host,
            purpose=row.purpose,
            headcount=row.headcount,
            actual=row.cost,
            case=row.case,
            order_number=row.order_number,
            begun_on=row.visited.date,
            state=VisitState.RECORDED,
            recorded_by=user_of(actor),
        )
        visit.set_days({"visited_on": row.visited})
        visit.save()
        record(visit, "record", actor=actor, data={"excel": True})
        made.append(visit)
        if row.cost:
            made.append(budgets.spend_of_record(visit, row.cost, reason=_("지난 자료 가져오기"), actor=actor))
    return made


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
