"""The figures of benchmarking (B9, R4). Each is counted from stored columns, in few grouped queries.

Cases belong to the day they were registered, reviews to the day the department was told. What is counted here and
what the lists show for `case_filter` and `review_filter` are the same rows.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as Number
from typing import Any, TypeVar

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from benchmarking.enums import OPEN_REVIEW_STATES, UNDECIDED, CaseState, Decision, Field, ReviewState
from benchmarking.models import Case, FieldVisit, Review
from organization.models import Department
from organization.selectors import name_on

K = TypeVar("K")
Span = tuple[date, date]  # first and last day
ADOPTED = (Decision.ADOPT,)
KEPT = (Decision.KEEP, Decision.LONG_TERM)  # 현행유지·장기검토 등
IN_FORCE = (Decision.IN_FORCE,)
REJECTED = (*KEPT, *IN_FORCE)
DECIDED = (*ADOPTED, *REJECTED)
LIVE_STATES = (*OPEN_REVIEW_STATES, ReviewState.COMPLETED)


@dataclass(frozen=True)
class Outcomes:
    """A line of B9, with what stands beside it: cases not yet decided, field visits."""

    adopted: int = 0
    kept: int = 0
    in_force: int = 0
    pending: int = 0
    visits: int = 0

    @property
    def rejected(self) -> int:
        return self.kept + self.in_force

    @property
    def total(self) -> int:
        """Decided cases."""
        return self.adopted + self.rejected

    @classmethod
    def of(cls, counts: dict[str, int]) -> "Outcomes":
        """From numbers by decision ("" = not yet decided)."""
        return cls(
            adopted=counts.get(Decision.ADOPT, 0),
            kept=sum(counts.get(decision, 0) for decision in KEPT),
            in_force=counts.get(Decision.IN_FORCE, 0),
            pending=counts.get("", 0),
            visits=counts.get(VISITS, 0),
        )

    def __add__(self, other: "Outcomes") -> "Outcomes":
        return Outcomes(
            self.adopted + other.adopted,
            self.kept + other.kept,
            self.in_force + other.in_force,
            self.pending + other.pending,
            self.visits + other.visits,
        )


VISITS = "visits"


def case_counts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What the statistics count: every case but those registered by mistake."""
    return cases.exclude(outcome="", state=CaseState.CANCELLED)


def outcomes_by_year(first: int, last: int) -> dict[int, Outcomes]:
    """B9 for the years first..last, each with a line."""
    years = range(first, last + 1)
    visits = FieldVisit.objects.filter(visited_on__range=(date(first, 1, 1), date(last, 12, 31)))
    rows = [
        *_counted(Case.objects.filter(year__range=(first, last)), "year"),
        *((day.year, VISITS, n) for day, n in _by_day(visits)),
    ]
    return _folded(years, rows)


def outcomes_of(spans: Sequence[Span]) -> list[Outcomes]:
    """B9 for any periods in their order; they do not overlap."""
    if not spans:
        return []
    starts, whole = [start for start, _end in spans], (spans[0][0], spans[-1][1])
    visits = FieldVisit.objects.filter(visited_on__range=whole)
    rows = [
        (bisect_right(starts, day) - 1, day, outcome, n)
        for day, outcome, n in [
            *_counted(Case.objects.filter(registered_on__range=whole), "registered_on"),
            *((day, VISITS, n) for day, n in _by_day(visits)),
        ]
    ]
    within = ((place, outcome, n) for place, day, outcome, n in rows if day <= spans[place][1])
    return list(_folded(range(len(spans)), within).values())


def outcomes_by_field(span: Span) -> dict[str, Outcomes]:
    """Outcomes of the period by field, every field with a line."""
    return _folded(Field.values, _counted(Case.objects.filter(registered_on__range=span), "field"))


def _counted(cases: QuerySet[Case], key: str) -> Iterable[tuple[Any, str, int]]:
    """Value of the key, decision, number of cases."""
    return case_counts(cases).order_by().values_list(key, "outcome").annotate(n=Count("pk"))


def _by_day(visits: QuerySet[FieldVisit]) -> Iterable[tuple[date, int]]:
    return visits.order_by().values_list("visited_on").annotate(n=Count("pk"))


def _folded(keys: Iterable[K], rows: Iterable[tuple[K, str, int]]) -> dict[K, Outcomes]:
    found: dict[K, Counter[str]] = {key: Counter() for key in keys}
    for key, outcome, n in rows:
        found[key][outcome] += n
    return {key: Outcomes.of(counts) for key, counts in found.items()}


@dataclass(frozen=True)
class Handling:
    """How reviews of a period were dealt with. `late`: open and past the deadline; `days`: on average."""

    sent: int
    answered: int
    in_time: int
    late: int
    days: Number | None

    @property
    def rate(self) -> Number | None:
        """In time among those answered or past due; None where nothing was due."""
        due = self.answered + self.late
        return Number(self.in_time) / due if due else None


@dataclass(frozen=True)
class DepartmentHandling(Handling):
    department_id: int
    name: str


def past_due(day: date) -> Q:
    """Of open reviews those whose deadline has passed on this day."""
    return Q(clock__due__lt=day, clock__paused=False)


def _facts(day: date) -> dict[str, Any]:
    done = Q(state=ReviewState.COMPLETED)
    taken = ExpressionWrapper(F("completed_on") - F("notified_on"), output_field=DurationField())
    return {
        "sent": Count("pk"),
        "answered": Count("pk", filter=done),
        "in_time": Count("pk", filter=done & Q(in_time=True)),
        "late": Count("pk", filter=Q(state__in=OPEN_REVIEW_STATES) & past_due(day)),
        "days": Avg(taken, filter=done),
    }


def _of_span(span: Span) -> QuerySet[Review]:
    return Review.objects.filter(state__in=LIVE_STATES, notified_on__range=span).order_by()


def _days(average: timedelta | None) -> Number | None:
    return None if average is None else round(Number(average.total_seconds()) / 86_400, 1)


def handling(span: Span, day: date) -> Handling:
    """All departments together; `day` decides what is late."""
    row = _of_span(span).aggregate(**_facts(day))
    return Handling(**{**row, "days": _days(row["days"])})


def handling_by_department(span: Span, day: date) -> list[DepartmentHandling]:
    """Each department asked in the period, under the name it had at its end, in the order of the office."""
    rows = {r["department_id"]: r for r in _of_span(span).values("department_id").annotate(**_facts(day))}
    departments = Department.objects.filter(pk__in=rows).prefetch_related("changes").order_by("order", "code")
    found = []
    for department in departments:
        row = {**rows[department.pk], "days": _days(rows[department.pk]["days"])}
        found.append(DepartmentHandling(name=name_on(department, span[1]), **row))
    return found


def case_filter(span: Span, decisions: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """Parameters of the case list that shows the period's cases with these decisions ("" = not yet decided)."""
    outcome = [str(decision) or UNDECIDED for decision in decisions]
    return {**_days_of(span, "registered"), **({"outcome": outcome} if outcome else {}), **more}


def review_filter(span: Span, **more: Any) -> dict[str, Any]:
    """Parameters of the review list that shows the reviews of the period."""
    return {"notified_from": span[0].isoformat(), "notified_to": span[1].isoformat(), **more}


def visit_filter(span: Span) -> dict[str, Any]:
    """Parameters of the list of field visits."""
    return _days_of(span, "visited")


def _days_of(span: Span, name: str) -> dict[str, Any]:
    start, end = span
    if start == date(end.year, 1, 1) and end == date(end.year, 12, 31):
        return {"year": end.year}
    return {f"{name}_from": start.isoformat(), f"{name}_to": end.isoformat()}
