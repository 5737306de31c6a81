"""Extension and pause of a review's deadline, asked for by the department, decided by planning (O9)."""

from datetime import date
from typing import Any

from django.db import transaction

from benchmarking import notifications
from benchmarking.models import Review
from benchmarking.policies import EXTENSION_CAP_DAYS
from benchmarking.services.cases import lock_all
from benchmarking.services.outcome import refresh
from benchmarking.services.reviews import locked
from core import deadlines
from core.models import Clock, ClockAdjustment
from core.permissions import ensure
from core.transition import record


def cap_days(review: Review) -> int:
    """The cap that was in force when the work began."""
    return EXTENSION_CAP_DAYS.on(review.notified_on)


@transaction.atomic
def ask_extension(review: Review, *, until: date, reason: str, actor: Any) -> ClockAdjustment:
    """Ask that a review's deadline be put off until a day; planning decides.

    Locks: case, review, clock. Raises: Rejected where the day is closed, not later, or beyond the cap.
    """
    _case, review = locked(review)
    principal = ensure(actor, "benchmarking.ask_clock", review)
    asked = deadlines.request_extension(
        review.clock, until=until, reason=reason, cap_days=cap_days(review), actor=actor
    )
    _log(review, "ask_extension", actor, principal, reason, {"to": until.isoformat()})
    notifications.clock_asked(review, asked)
    return asked


@transaction.atomic
def ask_pause(review: Review, *, start: date, end: date | None, reason: str, actor: Any) -> ClockAdjustment:
    """Ask that a review's clock stand still from a day on, to a day or open; planning decides.

    Locks: case, review, clock. Raises: Rejected with the field.
    """
    _case, review = locked(review)
    principal = ensure(actor, "benchmarking.ask_clock", review)
    asked = deadlines.request_pause(review.clock, start=start, end=end, reason=reason, actor=actor)
    _log(review, "ask_pause", actor, principal, reason, {"from": start.isoformat(), "to": str(end or "")})
    notifications.clock_asked(review, asked)
    return asked


@transaction.atomic
def decide(adjustment: ClockAdjustment, *, approve: bool, note: str, actor: Any) -> None:
    """Approve or refuse what was asked for; done by planning.

    Locks: case, review, adjustment, clock. Raises: Rejected if it is decided already or no longer possible.
    """
    case, review = locked(adjustment.clock.review)
    principal = ensure(actor, "benchmarking.decide_clock", review)
    adjustment = ClockAdjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    adjustment.clock, old = review.clock, review.clock.due
    deadlines.decide(adjustment, approve=approve, note=note, actor=actor, cap_days=cap_days(review))
    step = ("approve_" if approve else "reject_") + adjustment.kind
    _log(review, step, actor, principal, note, {"to": str(adjustment.end or "")})
    refresh(case)
    notifications.clock_decided(review, adjustment, old)


@transaction.atomic
def withdraw(adjustment: ClockAdjustment, *, actor: Any) -> None:
    """Take back what was asked for, before it is decided.

    Locks: case, review, adjustment.
    """
    _case, review = locked(adjustment.clock.review)
    principal = ensure(actor, "benchmarking.ask_clock", review)
    adjustment = ClockAdjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    deadlines.withdraw(adjustment, actor=actor)
    _log(review, "withdraw_" + adjustment.kind, actor, principal, "", {})


@transaction.atomic
def resume(review: Review, *, actor: Any) -> None:
    """Let the clock run again: what was waited for has come.

    Locks: case, review, clock.
    """
    case, review = locked(review)
    principal = ensure(actor, "benchmarking.resume_clock", review)
    deadlines.resume(review.clock, actor=actor)
    _log(review, "resume", actor, principal, "", {"due": review.clock.due.isoformat()})
    refresh(case)


def _log(review: Review, name: str, actor: Any, principal: Any, reason: str, data: dict[str, Any]) -> None:
    record(review, name, actor=actor, principal=principal, reason=reason, data=data)


def lock_open() -> list[int]:
    """Lock the cases with open reviews; gives the clocks of these reviews.

    Called by: `core.deadlines`, which locks the clocks after them.
    """
    cases = lock_all(Review.objects.open().values("case"))
    return list(Review.objects.open().filter(case__in=cases).values_list("clock", flat=True))


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Keep the case's next deadline and tell the department: a deadline moved (holiday declared, pause ended).

    Called by: `core.deadlines`, for each clock that moved.
    """
    review = Review.objects.select_related("case", "reviewer", "clock").get(clock=clock)
    review.clock = clock
    refresh(review.case)
    if old != clock.due and review.is_open and not clock.paused:
        notifications.due_moved(review, old, cause)
