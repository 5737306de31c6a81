"""The ways between a case, its reviews, what became of them, and what apps above have beside them."""

from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from benchmarking.models import Case, FollowUp, Review
from core.components import Way


def _way(kind: Any, url: str, *parts: Any) -> Way:
    return Way(kind, " · ".join(str(part) for part in parts if part), url)


def to_case(case: Case) -> Way:
    return _way(_("사례"), case.get_absolute_url(), f"{case.code} {case.title}", case.source_name)


def to_review(review: Review) -> Way:
    return _way(
        _("검토"),
        review.get_absolute_url(),
        review.department_name,
        review.reviewer and review.reviewer.full_label,
        review.get_state_display(),
    )


def to_follow_up(follow_up: FollowUp, review: Review) -> Way:
    planned = follow_up.planned_on and date_weekday(follow_up.planned_on)
    state = follow_up.get_state_display()
    return _way(_("업무반영"), follow_up.get_absolute_url(), review.department_name, state, planned)


def follow_ups_of(case: Case, user: Any) -> list[Way]:
    rows = FollowUp.objects.visible_to(user).filter(review__case=case).select_related("review")
    return [to_follow_up(row, row.review) for row in rows.order_by("pk")]


def beside(review: Review) -> list[Way]:
    """What became of an answer, where it was adopted."""
    follow_up = getattr(review, "follow_up", None)
    return [to_follow_up(follow_up, review)] if follow_up else []
