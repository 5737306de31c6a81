"""Reviews: what is late, workload of departments, what waits for another look."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, Origin
from benchmarking.models import Case, Review
from core.now import today
from organization.models import Department
from organization.selectors import vacancies


def is_late() -> Q:
    """Of open reviews those whose deadline has passed."""
    return Q(clock__due__lt=today(), clock__paused=False)


def open_load() -> dict[int, tuple[int, int]]:
    """Department id → (open reviews, of them late): shown where departments are chosen."""
    rows = (
        Review.objects.open().values("department").annotate(n=Count("pk"), late=Count("pk", filter=is_late()))
    )
    return {row["department"]: (row["n"], row["late"]) for row in rows}


def department_options() -> list[tuple[str, str]]:
    """The departments that can be asked, each with what it has in hand: `진행 5 · 지남 2 · 부서장 없음`."""
    load, vacant, found = open_load(), vacancies(), []
    for department in Department.objects.open_on(today()).reviewing():
        n, late = load.get(department.pk, (0, 0))
        parts = [_("진행 %(n)d") % {"n": n} if n else "", _("지남 %(late)d") % {"late": late} if late else ""]
        parts.append(_("부서장 없음") if department.pk in vacant else "")
        found.append((department.name, " · ".join(filter(None, parts))))
    return found


def open_of(department: Department) -> int:
    """Reviews that a department has still to see to an end."""
    return Review.objects.open().filter(department=department).count()


def begun() -> Iterable[date]:
    """When the open reviews began: they keep the rules of that day."""
    return [day for day in Review.objects.open().values_list("notified_on", flat=True) if day]


def folded(old: Department, new: Department) -> list[str]:
    """With a merger: those for which the successor's own of the same round will stand."""
    standing = Review.objects.live().filter(department=new).values("round")
    count = Review.objects.open().filter(department=old, round__in=standing).count()
    return (
        [_("그중 검토 %(count)d건은 승계 부서의 같은 검토와 합칩니다.") % {"count": count}] if count else []
    )


def rereview_candidates(user: Any) -> Any:
    """장기검토 cases that wait for another look (B6); those of earlier years stay as they were (N1)."""
    cases = Case.objects.visible_to(user).filter(state=CaseState.DECIDED, outcome=Decision.LONG_TERM)
    return cases.filter(origin=Origin.HERE)
