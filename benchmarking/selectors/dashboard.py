"""What planning sees at a glance (R4), in two queries: the latest steps, and everything that is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import models
from django.db.models import (
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from benchmarking.models import Case, FollowUp, Review
from benchmarking.models.case import case_code
from benchmarking.selectors.cases import step_of
from benchmarking.selectors.statistics import Handling, Outcomes, Span, case_counts, past_due
from core.components import Event
from core.models import TransitionLog
from reviews.enums import OPEN_REVIEW_STATES, ReviewState

KEPT_SECONDS = 60  # how long a holiday or a department's new name may take to show


@dataclass
class Load:
    """The open reviews of a department: how many are late, and how many stand at which step."""

    department_id: int
    name: str
    late: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OPEN_REVIEW_STATES, 0))

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass
class Overview:
    """`loads`: departments with open reviews, the latest first; `due`: day → open reviews due that day; `rates`: one
    for each period asked for; `outcomes`: by year."""

    loads: list[Load]
    due: dict[date, int]
    rates: list[Handling]
    outcomes: dict[int, Outcomes]

    @property
    def late(self) -> int:
        return sum(load.late for load in self.loads)

    @property
    def open(self) -> int:
        return sum(load.total for load in self.loads)


def steps_since(day: date) -> models.QuerySet[TransitionLog]:
    """What happened to cases, reviews and follow-ups since the beginning of a day, newest first."""
    kinds = ContentType.objects.get_for_models(Case, Review, FollowUp).values()
    rows = TransitionLog.objects.annotate(
        kind_id=F("content_type_id") + 0
    )  # leads SQLite to the index of days
    begun = timezone.make_aware(datetime.combine(day, time.min))
    return rows.filter(kind_id__in=[kind.pk for kind in kinds], at__gte=begun).order_by("-at", "-pk")


def latest_steps(since: date, limit: int = 10) -> list[TransitionLog]:
    """The latest of them, with what each was about."""
    kinds = ContentType.objects.get_for_models(Case, Review, FollowUp)
    review = Review.objects.filter(pk=OuterRef("object_id"))
    follow_up = FollowUp.objects.filter(pk=OuterRef("object_id"))
    case = Case.objects.filter(pk=OuterRef("case_id"))
    rows = (
        steps_since(since)
        .annotate(
            case_id=models.Case(
                When(content_type=kinds[Review], then=Subquery(review.values("case_id"))),
                When(content_type=kinds[FollowUp], then=Subquery(follow_up.values("review__case_id"))),
                default=F("object_id"),
                output_field=models.BigIntegerField(),
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
        .select_related("actor__department", "principal__department")
    )
    return list(rows[:limit])


def events(steps: Sequence[Any]) -> list[Event]:
    """The steps as lines of a timeline, each leading to its case."""
    return [
        replace(
            step_of(step, step.place),
            url=reverse("benchmarking:case", args=[step.case_id]),
            note=f"{case_code(step.year, step.number)} {step.title}",
        )
        for step in steps
    ]


def overview(
    day: date, *, until: date, spans: Sequence[Span], years: tuple[int, int], latest: int | None
) -> Overview:
    """Counted anew only when something has happened: every change of what is counted leaves a step, and `latest` is
    the key of the last."""
    key = f"overview:{day}:{latest or 0}"
    found: Overview | None = cache.get(key)
    if found is None:
        found = _count(day, until, spans, years)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _count(day: date, until: date, spans: Sequence[Span], years: tuple[int, int]) -> Overview:
    loads: dict[int, Load] = {}
    due = {day + timedelta(days=n): 0 for n in range((until - day).days + 1)}
    rates = [Handling() for _span in spans]
    outcomes: dict[int, dict[str, int]] = {year: {} for year in range(years[0], years[1] + 1)}
    rows = _open(day, until, spans).union(_answered(spans), _outcomes(years), all=True)
    for kind, number, name, state, flag, due_on, place, n in rows:
        if kind == "outcome":
            outcomes[number][state] = n
        elif kind == "answered":
            rates[place].answered += n
            rates[place].in_time += n * flag
        else:
            load = loads.setdefault(number, Load(number, name))
            load.states[state] += n
            load.late += n * flag
            if due_on is not None:
                due[due_on] += n
            if place is not None:
                rates[place].late += n * flag
    worst_first = sorted(loads.values(), key=lambda load: (-load.late, -load.total, load.department_id))
    return Overview(
        worst_first, due, rates, {year: Outcomes.from_counts(found) for year, found in outcomes.items()}
    )


def _union_row(rows: QuerySet[Any], **columns: Any) -> Any:
    """Rows of the one shape that all parts of the union have, counted."""
    return rows.order_by().annotate(**columns).values_list(*COLUMNS).annotate(n=Count("pk"))


COLUMNS = ("u_kind", "u_number", "u_name", "u_state", "u_flag", "u_day", "u_place")
_NO_TEXT, _NO_NUMBER, _NO_DAY = Value("", CharField()), Value(None, IntegerField()), Value(None, DateField())


def _open(day: date, until: date, spans: Sequence[Span]) -> Any:
    within = When(clock__due__range=(day, until), then=F("clock__due"))
    return _union_row(
        Review.objects.open(),
        u_kind=Value("open", CharField()),
        u_number=Cast("department_id", IntegerField()),
        u_name=F("department__name"),
        u_state=F("state"),
        u_flag=_flag(past_due(day)),
        u_day=models.Case(within, output_field=DateField(null=True)),
        u_place=_place(spans),
    )


def _answered(spans: Sequence[Span]) -> Any:
    sent = Q(*(Q(notified_on__range=span) for span in spans), _connector=Q.OR)
    return _union_row(
        Review.objects.filter(sent, state=ReviewState.COMPLETED),
        u_kind=Value("answered", CharField()),
        u_number=_NO_NUMBER,
        u_name=_NO_TEXT,
        u_state=_NO_TEXT,
        u_flag=_flag(Q(in_time=True)),
        u_day=_NO_DAY,
        u_place=_place(spans),
    )


def _outcomes(years: tuple[int, int]) -> Any:
    return _union_row(
        case_counts(Case.objects.filter(year__range=years)),
        u_kind=Value("outcome", CharField()),
        u_number=F("year"),
        u_name=_NO_TEXT,
        u_state=F("outcome"),
        u_flag=Value(0, IntegerField()),
        u_day=_NO_DAY,
        u_place=_NO_NUMBER,
    )


def _flag(condition: Q) -> models.Case:
    return models.Case(When(condition, then=1), default=0, output_field=IntegerField())


def _place(spans: Iterable[Span]) -> models.Case:
    """In which of the spans a review was sent."""
    whens = [When(notified_on__range=span, then=Value(i)) for i, span in enumerate(spans)]
    return models.Case(*whens, output_field=IntegerField(null=True))
