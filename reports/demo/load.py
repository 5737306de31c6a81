"""Loading the demonstration district: its past replayed day by day, up to today."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from core import duties, jobs
from core.errors import Rejected
from core.ledger.verify import take_checkpoint
from core.now import now, today
from notifications.models import Notice
from notifications.services import mark_read
from organization.enums import Position, Role
from organization.models import Department, User
from organization.selectors import holders_of
from reports.definitions import DEFINITIONS
from reports.demo.current import add_current
from reports.demo.history import add_history
from reports.demo.organization import add_organization
from reports.demo.profiles import Entry, apply_profile
from reports.demo.rankings import add_handovers, add_rankings
from reports.demo.story import planner
from reports.demo.timeline import Timeline, Turn, do, logged
from reports.demo.visits import add_visits
from reports.schedule import releases
from reports.services.mailing import add_recipients

TOLD_DAYS = 4  # how long ago people began to be told of what happens
UNREAD_DAYS = 2  # what is older has been read


def is_loaded() -> bool:
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(entries: list[Entry], progress: Callable[[date], None]) -> None:
    """Everything or nothing. Rejected where there is anything else already."""
    if Department.objects.exists() or User.objects.exists():
        raise Rejected(
            "이미 다른 부서나 직원이 등록되어 있습니다. 시연용 자료는 빈 데이터베이스에만 넣을 수 있습니다. "
            "DATA_DIR을 바꾸어 새 데이터베이스에서 실행해 주세요."
        )
    day, timeline = today(), Timeline()
    add_organization(timeline, day)
    add_history(timeline)
    add_current(timeline, day)
    add_visits(timeline, day)
    _add_schedule(timeline, day)
    add_rankings(timeline, day)
    add_handovers(timeline, day)
    timeline.replay(until=day, told_from=day - timedelta(days=TOLD_DAYS), progress=progress)
    take_checkpoint()
    apply_profile(entries)
    _read_notices()


def _add_schedule(timeline: Timeline, day: date) -> None:
    """What the schedule did since the half-year before this one began. Before people were told, only on the days
    of reports: reminders of the meantime are marked as given with the next run."""
    half = date(day.year, 7, 1) if day.month > 6 else date(day.year, 1, 1)
    begin = date(half.year, 1, 1) if half.month == 7 else date(half.year - 1, 7, 1)
    timeline.add(begin, _choose_recipients, Turn.ORGANISATION)
    days = {release.due_on for release in releases(begin, day)}
    days |= {day - timedelta(days=n) for n in range(TOLD_DAYS + 2)}
    for due_on in days:
        timeline.add(due_on, _run_due, Turn.DUTIES)


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


def _run_due() -> None:
    with logged():
        duties.run_due()
        jobs.run_pending()


def _read_notices() -> None:
    """People have looked at their notices two days ago."""
    before = Notice.objects.filter(created_at__lt=now() - timedelta(days=UNREAD_DAYS))
    for user in User.objects.filter(notices__in=before).distinct():
        mark_read(user, list(before.filter(recipient=user).values_list("pk", flat=True)))
