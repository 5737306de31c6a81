"""The figures of benchmarking (B9, R4). Each is counted from stored columns, in few grouped queries.

Cases belong to the day they were registered, reviews to the day the department was told. What is counted here and
what the lists show for `case_filter` and `review_filter` are the same rows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as Number
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from benchmarking.enums import OPEN_REVIEW_STATES, UNDECIDED, CaseState, Decision, Field, ReviewState
from benchmarking.models import Case, FieldVisit, Review
from organization.models import Department
from organization.selectors import name_on

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

    def __add__(self, other: "Outcomes") -> "Outcomes":
        return Outcomes(
            self.adopted + other.adopted,
            self.kept + other.kept,
            self.in_force + other.in_force,
            self.pending + other.pending,
            self.visits + other.visits,
        )


_COLUMNS = {
    Decision.ADOPT: "adopted",
    Decision.KEEP: "kept",
    Decision.LONG_TERM: "kept",
    Decision.IN_FORCE: "in_force",
    "": "pending",
}


def outcomes_by_year(first: int, last: int) -> dict[int, Outcomes]:
    """B9 for the years first..last, each with a line."""
    found: dict[int, dict[str, int]] = {year: {} for year in range(first, last + 1)}
    rows = _counted(Case.objects.filter(year__range=(first, last)), "year")
    visits = FieldVisit.objects.filter(visited_on__year__range=(first, last))
    for year, column, n in [*rows, *((day.year, "visits", n) for day, n in _by_day(visits, "visited_on"))]:
        found[year][column] = found[year].get(column, 0) + n
    return {year: Outcomes(**counts) for year, counts in found.items()}


def outcomes_of(spans: Sequence[Span]) -> list[Outcomes]:
    """B9 for any periods, which follow each other without overlap."""
    found: list[dict[str, int]] = [{} for _span in spans]
    if not spans:
        return []
    starts, whole = [start for start, _end in spans], (spans[0][0], spans[-1][1])
    rows = _counted(Case.objects.filter(registered_on__range=whole), "registered_on")
    visits = FieldVisit.objects.filter(visited_on__range=whole)
    for day, column, n in [*rows, *((day, "visits", n) for day, n in _by_day(visits, "visited_on"))]:
        place = bisect_right(starts, day) - 1
        if day <= spans[place][1]:
            found[place][column] = found[place].get(column, 0) + n
    return [Outcomes(**counts) for counts in found]


def _counted(cases: QuerySet[Case], key: str) -> Iterable[tuple[Any, str, int]]:
    """Key, column of `Outcomes`, number of cases."""
    rows = cases.exclude(outcome="", state=CaseState.CANCELLED).order_by().values_list(key, "outcome")
    return [(value, _COLUMNS[outcome], n) for value, outcome, n in rows.annotate(n=Count("pk"))]


def _by_day(rows: QuerySet[Any], column: str) -> Iterable[tuple[date, int]]:
    return rows.order_by().values_list(column).annotate(n=Count("pk"))


def outcomes_by_field(span: Span) -> dict[Field, Outcomes]:
    """Outcomes of the period by field, every field with a line."""
    found: dict[str, dict[str, int]] = {field: {} for field in Field}
    for field, column, n in _counted(Case.objects.filter(registered_on__range=span), "field"):
        found[field][column] = found[field].get(column, 0) + n
    return {field: Outcomes(**found[field]) for field in Field}


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


def late_on(day: date) -> Q:
    """Reviews past their deadline on this day."""
    return Q(state__in=OPEN_REVIEW_STATES, clock__due__lt=day, clock__paused=False)


def _facts(day: date) -> dict[str, Any]:
    done = Q(state=ReviewState.COMPLETED)
    taken = ExpressionWrapper(F("completed_on") - F("notified_on"), output_field=DurationField())
    return {
        "sent": Count("pk"),
        "answered": Count("pk", filter=done),
        "in_time": Count("pk", filter=done & Q(in_time=True)),
        "late": Count("pk", filter=late_on(day)),
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
