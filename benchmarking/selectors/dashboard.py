"""What planning sees at a glance (R4): the open reviews in one query, the answered ones in another, the latest steps
in a third."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from benchmarking.enums import OPEN_REVIEW_STATES, ReviewState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.models.case import case_code
from benchmarking.selectors.cases import event_of
from benchmarking.selectors.statistics import Span
from core.components import Event
from core.models import TransitionLog


@dataclass
class Load:
    """The open reviews of a department: how many are late, and how many stand at which step."""

    department_id: int
    name: str
    order: int
    late: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OPEN_REVIEW_STATES, 0))

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass
class InTime:
    """Reviews sent in a period: answered, of them in time, and those open past their deadline."""

    answered: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def due(self) -> int:
        return self.answered + self.late

    @property
    def ratio(self) -> float | None:
        return self.in_time / self.due if self.due else None


@dataclass
class Overview:
    """`loads`: departments with open reviews, the latest first; `due`: day → open reviews due that day."""

    loads: list[Load]
    due: dict[date, int]
    rates: list[InTime]

    @property
    def late(self) -> int:
        return sum(load.late for load in self.loads)

    @property
    def open(self) -> int:
        return sum(load.total for load in self.loads)


def overview(day: date, *, until: date, spans: Iterable[Span]) -> Overview:
    """Loads, what is due day..until, and how far reviews sent in each of `spans` were in time."""
    spans = list(spans)
    loads: dict[int, Load] = {}
    due = {day + timedelta(days=n): 0 for n in range((until - day).days + 1)}
    rates = [InTime() for _span in spans]
    for department_id, name, order, state, late, due_on, place, n in _open_rows(day, until, spans):
        load = loads.setdefault(department_id, Load(department_id, name, order))
        load.states[state] += n
        if due_on is not None:
            due[due_on] += n
        if late:
            load.late += n
            if place is not None:
                rates[place].late += n
    for place, in_time, n in _answered_rows(spans):
        rates[place].answered += n
        rates[place].in_time += n if in_time else 0
    worst_first = sorted(loads.values(), key=lambda load: (-load.late, -load.total, load.order))
    return Overview(worst_first, due, rates)


def _open_rows(day: date, until: date, spans: list[Span]) -> Iterable[tuple]:
    """Grouped so that everything about open reviews comes from one pass."""
    past = Q(clock__due__lt=day, clock__paused=False)
    return (
        Review.objects.filter(state__in=OPEN_REVIEW_STATES)
        .order_by()
        .annotate(
            late=models.Case(When(past, then=1), default=0),
            due_on=models.Case(When(clock__due__range=(day, until), then=F("clock__due"))),
            place=_place(spans),
        )
        .values_list(
            "department_id", "department__name", "department__order", "state", "late", "due_on", "place"
        )
        .annotate(n=Count("pk"))
    )


def _answered_rows(spans: list[Span]) -> Iterable[tuple[int, bool, int]]:
    whole = min(start for start, _end in spans), max(end for _start, end in spans)
    return (
        Review.objects.filter(state=ReviewState.COMPLETED, notified_on__range=whole)
        .order_by()
        .annotate(place=_place(spans))
        .values_list("place", "in_time")
        .annotate(n=Count("pk"))
        .exclude(place=None)
    )


def _place(spans: list[Span]) -> models.Case:
    """Which of the spans a review was sent in."""
    whens = [When(notified_on__range=span, then=Value(i)) for i, span in enumerate(spans)]
    return models.Case(*whens, output_field=models.IntegerField(null=True))


def latest_steps(since: date, limit: int = 10) -> list[Event]:
    """What happened to cases, reviews and follow-ups since the beginning of a day, newest first."""
    kinds = ContentType.objects.get_for_models(Case, Review, FollowUp)
    review = Review.objects.filter(pk=OuterRef("object_id"))
    follow_up = FollowUp.objects.filter(pk=OuterRef("object_id"))
    case = Case.objects.filter(pk=OuterRef("case_id"))
    rows = (
        TransitionLog.objects.filter(
            content_type__in=kinds.values(), at__gte=timezone.make_aware(datetime.combine(since, time.min))
        )
        .annotate(
            case_id=models.Case(
                When(content_type=kinds[Review], then=Subquery(review.values("case_id"))),
                When(content_type=kinds[FollowUp], then=Subquery(follow_up.values("review__case_id"))),
                default=F("object_id"),
            ),
            place=models.Case(
                When(content_type=kinds[Review], then=Subquery(review.values("department_name"))),
                When(
                    content_type=kinds[FollowUp], then=Subquery(follow_up.values("review__department_name"))
                ),
                default=Value(""),
            ),
        )
        .annotate(**{name: Subquery(case.values(name)) for name in ("year", "number", "title")})
        .select_related("content_type", "actor__department", "principal__department")
        .order_by("-at", "-pk")[:limit]
    )
    return [_named(row) for row in rows]


def _named(row: TransitionLog) -> Event:
    event = event_of(row, row.place)  # type: ignore[attr-defined]  # annotated above
    name = f"{case_code(row.year, row.number)} {row.title}"  # type: ignore[attr-defined]
    return replace(
        event,
        text=f"{name} — {event.text}",
        url=reverse("benchmarking:case", args=[row.case_id]),  # type: ignore[attr-defined]
    )
