"""The figures of what departments were asked, and of interim answers (P6, R4). Reviews belong to the day the department
was told, interim answers to the day on which they are due."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, Sum

from proposals.enums import InterimState
from proposals.models import Interim, ProposalReview
from proposals.selectors.statistics import Handling, Span
from reviews.enums import OPEN_REVIEW_STATES, ReviewState

LIVE_STATES = (*OPEN_REVIEW_STATES, ReviewState.COMPLETED)


@dataclass(frozen=True)
class Asked:
    """One department: how many it was asked, and how it kept the days; `open`: not answered yet."""

    department_id: int
    name: str
    sent: int = 0
    open: int = 0
    handling: Handling = field(default_factory=Handling)


def late_on(day: date) -> Q:
    return Q(state__in=OPEN_REVIEW_STATES, clock__due__lt=day, clock__paused=False)


def asked_in(span: Span, day: date) -> list[Asked]:
    """By department in the order of the office, under the name it had last; `day` decides what is late."""
    done = Q(state=ReviewState.COMPLETED)
    taken = ExpressionWrapper(F("completed_on") - F("notified_on"), output_field=DurationField())
    rows = (
        ProposalReview.objects.filter(state__in=LIVE_STATES, notified_on__range=span)
        .values_list("department_id", "department_name", "department__order")
        .annotate(
            sent=Count("pk"),
            n_open=Count("pk", filter=~done),
            n_answered=Count("pk", filter=done),
            n_in_time=Count("pk", filter=done & Q(in_time=True)),
            n_late=Count("pk", filter=late_on(day)),
            taken=Sum(taken, filter=done),
            last=Max("notified_on"),
        )
        .order_by("department__order", "department_id", "last")
    )
    found: dict[int, Asked] = {}
    for pk, name, _order, sent, open_, answered, in_time, late, taken_days, _last in rows:
        before = found.get(pk, Asked(pk, name))
        found[pk] = Asked(
            pk,
            name,
            before.sent + sent,
            before.open + open_,
            before.handling + Handling(answered, in_time, late, taken_days or timedelta()),
        )
    return list(found.values())


def in_hand(day: date) -> Any:
    """What departments have not answered; `loads_of` reads it."""
    rows = ProposalReview.objects.open().order_by().values("department_id", "department__name")
    return rows.annotate(n=Count("pk"), late=Count("pk", filter=late_on(day)))


def loads_of(rows: Iterable[tuple[int, str, int, int]]) -> list[Asked]:
    """The latest first."""
    found = [Asked(pk, name, n, n, Handling(late=late)) for pk, name, n, late in rows]
    return sorted(found, key=lambda one: (-one.handling.late, -one.open, one.department_id))


def of_department(department_id: int, span: Span, day: date) -> Asked:
    """What this one has in hand, and how it kept the days of what it was asked in the span."""
    done, within = Q(state=ReviewState.COMPLETED), Q(notified_on__range=span)
    found = ProposalReview.objects.filter(state__in=LIVE_STATES, department=department_id).aggregate(
        sent=Count("pk", filter=within),
        n_open=Count("pk", filter=~done),
        n_answered=Count("pk", filter=done & within),
        n_in_time=Count("pk", filter=done & within & Q(in_time=True)),
        n_late=Count("pk", filter=late_on(day)),
    )
    handled = Handling(found["n_answered"], found["n_in_time"], found["n_late"])
    return Asked(department_id, "", found["sent"], found["n_open"], handled)


def together(lines: list[Asked]) -> Asked:
    whole = Asked(0, "")
    for line in lines:
        whole = replace(
            whole,
            sent=whole.sent + line.sent,
            open=whole.open + line.open,
            handling=whole.handling + line.handling,
        )
    return whole


def review_filter(span: Span, **more: Any) -> dict[str, Any]:
    """Parameters of the list of reviews that shows the same rows."""
    return {"notified_from": span[0].isoformat(), "notified_to": span[1].isoformat(), **more}


def interims_in(span: Span) -> dict[str, int]:
    """Interim answers due in these days, by state."""
    rows = Interim.objects.filter(due_on__range=span).order_by().values_list("state")
    return {state.value: 0 for state in InterimState} | dict(rows.annotate(n=Count("pk")))


def interim_filter(span: Span, state: str) -> dict[str, Any]:
    return {"due_from": span[0].isoformat(), "due_to": span[1].isoformat(), "state": state}
