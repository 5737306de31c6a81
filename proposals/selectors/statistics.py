"""The figures of proposals (P6, P10, P14). Each is counted from stored columns, in few grouped queries.

Proposals belong to the day they were received; what waits for planning to look whether a robot sent it is not counted.
What is counted here and what the desk's list shows for `desk_filter` are the same rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from basis.periods import Period
from proposals.enums import DECIDED, OPEN, Kind, State
from proposals.models import Proposal

Span = tuple[date, date]  # first and last day
Month = tuple[int, int]
ANSWERS = (*DECIDED, State.NO_PROPOSAL)  # what the days of P6 count towards
UNRECORDED = "none"  # in the list's address: a choice that a record does not tell
# How proposals end, as figures group it; all other states are on their way.
GROUPS: dict[str, tuple[str, ...]] = {
    "adopted": (State.ADOPTED,),
    "rejected": (State.REJECTED,),
    "no_proposal": (State.NO_PROPOSAL,),
    "petition": (State.CONVERTED, State.ANSWERED),
    "transferred": (State.TRANSFERRED,),
    "ended": (State.LINKED, State.LAPSED, State.WITHDRAWN, State.RECORDED),
}
_ENDED = {state for states in GROUPS.values() for state in states}
GROUPS["open"] = tuple(state for state in State.values if state not in {*_ENDED, State.HELD})


def counted() -> QuerySet[Proposal]:
    """What the statistics count."""
    return Proposal.objects.exclude(state=State.HELD)


def came_in(period: Period) -> bool:
    """Whether there is anything to tell of these days."""
    return counted().filter(received_on__range=period.days).exists()


def past_due(day: date) -> Q:
    """On their way, and the day of the decision has passed."""
    return Q(
        state__in=[state for state in OPEN if state != State.HELD], clock__due__lt=day, clock__paused=False
    )


@dataclass(frozen=True)
class Handling:
    """How the days were kept (P6). `late`: on their way and past the day; `taken`: all days until the decisions."""

    answered: int = 0
    in_time: int = 0
    late: int = 0
    taken: timedelta = timedelta()

    @property
    def due(self) -> int:
        return self.answered + self.late

    @property
    def rate(self) -> float | None:
        """In time among those decided or past due; None where nothing was due."""
        return self.in_time / self.due if self.due else None

    @property
    def days(self) -> float | None:
        """From receipt to decision, on average."""
        return round(self.taken / timedelta(days=1) / self.answered, 1) if self.answered else None

    def __add__(self, other: "Handling") -> "Handling":
        return Handling(
            self.answered + other.answered,
            self.in_time + other.in_time,
            self.late + other.late,
            self.taken + other.taken,
        )


@dataclass
class Counts:
    """Of some period: how many of each kind, channel and state, and how the days were kept, by kind."""

    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    kept: dict[str, Handling] = field(default_factory=dict)

    def of(self, *, kind: str = "", channel: str | None = None, group: str = "") -> int:
        states = GROUPS.get(group, ())
        return sum(
            n
            for (k, c, s), n in self.cells.items()
            if kind in ("", k) and channel in (None, c) and (not group or s in states)
        )

    @property
    def total(self) -> int:
        return self.cells.total()

    def channels(self) -> set[str]:
        return {channel for _kind, channel, _state in self.cells}

    def handling(self, kind: str = "") -> Handling:
        found = self.kept.values() if not kind else [self.kept.get(kind, Handling())]
        return sum(found, Handling())

    def add(self, other: "Counts") -> None:
        self.cells.update(other.cells)
        for kind, handled in other.kept.items():
            self.kept[kind] = self.kept.get(kind, Handling()) + handled


_ANSWERED = Q(state__in=ANSWERS, in_time__isnull=False)
_TAKEN = ExpressionWrapper(F("closed_on") - F("received_on"), output_field=DurationField())


def _kept(day: date) -> dict[str, Any]:
    return {
        "n_answered": Count("pk", filter=_ANSWERED),
        "n_in_time": Count("pk", filter=_ANSWERED & Q(in_time=True)),
        "n_late": Count("pk", filter=past_due(day)),
        "taken": Sum(_TAKEN, filter=_ANSWERED),
    }


def by_month(span: Span, day: date, **narrow: Any) -> dict[Month, Counts]:
    """Every month of the span that has any, in one question; `day` decides what is late, `narrow`: desk_narrow."""
    rows = (
        counted()
        .filter(received_on__range=span, **narrow)
        .order_by()
        .values_list(ExtractYear("received_on"), ExtractMonth("received_on"), "kind", "channel", "state")
        .annotate(n=Count("pk"), **_kept(day))
    )
    found: dict[Month, Counts] = {}
    for year, month, kind, channel, state, n, answered, in_time, late, taken in rows:
        counts = found.setdefault((year, month), Counts())
        counts.cells[kind, channel, state] += n
        handled = Handling(answered, in_time, late, taken or timedelta())
        counts.kept[kind] = counts.kept.get(kind, Handling()) + handled
    return found


def within(months: Mapping[Month, Counts], span: Span) -> Counts:
    """A period of whole months."""
    first, last = ((one.year, one.month) for one in span)
    whole = Counts()
    for month, counts in months.items():
        if first <= month <= last:
            whole.add(counts)
    return whole


@dataclass(frozen=True)
class FieldCounts:
    """Of one field: how many came, of citizens and of staff, how many were adopted."""

    field: str
    total: int
    citizen: int
    staff: int
    adopted: int


def by_field(span: Span, **narrow: Any) -> list[FieldCounts]:
    """Fields that have any, most first."""
    rows = field_rows(span, **narrow).values_list("field", "n", "citizen", "staff", "adopted")
    return most_first(FieldCounts(*row) for row in rows)


def field_rows(span: Span, **narrow: Any) -> Any:
    rows = counted().filter(received_on__range=span, **narrow).order_by().values("field")
    return rows.annotate(
        n=Count("pk"),
        citizen=Count("pk", filter=Q(kind=Kind.CITIZEN)),
        staff=Count("pk", filter=Q(kind=Kind.STAFF)),
        adopted=Count("pk", filter=Q(state=State.ADOPTED)),
    )


def most_first(fields: Iterable[FieldCounts]) -> list[FieldCounts]:
    return sorted(fields, key=lambda line: (-line.total, line.field))


@dataclass(frozen=True)
class DepartmentCounts:
    """Of the department in charge of what was decided, under the name it had last."""

    department_id: int
    name: str
    decided: int
    adopted: int
    handling: Handling


def by_department(span: Span, day: date, **narrow: Any) -> list[DepartmentCounts]:
    """In the order of the office."""
    rows = (
        counted()
        .filter(received_on__range=span, decision__department__isnull=False, **narrow)
        .values_list("decision__department_id", "decision__department_name", "decision__department__order")
        .annotate(
            n=Count("pk"),
            adopted=Count("pk", filter=Q(state=State.ADOPTED)),
            last=Max("received_on"),
            **_kept(day),
        )
        .order_by("decision__department__order", "decision__department_id", "last")
    )
    found: dict[int, DepartmentCounts] = {}
    for pk, name, _order, n, adopted, _last, answered, in_time, late, taken in rows:
        before = found.get(pk, DepartmentCounts(pk, name, 0, 0, Handling()))
        handled = before.handling + Handling(answered, in_time, late, taken or timedelta())
        found[pk] = DepartmentCounts(pk, name, before.decided + n, before.adopted + adopted, handled)
    return list(found.values())


def adopted_in(span: Span, **narrow: Any) -> QuerySet[Proposal]:
    """Adopted ones, as they were received."""
    rows = counted().filter(state=State.ADOPTED, received_on__range=span, **narrow)
    return rows.select_related("decision__department").order_by("received_on", "pk")


def narrowed(*, kind: str = "", department: int | None = None) -> dict[str, Any]:
    """Conditions for the questions here, as the page's form gives them."""
    found: dict[str, Any] = {"kind": kind} if kind else {}
    return found | ({"decision__department": department} if department else {})


def desk_filter(
    span: Span, *, group: str = "", channel: str | None = None, field: str | None = None, **more: Any
) -> dict[str, Any]:
    """Parameters of the desk's list that shows the same rows."""
    found: dict[str, Any] = {"received_from": span[0].isoformat(), "received_to": span[1].isoformat()}
    if group:
        found["state"] = [str(state) for state in GROUPS[group]]
    elif "state" not in more and "late" not in more:
        found["counted"] = "1"
    if channel is not None:
        found["channel"] = channel or UNRECORDED
    if field is not None:
        found["field"] = field or UNRECORDED
    return found | {name: value for name, value in more.items() if value}


def answered_filter(span: Span, in_time: str = "known", **more: Any) -> dict[str, Any]:
    """The same for what was decided within the days of P6, or at all."""
    return desk_filter(span, state=[str(state) for state in ANSWERS], in_time=in_time, **more)


def whole(counts: Iterable[Counts]) -> Counts:
    found = Counts()
    for one in counts:
        found.add(one)
    return found
