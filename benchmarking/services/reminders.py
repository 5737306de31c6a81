"""Reminders of reviews (B5) and follow-ups (B7), and the half-yearly call for re-review (B6)."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.notifications import people_of
from benchmarking.policies import (
    FOLLOW_UP_REMIND,
    OVERDUE_HEAD,
    OVERDUE_PLANNING,
    OVERDUE_REVIEWER,
    REMIND_BEFORE,
    REREVIEW_MONTHS,
)
from core.formats import date_weekday
from core.once import not_yet_done
from notifications.reminders import Reminder, due_text, ladder
from notifications.services import notify
from organization.enums import Role
from organization.selectors import department_readers, holders_of


def of_reviews(day: date) -> Iterator[Reminder]:
    """Before the deadline and just after it the reviewer is told, later the head, then planning."""
    planners, readers = tuple(holders_of(Role.PLANNING)), cache(department_readers)
    horizon = day + timedelta(days=max([0, *REMIND_BEFORE.on(day)]) + 30)
    rows = Review.objects.open().filter(clock__paused=False, clock__due__lte=horizon)
    for review in rows.select_related("clock", "case", "reviewer__department"):
        due, begun = review.clock.due, review.notified_on
        events: list[tuple[int, str]] = [(-n, "reviewer") for n in REMIND_BEFORE.on(begun)]
        events += [
            (OVERDUE_REVIEWER.on(begun), "reviewer"),
            (OVERDUE_HEAD.on(begun), "head"),
            (OVERDUE_PLANNING.on(begun), "planning"),
        ]
        for rung in ladder(due, events, after=begun, until=day):
            people, detail = planners, due_text(due, rung)
            if rung.whom == "reviewer":
                people = tuple(people_of(review))
            elif rung.whom == "head":
                people = tuple(readers(review.department_id))
            if rung.whom != "reviewer":
                detail = f"{review.department_name} · {detail}"
            yield Reminder(
                f"remind:{review.pk}:{due}:{rung.whom}:{rung.offset}",
                rung.day,
                people,
                f"{review.case.code} {review.case.title}",
                detail,
                review.get_absolute_url(),
            )


def of_follow_ups(day: date) -> Iterator[Reminder]:
    days = FOLLOW_UP_REMIND.on(day)
    rows = FollowUp.objects.filter(
        state=FollowUpState.PLANNED, planned_on__lte=day + timedelta(days=max([0, *days]))
    ).select_related("review__case", "review__reviewer__department")
    for follow_up in rows:
        planned = follow_up.planned_on
        assert planned is not None
        steps = [(-n, "") for n in days]
        for rung in ladder(planned, steps, after=follow_up.review.completed_on, until=day):
            yield Reminder(
                f"follow:{follow_up.pk}:{planned}:{-rung.offset}",
                rung.day,
                tuple(people_of(follow_up.review)),
                _("업무반영 예정: %(title)s") % {"title": follow_up.review.case.title},
                _("예정일 %(day)s") % {"day": date_weekday(planned)},
                follow_up.get_absolute_url(),
            )


def call_for_rereview(day: date) -> int:
    """From each month of re-review on, planning is told once how many cases wait for it (B6)."""
    months = REREVIEW_MONTHS.on(day)
    begins = [date(year, month, 1) for year in (day.year - 1, day.year) for month in months]
    begin = max(first for first in begins if first <= day)
    count = Case.objects.filter(
        state=CaseState.DECIDED, outcome=Decision.LONG_TERM, decided_on__lt=begin
    ).count()
    if not count or not not_yet_done([f"rereview:{begin}"]):
        return 0
    notify(
        "benchmarking.rereview",
        holders_of(Role.PLANNING),
        title=_("장기검토 사례 %(count)d건을 다시 검토할 때입니다") % {"count": count},
        url=reverse("benchmarking:rereview"),
        key=f"rereview:{begin}",
    )
    return 1
