"""The rows that reports list: late reviews, adopted cases and what became of them, cases to be reviewed again."""

from datetime import date

from django.db.models import F, Q, QuerySet

from benchmarking.enums import CaseState, Decision, FollowUpState, Origin
from benchmarking.models import Case, Review
from benchmarking.selectors.statistics import Span, past_due
from reviews.enums import ReviewState


def late_reviews(day: date) -> QuerySet[Review]:
    """Open past their deadline, the latest first."""
    return (
        Review.objects.open()
        .filter(past_due(day))
        .select_related("case", "clock")
        .order_by("clock__due", "pk")
    )


def due_reviews(span: Span) -> QuerySet[Review]:
    """Open with a deadline in these days."""
    rows = Review.objects.open().filter(clock__due__range=span, clock__paused=False)
    return rows.select_related("case", "clock").order_by("clock__due", "pk")


def adoptions() -> QuerySet[Review]:
    """The decisions that stand and adopt, each with its follow-up, in the order of the cases."""
    return (
        Review.objects.filter(
            case__outcome=Decision.ADOPT,
            decision=Decision.ADOPT,
            state=ReviewState.COMPLETED,
            round__number=F("case__round_number"),
        )
        .select_related("case", "follow_up")
        .order_by("case__year", "case__number", "department__order", "pk")
    )


def adopted_in(span: Span) -> QuerySet[Review]:
    """Adoptions of cases registered in the period."""
    return adoptions().filter(case__registered_on__range=span)


def followed_in(span: Span) -> QuerySet[Review]:
    """Adoptions still being carried out, and those that became part of the work in the period (B7)."""
    open_ = Q(follow_up__state__in=[FollowUpState.PLANNED, FollowUpState.REPORTED])
    done = Q(follow_up__state=FollowUpState.CONFIRMED, follow_up__implemented_on__range=span)
    return adoptions().filter(open_ | done)


def rereview_cases() -> QuerySet[Case]:
    """장기검토 cases waiting for another look (B6); those of earlier years stay as they were (N1)."""
    cases = Case.objects.filter(state=CaseState.DECIDED, outcome=Decision.LONG_TERM, origin=Origin.HERE)
    return cases.order_by("decided_on", "pk")
