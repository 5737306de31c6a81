"""Reminders (B5) and the half-yearly call for re-review (B6). Each is made once, however often it is asked for."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.notifications import department_readers, people_of
from benchmarking.policies import (
    FOLLOW_UP_REMIND,
    OVERDUE_HEAD,
    OVERDUE_PLANNING,
    OVERDUE_REVIEWER,
    REMIND_BEFORE,
    REREVIEW_MONTHS,
)
from benchmarking.services.reminder import Reminder
from benchmarking.services.visit_reminders import of_visits
from core.clock import deadline_badge
from core.formats import date_weekday
from core.once import not_yet_done
from notifications.services import Line, audience, notify, queue_mail
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of


def remind(day: date) -> int:
    """All reminders whose day has come; the number made. Called by the schedule under its lock."""
    planners = tuple(holders_of(Role.PLANNING))
    readers = cache(department_readers)
    found = {r.key: r for r in [*_of_reviews(day, planners, readers), *_of_follow_ups(day), *of_visits(day)]}
    fresh = [found[key] for key in sorted(not_yet_done(found), key=lambda k: (found[k].day, k))]
    digest: dict[User, dict[str, Line]] = {}
    for reminder in fresh:
        text = f"{reminder.title} · {reminder.detail}"
        notify(
            "benchmarking.reminder",
            reminder.people,
            title=text,
            url=reminder.url,
            key=reminder.key,
            mail=False,
        )
        for person in audience(reminder.people):
            # the newest word on a thing is enough in the mail
            digest.setdefault(person, {})[reminder.url] = Line(reminder.title, reminder.detail, reminder.url)
    for person, lines in digest.items():
        queue_mail(
            "benchmarking.reminder",
            person,
            subject=_("기한 안내 %(count)d건") % {"count": len(lines)},
            intro=_("처리 기한을 안내해 드립니다."),
            lines=list(lines.values()),
            key=f"digest:{person.pk}:{fresh[-1].key}",
        )
    return len(fresh)


def _of_reviews(
    day: date, planners: tuple[User, ...], readers: Callable[[int], list[User]]
) -> Iterator[Reminder]:
    horizon = day + timedelta(days=max([0, *REMIND_BEFORE.on(day)]) + 30)
    rows = Review.objects.open().filter(clock__paused=False, clock__due__lte=horizon)
    for review in rows.select_related("clock", "case", "reviewer__department"):
        due, begun = review.clock.due, review.notified_on
        title = f"{review.case.code} {review.case.title}"
        events: list[tuple[int, str]] = [(-n, "reviewer") for n in REMIND_BEFORE.on(begun)]
        events += [
            (OVERDUE_REVIEWER.on(begun), "reviewer"),
            (OVERDUE_HEAD.on(begun), "head"),
            (OVERDUE_PLANNING.on(begun), "planning"),
        ]
        for offset, whom in events:
            event_day = due + timedelta(days=offset)
            if event_day > day or event_day <= begun:
                continue
            people = planners
            if whom == "reviewer":
                people = tuple(people_of(review))
            elif whom == "head":
                people = tuple(readers(review.department_id))
            state = deadline_badge(due, event_day, paused=False).text
            detail = _("기한 %(due)s (%(state)s)") % {"due": date_weekday(due), "state": state}
            if whom != "reviewer":
                detail = f"{review.department_name} · {detail}"
            yield Reminder(
                f"remind:{review.pk}:{due}:{whom}:{offset}",
                event_day,
                people,
                title,
                detail,
                review.get_absolute_url(),
            )


def _of_follow_ups(day: date) -> Iterator[Reminder]:
    days = FOLLOW_UP_REMIND.on(day)
    rows = FollowUp.objects.filter(
        state=FollowUpState.PLANNED, planned_on__lte=day + timedelta(days=max([0, *days]))
    ).select_related("review__case", "review__reviewer__department")
    for follow_up in rows:
        planned = follow_up.planned_on
        assert planned is not None
        for n in days:
            event_day = planned - timedelta(days=n)
            if event_day > day or (
                follow_up.review.completed_on and event_day <= follow_up.review.completed_on
            ):
                continue
            yield Reminder(
                f"follow:{follow_up.pk}:{planned}:{n}",
                event_day,
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
