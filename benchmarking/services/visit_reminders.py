"""Reminders of the reports of field visits (V3), as those of reviews are (B5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from benchmarking.enums import VisitState
from benchmarking.models import FieldVisit
from benchmarking.notifications import department_readers
from benchmarking.policies import VISIT_OVERDUE_HEAD, VISIT_OVERDUE_TEAM, VISIT_REMIND
from benchmarking.services.reminder import Reminder
from benchmarking.visit_notifications import askers_of
from core.clock import deadline_badge
from core.formats import date_weekday
from organization.models import User


def of_visits(day: date) -> Iterator[Reminder]:
    """Before the deadline and just after it who went is told, later the head of the department."""
    horizon = day + timedelta(days=max([0, *VISIT_REMIND.on(day)]) + 30)
    rows = FieldVisit.objects.filter(state=VisitState.TRAVELLED, clock__due__lte=horizon)
    rows = rows.select_related("clock", "recorded_by__department").prefetch_related(
        "members__user__department"
    )
    for visit in rows.order_by("pk"):
        assert visit.clock is not None
        due, begun = visit.clock.due, visit.begun_on
        events = [(-n, "team") for n in VISIT_REMIND.on(begun)]
        events += [(VISIT_OVERDUE_TEAM.on(begun), "team"), (VISIT_OVERDUE_HEAD.on(begun), "head")]
        for offset, whom in events:
            event_day = due + timedelta(days=offset)
            if visit.ends_on < event_day <= day:
                yield Reminder(
                    f"visit:{visit.pk}:{due}:{whom}:{offset}",
                    event_day,
                    _team(visit) if whom == "team" else tuple(department_readers(visit.department_id)),
                    _("현장체험 결과보고: %(host)s") % {"host": visit.host},
                    _("기한 %(due)s (%(state)s)")
                    % {
                        "due": date_weekday(due),
                        "state": deadline_badge(due, event_day, paused=False).text,
                    },
                    visit.get_absolute_url(),
                )


def _team(visit: FieldVisit) -> tuple[User, ...]:
    people = [*askers_of(visit), *(member.user for member in visit.members.all())]
    return tuple({person.pk: person for person in people}.values())
