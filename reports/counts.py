"""B9 with the field visits beside it, in one question."""

from collections.abc import Sequence

from benchmarking.selectors import statistics
from benchmarking.selectors.statistics import Outcomes, Span
from visits.selectors.statistics import made_by_year, made_in


def outcomes_by_year(first: int, last: int) -> dict[int, Outcomes]:
    return statistics.outcomes_by_year(first, last, made_by_year(first, last))


def outcomes_of(spans: Sequence[Span]) -> list[Outcomes]:
    return statistics.outcomes_of(spans, made_in(statistics.whole(spans))) if spans else []
