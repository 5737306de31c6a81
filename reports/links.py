"""Where a figure leads: the list that shows exactly the rows behind it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from benchmarking.selectors.statistics import Span, case_filter, review_filter
from visits.selectors.statistics import visit_filter


def to_list(name: str, params: dict[str, Any]) -> str:
    return f"{reverse(name)}?{urlencode(params, doseq=True)}"


def to_cases(span: Span, decisions: Iterable[str] = (), **more: Any) -> str:
    return to_list("benchmarking:cases", case_filter(span, decisions, **more))


def to_reviews(span: Span, **more: Any) -> str:
    return to_list("benchmarking:reviews", review_filter(span, **more))


def to_visits(span: Span) -> str:
    return to_list("visits:list", visit_filter(span))
