"""Reviews: what is late, workload of departments, what waits for another look."""

from typing import Any

from django.db.models import Count, Q

from benchmarking.enums import CaseState, Decision
from benchmarking.models import Case, Review
from core.now import today
from organization.models import Department


def is_late() -> Q:
    """Of open reviews those whose deadline has passed."""
    return Q(clock__due__lt=today(), clock__paused=False)


def open_load() -> dict[int, tuple[int, int]]:
    """Department id → (open reviews, of them late): shown where departments are chosen."""
    rows = (
        Review.objects.open().values("department").annotate(n=Count("pk"), late=Count("pk", filter=is_late()))
    )
    return {row["department"]: (row["n"], row["late"]) for row in rows}


def open_of(department: Department) -> int:
    """Reviews that a department has still to see to an end."""
    return Review.objects.open().filter(department=department).count()


def rereview_candidates(user: Any) -> Any:
    """장기검토 cases that wait for another look (B6)."""
    return Case.objects.visible_to(user).filter(state=CaseState.DECIDED, outcome=Decision.LONG_TERM)
