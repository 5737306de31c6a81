"""The numbers beside the lists in the side navigation."""

from typing import Any

from django.db.models import Q

from benchmarking.models import Review
from core.models.work import late_on, of_kind
from core.now import today
from organization.selectors import departments_of, reads_all


def of_department(user: Any) -> Q:
    """Open reviews of the departments whose work the user may see."""
    return of_kind(Review) & Q(department__in=departments_of(user))


def late(user: Any) -> Q:
    """Late reviews that the user may see."""
    return late_on(today()) & (of_kind(Review) if reads_all(user) else of_department(user))
