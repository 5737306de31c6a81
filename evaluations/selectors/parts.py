"""Rounds and stages with what their pages need of them, in one question."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.beside import Joined, asking, gather, gathering
from core.models import OpenWork
from evaluations.models import Entry, Judge, Round

PARTS = ("stages", "stages__criteria", "divisions", "divisions__grades")


def with_judging(rows: QuerySet[Any], path: str = "pk") -> QuerySet[Any]:
    """With who judges, for the rights that keep them away (evaluations.rules). `path` leads to the round."""
    judging = Judge.objects.filter(stage__round=OuterRef(path), user__isnull=False).order_by()
    joined = judging.values("stage__round").annotate(all=Joined("user")).values("all")
    return rows.annotate(judging=Subquery(joined))


def counting(rows: QuerySet[Any], entries: QuerySet[Entry]) -> QuerySet[Any]:
    """With how many there are of these, which lead to the row by an `OuterRef`."""
    found = entries.order_by().values("round").annotate(n=Count("pk")).values("n")
    return rows.annotate(entry_count=Coalesce(Subquery(found, output_field=IntegerField()), 0))


def whole_rounds() -> QuerySet[Round]:
    """With the people and the session, who judges, how many entries there are, whether anything is open; `fetch_parts`
    unpacks stages with criteria and divisions with grades."""
    rows = Round.objects.select_related("run_by__department", "session__panel", "confirmed_by")
    counted = counting(with_judging(rows), Entry.objects.filter(round=OuterRef("pk")))
    return gathering(asking(counted, work=OpenWork.objects.all()), *PARTS)


def fetch_parts(round: Round) -> Round:
    gather(round, *PARTS)
    return round
