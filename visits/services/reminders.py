"""Reminders of the reports of field visits (V3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from notifications.reminders import Reminder, due_text, ladder
from organization.models import User
from organization.selectors import department_readers
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.notifications import askers_of
from visits.policies import OVERDUE_HEAD, OVERDUE_TEAM, REMIND


def of_reports(day: date) -> Iterator[Reminder]:
    """Before the deadline and just after it who went is told, later the head of the department."""
    horizon = day + timedelta(days=max([0, *REMIND.on(day)]) + 30)
    rows = FieldVisit.objects.filter(state=VisitState.TRAVELLED, clock__due__lte=horizon)
    rows = rows.select_related("clock", "recorded_by__department").prefetch_related(
        "members__user__department"
    )
    for visit in rows.order_by("pk"):
        assert visit.clock is not None
        due, begun = visit.clock.due, visit.begun_on
        events = [(-n, "team") for n in REMIND.on(begun)]
        events += [(OVERDUE_TEAM.on(begun), "team"), (OVERDUE_HEAD.on(begun), "head")]
        for rung in ladder(due, events, after=visit.ends_on, until=day):
            yield Reminder(
                f"visit:{visit.pk}:{due}:{rung.whom}:{rung.offset}",
                rung.day,
                _team(visit) if rung.whom == "team" else tuple(department_readers(visit.department_id)),
                _("현장체험 결과보고: %(host)s") % {"host": visit.host},
                due_text(due, rung),
                visit.get_absolute_url(),
            )


def _team(visit: FieldVisit) -> tuple[User, ...]:
    people = [*askers_of(visit), *(member.user for member in visit.members.all())]
    return tuple({person.pk: person for person in people}.values())
