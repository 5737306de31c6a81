"""What the schedule did: the reports of the last two half-years, and the duties of the last days (R)."""

from datetime import date, timedelta
from functools import partial

from django.db.models import Q

from basis.periods import PeriodKind
from core import duties, jobs
from demo.organization import planner
from demo.timeline import COMPARED, TOLD_DAYS, Timeline, Turn, do, logged
from organization.enums import Position, Role
from organization.models import User
from organization.selectors import holders_of
from reports.definitions import DEFINITIONS
from reports.schedule import releases
from reports.services.mailing import add_recipients

MADE = "reports"  # the duty by its name


def add(timeline: Timeline, day: date) -> None:
    """What the schedule did since the half-year before this one began. Before people were told it only made reports,
    those of weeks with the next that is made; what else was due comes with the month's draft (mileage), reminders are
    marked as given with it."""
    half = date(day.year, 7, 1) if day.month > 6 else date(day.year, 1, 1)
    begin = date(half.year, 1, 1) if half.month == 7 else date(half.year - 1, 7, 1)
    timeline.add(begin, _choose_recipients, Turn.ORGANISATION)
    made = releases(begin, day)
    days = {release.due_on for release in made if release.period.kind != PeriodKind.WEEK}
    days |= {day - timedelta(days=n) for n in range(TOLD_DAYS + 2)}
    for due_on in days:
        told = day - due_on < timedelta(days=TOLD_DAYS + 2)
        timeline.add(due_on, partial(_run_due, told=told, last=due_on == day), Turn.DUTIES)


def _choose_recipients() -> None:
    """Planning and the executives above it get the reports."""
    chosen = Q(role_assignments__role=Role.EXECUTIVE) & ~Q(position=Position.BUREAU_HEAD)
    executives = User.objects.filter(chosen).distinct()
    for definition in DEFINITIONS:
        do(
            partial(add_recipients, definition.slug),
            [*holders_of(Role.PLANNING), *executives],
            actor=planner(),
        )


def _run_due(*, told: bool, last: bool) -> None:
    others = {duty.name for duty in duties.in_order()} - {MADE}
    with logged():
        duties.run_due(without=() if last else [COMPARED] if told else others)
        jobs.run_pending()
