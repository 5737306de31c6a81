"""How many of several kinds of things there are, and how many of them are behind: one question for all (R4)."""

from collections.abc import Sequence

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

Counts = dict[str, tuple[int, int]]


def counted(what: str, rows: QuerySet, behind: Q | None = None) -> QuerySet:
    """One row: the name, how many, how many behind; none where there is nothing."""
    late = Coalesce(Count("pk", filter=behind), 0, output_field=IntegerField()) if behind else Value(0)
    found = rows.order_by().annotate(what=Value(what)).values("what").annotate(n=Count("pk"), late=late)
    return found.values_list("what", "n", "late")


def count(rows: Sequence[QuerySet]) -> Counts:
    """By name."""
    return {what: (all_, late) for what, all_, late in rows[0].union(*rows[1:], all=True)}
