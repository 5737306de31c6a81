"""The numbers beside the lists in the side navigation, by one question."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from benchmarking.models import Review
from benchmarking.selectors.reviews import is_late
from benchmarking.selectors.visits import waiting_for
from organization.models import User
from organization.selectors import departments_of


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())  # of all rows, without groups
    return Subquery(rows.order_by().values(counted=counted))


def side_counts(user: Any) -> dict[str, int]:
    """`department`: open reviews of the user's department, `late`: late ones the user may see, `visits`: those that
    wait for the user."""
    reviews = Review.objects.open().visible_to(user)
    asked = {
        "department": reviews.filter(department__in=departments_of(user)),
        "late": reviews.filter(is_late()),
        "visits": waiting_for(user),
    }
    row = User.objects.filter(pk=user.pk).values_list(*(_count(rows) for rows in asked.values())).get()
    return {name: number or 0 for name, number in zip(asked, row, strict=True)}
