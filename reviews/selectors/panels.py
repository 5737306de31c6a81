"""What is done right in the bar of a review's page: naming a reviewer, deciding on a request about its deadline."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_short, date_weekday
from core import deadlines
from core.asks import Panel
from core.models import ClockAdjustment
from core.now import today
from core.permissions import can
from organization.models import Absence, User
from organization.selectors import staff_of
from reviews.kinds import kind_of
from reviews.models import DepartmentReview
from reviews.selectors.load import is_late


@dataclass(frozen=True)
class Candidate:
    """Somebody of the department, with what the person has to do and when the person is away until the deadline."""

    person: User
    load: str
    away: str

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.person.full_label, self.load, self.away]))


def candidates(review: DepartmentReview) -> list[Candidate]:
    """Who may be named, in three questions."""
    people = list(staff_of(review.department_id).select_related("department").in_order())
    counted = (
        kind_of(review)
        .model.objects.open()
        .filter(reviewer__in=people)
        .order_by()
        .values_list("reviewer")
        .annotate(n=Count("pk"), late=Count("pk", filter=is_late()))
    )
    loads = {pk: (n, late) for pk, n, late in counted}
    until = max(review.clock.due, today())
    away: dict[int, list[str]] = {}
    for one in Absence.objects.filter(user__in=people, cancelled_at=None, end__gte=today(), start__lte=until):
        away.setdefault(one.user_id, []).append(f"{date_short(one.start)}~{date_short(one.end)}")
    return [
        Candidate(
            person,
            _load(*loads.get(person.pk, (0, 0))),
            _("부재 %(days)s") % {"days": ", ".join(away[person.pk])} if person.pk in away else "",
        )
        for person in people
    ]


def _load(n: int, late: int) -> str:
    text = _("진행 %(n)d · 지남 %(late)d") if late else _("진행 %(n)d")
    return text % {"n": n, "late": late}


def assign_panel(actor: Any, review: DepartmentReview) -> Panel | None:
    prefix = kind_of(review).prefix
    if not can(actor, f"{prefix}.assign", review):
        return None
    url, found = reverse(f"{prefix}:review_assign", args=[review.pk]), candidates(review)
    return Panel("assign", "reviews/assign_panel.html", {"url": url, "candidates": found}) if found else None


def decide_panel(kind: str) -> Any:
    """Of the request of this kind that waits."""

    def panel(actor: Any, review: DepartmentReview) -> Panel | None:
        prefix = kind_of(review).prefix
        waits = Q(kind=kind, state=ClockAdjustment.State.REQUESTED)
        row = review.clock.adjustments.select_related("requested_by__department").filter(waits).first()
        if row is None or not can(actor, f"{prefix}.decide_clock", review):
            return None
        context = {
            "url": reverse(f"{prefix}:clock_decide", args=[row.pk]),
            "asked": asked_text(row),
            "used": used_text(review) if kind == ClockAdjustment.Kind.EXTENSION else "",
            "asker": row.asker,
            "reason": row.reason,
        }
        return Panel("", "reviews/decide_panel.html", context)

    return panel


def asked_text(row: ClockAdjustment) -> str:
    """From when to when, or until when."""
    until = date_weekday(row.end) if row.end else _("정하지 않음")
    if row.kind == ClockAdjustment.Kind.EXTENSION:
        return _("%(day)s까지 기한 연장") % {"day": until}
    return _("%(first)s ~ %(last)s 기한 정지") % {"first": date_weekday(row.start), "last": until}


def used_text(review: DepartmentReview) -> str:
    """How much of what may be granted is used up."""
    cap = kind_of(review).figures.cap.on(review.notified_on)
    left: timedelta = deadlines.latest_extension(review.clock, cap) - deadlines.reckon(review.clock).raw
    used = min(cap, max(0, cap - left.days))
    return _("%(cap)d일 중 %(used)d일 사용") % {"cap": cap, "used": used}
