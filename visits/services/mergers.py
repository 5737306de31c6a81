"""What becomes of a department's visits when it ends and another takes over (O1)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from benchmarking.models import Review
from core.transition import record
from organization.models import Department
from visits.enums import OPEN_STATES
from visits.models import FieldVisit


def cases_of(old: Department) -> Iterable[int]:
    """Cases of its open visits, which are locked before them."""
    return _open(old).exclude(case=None).values_list("case", flat=True)


def department_merged(old: Department, new: Department, standing: Mapping[int, Review], actor: Any) -> None:
    """Give open visits to the department's successor; `standing`: reviews that stand for folded ones.

    Called by: `reviews.services.mergers`, under the locks of the cases.
    """
    for visit in _open(old).select_for_update(of=("self",)).order_by("pk"):
        visit.department, visit.department_name = new, new.name
        if found := standing.get(visit.review_id or 0):
            visit.review = found
        visit.version += 1
        visit.save()
        record(visit, "merged", actor=actor, data={"from": old.name, "to": new.name})


def _open(department: Department) -> QuerySet[FieldVisit]:
    return FieldVisit.objects.filter(department=department, state__in=OPEN_STATES)
