"""The numbers beside the lists in the side navigation, by one question to the table of open work."""

from typing import Any

from django.db.models import Count, Q

from benchmarking.models import Review
from core.models import OpenWork
from core.models.work import late_on
from core.now import today
from organization.selectors import departments_of, reads_all


def side_counts(user: Any) -> dict[str, int]:
    """`department`: open reviews of the user's department, `late`: late ones the user may see."""
    own = Q(department__in=departments_of(user))
    seen = Q() if reads_all(user) else own
    counted = OpenWork.objects.of(Review).aggregate(
        n_department=Count("object_id", distinct=True, filter=own),
        n_late=Count("object_id", distinct=True, filter=seen & late_on(today())),
    )
    return {"department": counted["n_department"], "late": counted["n_late"]}
