"""Extension and pause of a review's deadline, asked for by the department, decided by planning (O9)."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from core import deadlines
from core.actors import SYSTEM
from core.deadlines import ClockKind
from core.models import Clock, ClockAdjustment
from core.now import today
from core.permissions import ensure
from core.transition import record
from reviews import notifications
from reviews.kinds import ReviewKind, kind_of, kind_of_clock
from reviews.models import DepartmentReview
from reviews.services.reviews import locked


def cap_days(review: DepartmentReview) -> int:
    """The cap that was in force when the work began."""
    return kind_of(review).figures.cap.on(review.notified_on)


@transaction.atomic
def ask_extension(review: DepartmentReview, *, until: date, reason: str, actor: Any) -> ClockAdjustment:
    """Ask that a review's deadline be put off until a day; planning decides.

    Locks: subject, review, clock. Raises: Rejected where the day is closed, not later, or beyond the cap.
    """
    kind, review = locked(review)
    principal = ensure(actor, f"{kind.prefix}.ask_clock", review)
    asked = deadlines.request_extension(
        review.clock, until=until, reason=reason, cap_days=cap_days(review), actor=actor
    )
    _log(review, "ask_extension", actor, principal, reason, {"to": until.isoformat()})
    notifications.clock_asked(review, asked)
    return asked


@transaction.atomic
def ask_pause(
    review: DepartmentReview, *, start: date, end: date | None, reason: str, actor: Any
) -> ClockAdjustment:
    """Ask that a review's clock stand still from a day on, to a day or open; planning decides.

    Locks: subject, review, clock. Raises: Rejected with the field.
    """
    kind, review = locked(review)
    principal = ensure(actor, f"{kind.prefix}.ask_clock", review)
    asked = deadlines.request_pause(review.clock, start=start, end=end, reason=reason, actor=actor)
    _log(review, "ask_pause", actor, principal, reason, {"from": start.isoformat(), "to": str(end or "")})
    notifications.clock_asked(review, asked)
    return asked


@transaction.atomic
def decide(adjustment: ClockAdjustment, *, approve: bool, note: str, actor: Any) -> None:
    """Approve or refuse what was asked for; done by planning.

    Locks: subject, review, adjustment, clock. Raises: Rejected if it is decided already or no longer possible.
    """
    kind, review = locked(_review_of(adjustment.clock))
    principal = ensure(actor, f"{kind.prefix}.decide_clock", review)
    adjustment = ClockAdjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    adjustment.clock, old = review.clock, review.clock.due
    deadlines.decide(adjustment, approve=approve, note=note, actor=actor, cap_days=cap_days(review))
    step = ("approve_" if approve else "reject_") + adjustment.kind
    _log(review, step, actor, principal, note, {"to": str(adjustment.end or "")})
    kind.refresh(review.subject)
    notifications.clock_decided(review, adjustment, old)


@transaction.atomic
def withdraw(adjustment: ClockAdjustment, *, actor: Any) -> None:
    """Take back what was asked for, before it is decided.

    Locks: subject, review, adjustment.
    """
    kind, review = locked(_review_of(adjustment.clock))
    principal = ensure(actor, f"{kind.prefix}.ask_clock", review)
    adjustment = ClockAdjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    deadlines.withdraw(adjustment, actor=actor)
    _log(review, "withdraw_" + adjustment.kind, actor, principal, "", {})


@transaction.atomic
def resume(review: DepartmentReview, *, actor: Any) -> None:
    """Let the clock run again: what was waited for has come.

    Locks: subject, review, clock.
    """
    kind, review = locked(review)
    principal = ensure(actor, f"{kind.prefix}.resume_clock", review)
    deadlines.resume(review.clock, actor=actor)
    _log(review, "resume", actor, principal, "", {"due": review.clock.due.isoformat()})
    kind.refresh(review.subject)


def hold(reviews: Iterable[DepartmentReview], *, reason: str, actor: Any) -> None:
    """The days of open reviews stand still with those of their subject: what they need is being asked for. A deadline
    that stands still already is left alone.

    Called by: the process, under the locks of the subject.
    """
    for review in reviews:
        if not review.clock.paused:
            asked = deadlines.request_pause(review.clock, start=today(), end=None, reason=reason, actor=actor)
            deadlines.decide(asked, approve=True, note="", actor=SYSTEM, cap_days=0)


def release(reviews: Iterable[DepartmentReview], *, reason: str, actor: Any) -> None:
    """The days held for this reason are counted again.

    Called by: the process, under the locks of the subject.
    """
    for review in reviews:
        if review.clock.adjustments.filter(kind=ClockAdjustment.Kind.PAUSE, end=None, reason=reason).exists():
            deadlines.resume(review.clock, actor=actor)


def _log(
    review: DepartmentReview, name: str, actor: Any, principal: Any, reason: str, data: dict[str, Any]
) -> None:
    record(review, name, actor=actor, principal=principal, reason=reason, data=data)


def _review_of(clock: Clock, *related: str) -> Any:
    return kind_of_clock(clock).model.objects.select_related(*related).get(clock=clock)


def clock_kind(kind: ReviewKind[Any]) -> ClockKind:
    """What a process declares of the clocks of its reviews."""
    return ClockKind(kind.clock, due_moved, partial(lock_open, kind))


def lock_open(kind: ReviewKind[Any]) -> list[int]:
    """Lock the subjects with open reviews; gives the clocks of these reviews.

    Called by: `core.deadlines`, which locks the clocks after them.
    """
    name, reviews = kind.model.SUBJECT, kind.model.objects.open()
    subjects = kind.lock_all(reviews.values(name))
    return list(reviews.filter(**{f"{name}__in": subjects}).values_list("clock", flat=True))


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Keep the subject's next deadline and tell the department: a deadline moved (holiday declared, pause ended).

    Called by: `core.deadlines`, for each clock that moved.
    """
    kind = kind_of_clock(clock)
    review = _review_of(clock, kind.model.SUBJECT, "reviewer", "clock")
    review.clock = clock
    kind.refresh(review.subject)
    if old != clock.due and review.is_open and not clock.paused:
        notifications.due_moved(review, old, cause)
