"""What the pages of a review show of its deadline and handling."""

from typing import Any

from django.utils.translation import gettext as _

from basis.clock import DeadlineBadge, deadline_badge
from basis.formats import UNRECORDED, date_weekday
from core.components import Badge
from core.now import today
from organization.enums import person_text
from reviews.enums import ReviewState
from reviews.models import DepartmentReview

REVIEW_TONES = {
    ReviewState.WAITING: "warning",
    ReviewState.ASSIGNED: "info",
    ReviewState.SUBMITTED: "info",
    ReviewState.COMPLETED: "success",
    ReviewState.RECALLED: "neutral",
}


def reviewer_text(position: str | None, name: str | None) -> str:
    """Who reviews, in a list that names the department besides."""
    return person_text(None, position, name)


def state_badge(review: DepartmentReview) -> Badge:
    return Badge(review.get_state_display(), REVIEW_TONES[ReviewState(review.state)])


def badge_of(review: DepartmentReview) -> DeadlineBadge | None:
    """None for a review of earlier years, which had no deadline here."""
    if review.is_record:
        return None
    return deadline_badge(review.clock.due, today(), review.clock.paused, review.completed_on)


def handling_facts(review: DepartmentReview) -> list[tuple[Any, Any]]:
    """Who sent the answer and who confirmed it, when, and whether in time."""
    facts: list[tuple[Any, Any]] = []
    if review.submitted_on:
        facts.append((_("제출"), f"{date_weekday(review.submitted_on)} {review.submitted_by or ''}"))
    if review.is_record:
        return [*facts, (_("완료"), review.day_text("completed_on") or UNRECORDED)]
    if review.completed_on:
        late = deadline_badge(review.clock.due, today(), False, review.completed_on).text
        facts.append((_("완료"), f"{date_weekday(review.completed_on)} {review.confirmed_by or ''} ({late})"))
    return facts
