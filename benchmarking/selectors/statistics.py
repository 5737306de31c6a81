"""The figures of benchmarking (B9, R4). Each is counted from stored columns, in few grouped queries.

Cases belong to the day they were registered, reviews to the day the department was told. What is counted here and
what the lists show for `case_filter` and `review_filter` are the same rows.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet, Sum

from benchmarking.enums import NO_CASES, UNDECIDED, Decision, Field
from benchmarking.models import Case, Review
from reviews.enums import OPEN_REVIEW_STATES, ReviewState

K = TypeVar("K")
Span = tuple[date, date]  # first and last day
ADOPTED = (Decision.ADOPT,)
KEPT = (Decision.KEEP, Decision.LONG_TERM, Decision.DECLINED)  # 현행유지·장기검토 등
IN_FORCE = (Decision.IN_FORCE,)
REJECTED = (*KEPT, *IN_FORCE)
DECIDED = (*ADOPTED, *REJECTED)
LIVE_STATES = (*OPEN_REVIEW_STATES, ReviewState.COMPLETED)


@dataclass(frozen=True)
class Outcomes:
    """A line of B9, with what stands beside it: cases not yet decided, and what the caller counts (field visits)."""

    adopted: int = 0
    kept: int = 0
    in_force: int = 0
    pending: int = 0
    beside: int = 0

    @property
    def rejected(self) -> int:
        return self.kept + self.in_force

    @property
    def total(self) -> int:
        """Decided cases."""
        return self.adopted + self.rejected

    @classmethod
    def from_counts(cls, counts: dict[str, int]) -> "Outcomes":
        """From numbers by decision ("" = not yet decided)."""
        return cls(
            adopted=counts.get(Decision.ADOPT, 0),
            kept=sum(counts.get(decision, 0) for decision in KEPT),
            in_force=counts.get(Decision.IN_FORCE, 0),
            pending=counts.get("", 0),
            beside=counts.get(BESIDE, 0),
        )

    def __add__(self, other: "Outcomes") -> "Outcomes":
        return Outcomes(
            self.adopted + other.adopted,
            self.kept + other.kept,
            self.in_force + other.in_force,
            self.pending + other.pending,
            self.beside + other.beside,
        )


BESIDE = "beside"


def case_counts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What the statistics count: every case but those registered by mistake or not taken in."""
    return cases.exclude(outcome="", state__in=NO_CASES)


def outcomes_by_year(first: int, last: int, beside: Any = None) -> dict[int, Outcomes]:
    """B9 for the years first..last, each with a line. `beside`: rows (year, BESIDE, number) to be counted with it."""
    rows = _counted(Case.objects.filter(year__range=(first, last)), "year")
    return _folded(range(first, last + 1), rows if beside is None else rows.union(beside, all=True))


def outcomes_of(spans: Sequence[Span], beside: Any = None) -> list[Outcomes]:
    """B9 for any periods in their order; they do not overlap. `beside`: rows (day, BESIDE, number)."""
    if not spans:
        return []
    starts = [start for start, _end in spans]
    rows = _counted(Case.objects.filter(registered_on__range=whole(spans)), "registered_on")
    if beside is not None:
        rows = rows.union(beside, all=True)
    placed = ((bisect_right(starts, day) - 1, day, outcome, n) for day, outcome, n in rows)
    within = ((place, outcome, n) for place, day, outcome, n in placed if day <= spans[place][1])
    return list(_folded(range(len(spans)), within).values())


def whole(spans: Sequence[Span]) -> Span:
    """From the first day of the first to the last day of the last."""
    return spans[0][0], spans[-1][1]


def outcomes_by_field(span: Span) -> dict[str, Outcomes]:
    """Outcomes of the period by field, every field with a line; what records of earlier years do not tell, under ""
    where there is any (N1)."""
    rows = list(_counted(Case.objects.filter(registered_on__range=span), "field"))
    return _folded(dict.fromkeys([*Field.values, *(field for field, *_rest in rows)]), rows)


def _counted(cases: QuerySet[Case], key: str) -> Any:
    """Value of the key, decision, number of cases."""
    return case_counts(cases).order_by().values_list(key, "outcome").annotate(n=Count("pk"))


def _folded(keys: Iterable[K], rows: Iterable[tuple[K, str, int]]) -> dict[K, Outcomes]:
    found: dict[K, Counter[str]] = {key: Counter() for key in keys}
    for key, outcome, n in rows:
        found[key][outcome] += n
    return {key: Outcomes.from_counts(counts) for key, counts in found.items()}


@dataclass
class Handling:
    """How reviews were dealt with. `late`: open and past the deadline; `taken`: all days until the answers."""

    sent: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    taken: timedelta = timedelta()

    @property
    def due(self) -> int:
        return self.answered + self.late

    @property
    def rate(self) -> float | None:
        """In time among those answered or past due; None where nothing was due."""
        return self.in_time / self.due if self.due else None

    @property
    def days(self) -> float | None:
        """From notice to answer, on average."""
        return round(self.taken / timedelta(days=1) / self.answered, 1) if self.answered else None

    def add(self, other: "Handling") -> None:
        self.sent += other.sent
        self.answered += other.answered
        self.in_time += other.in_time
        self.late += other.late
        self.taken += other.taken


@dataclass
class DepartmentHandling(Handling):
    department_id: int = 0
    name: str = ""


def past_due(day: date) -> Q:
    """Of open reviews those whose deadline has passed on this day."""
    return Q(clock__due__lt=day, clock__paused=False)


def handling(span: Span, day: date) -> list[DepartmentHandling]:
    """Reviews sent in the period, by department in the order of the office, under the name it had last; `day` decides
    what is late."""
    done, open_ = Q(state=ReviewState.COMPLETED), Q(state__in=OPEN_REVIEW_STATES)
    taken = ExpressionWrapper(F("completed_on") - F("notified_on"), output_field=DurationField())
    rows = (
        Review.objects.filter(state__in=LIVE_STATES, notified_on__range=span)
        .values_list("department_id", "department_name", "department__order")
        .annotate(
            sent=Count("pk"),
            answered=Count("pk", filter=done),
            in_time=Count("pk", filter=done & Q(in_time=True)),
            late=Count("pk", filter=open_ & past_due(day)),
            taken=Sum(taken, filter=done),
            last=Max("notified_on"),
        )
        .order_by("department__order", "department_id", "last")
    )
    found: dict[int, DepartmentHandling] = {}
    for pk, name, _order, sent, answered, in_time, late, taken_days, _last in rows:
        line = found.setdefault(pk, DepartmentHandling(department_id=pk))
        line.name = name
        line.add(Handling(sent, answered, in_time, late, taken_days or timedelta()))
    return list(found.values())


def together(lines: Iterable[Handling]) -> Handling:
    """All departments as one line."""
    whole = Handling()
    for line in lines:
        whole.add(line)
    return whole


def case_filter(span: Span, decisions: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """Parameters of the case list that shows the period's cases with these decisions ("" = not yet decided)."""
    outcome = [str(decision) or UNDECIDED for decision in decisions]
    return {**days_of(span, "registered"), **({"outcome": outcome} if outcome else {}), **more}


def review_filter(span: Span, **more: Any) -> dict[str, Any]:
    """Parameters of the review list that shows the reviews of the period."""
    return {"notified_from": span[0].isoformat(), "notified_to": span[1].isoformat(), **more}


def days_of(span: Span, name: str) -> dict[str, Any]:
    """Parameters of a list for the rows of these days: `year`, or `<name>_from` and `<name>_to`."""
    start, end = span
    if start == date(end.year, 1, 1) and end == date(end.year, 12, 31):
        return {"year": end.year}
    return {f"{name}_from": start.isoformat(), f"{name}_to": end.isoformat()}
