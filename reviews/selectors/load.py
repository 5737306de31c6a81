"""What departments have in hand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core.now import today
from organization.models import Department
from organization.selectors import vacancies


def is_late() -> Q:
    """Of open reviews those whose deadline has passed."""
    return Q(clock__due__lt=today(), clock__paused=False)


def department_options(reviews: Any) -> list[tuple[str, str]]:
    """The departments that can be asked, each with what it has in hand of these: `진행 5 · 지남 2 · 부서장 없음`."""
    load, vacant, found = _open_load(reviews), vacancies(), []
    for department in Department.objects.open_on(today()).reviewing():
        n, late = load.get(department.pk, (0, 0))
        parts = [_("진행 %(n)d") % {"n": n} if n else "", _("지남 %(late)d") % {"late": late} if late else ""]
        parts.append(_("부서장 없음") if department.pk in vacant else "")
        found.append((department.name, " · ".join(filter(None, parts))))
    return found


def _open_load(reviews: Any) -> dict[int, tuple[int, int]]:
    """Department id → (open reviews, of them late)."""
    rows = reviews.open().values("department").annotate(n=Count("pk"), late=Count("pk", filter=is_late()))
    return {row["department"]: (row["n"], row["late"]) for row in rows}


def begun(reviews: Any) -> Iterable[date]:
    """When the open ones began: they keep the rules of that day."""
    return [day for day in reviews.open().values_list("notified_on", flat=True) if day]
