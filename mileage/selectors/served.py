"""The department of the day (O2) is asked from the postings: a transfer entered late moves what was earned since."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from mileage.models import Entry

_POSTINGS = "account__user__postings"


def with_posting(rows: QuerySet[Entry]) -> QuerySet[Any]:
    """`served`: the person's posting on the day, as it is known now. One join, and no line twice: the postings of one
    person do not overlap."""
    begun = Q(**{f"{_POSTINGS}__valid_from__lte": F("day")})
    not_over = Q(**{f"{_POSTINGS}__valid_to": None}) | Q(**{f"{_POSTINGS}__valid_to__gte": F("day")})
    return rows.annotate(served=FilteredRelation(_POSTINGS, condition=begun & not_over))
