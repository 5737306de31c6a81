"""Field visits in the statistics: those made stand by year beside B9."""

from typing import Any

from django.db.models import Count, Value

from benchmarking.selectors.statistics import BESIDE, Span, days_of
from visits.models import FieldVisit


def made_by_year(first: int, last: int) -> Any:
    """Rows (year, BESIDE, number) for `outcomes_by_year`."""
    return _made("visited_on__year", visited_on__year__range=(first, last))


def made_in(span: Span) -> Any:
    """Rows (day, BESIDE, number) for `outcomes_of`."""
    return _made("visited_on", visited_on__range=span)


def _made(key: str, **within: Any) -> Any:
    rows = FieldVisit.objects.made().filter(**within).order_by().annotate(kind=Value(BESIDE))
    return rows.values_list(key, "kind").annotate(n=Count("pk"))


def visit_filter(span: Span) -> dict[str, Any]:
    """Parameters of the list of field visits."""
    return {"made": 1, **days_of(span, "visited")}
