"""Loading the demonstration district: its past replayed day by day, up to today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from basis.errors import Rejected
from core.actors import SYSTEM
from core.ledger.verify import take_checkpoint
from core.now import now, today
from demo import (
    awards,
    benchmarking,
    bonuses,
    calls,
    clubs,
    contests,
    finals,
    incentives,
    judging,
    knowledge,
    knowledge_activity,
    knowledge_talk,
    meetings,
    mileage,
    organization,
    proposals,
    proposals_history,
    reports,
    visits,
)
from demo.timeline import Timeline
from notifications.models import Notice
from notifications.services import mark_read
from organization.models import Department, User
from profiles.offices import Office
from profiles.services import apply

# A process joins by a module of its own and its place here: of one day and turn, what stands first happens first.
PARTS = (
    organization,
    awards,
    benchmarking,
    visits,
    proposals_history,
    calls,
    proposals,
    meetings,
    judging,
    contests,
    clubs,
    incentives,
    finals,
    bonuses,
    knowledge,
    knowledge_talk,
    knowledge_activity,
    reports,
    mileage,
)
PLAYED = (
    "visits.",
    "contests.",
    "clubs.",
    "incentives.",
    "proposals.half_",
    "proposals.theme_",
    "proposals.contest_",
)
UNREAD_DAYS = 2  # what is older has been read


def is_loaded() -> bool:
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(office: Office | None, progress: Callable[[date], None]) -> None:
    """Everything or nothing. Rejected where there is anything else already."""
    if Department.objects.exists() or User.objects.exists():
        raise Rejected(
            "이미 다른 부서나 직원이 등록되어 있습니다. 시연용 자료는 빈 데이터베이스에만 넣을 수 있습니다. "
            "DATA_DIR을 바꾸어 새 데이터베이스에서 실행해 주세요."
        )
    if office:
        apply(_before(office), actor=SYSTEM)
    day, timeline = today(), Timeline()
    for part in PARTS:
        part.add(timeline, day)
    timeline.replay(until=day, progress=progress)
    take_checkpoint()
    if office:
        apply(office, actor=SYSTEM)
    _read_notices()


def _before(office: Office) -> Office:
    """What holds from its own days, as nothing has been done yet. The visits and contests that are played went by other
    figures than this office's: these hold from today."""
    return replace(office, values={k: rows for k, rows in office.values.items() if not k.startswith(PLAYED)})


def _read_notices() -> None:
    """People have looked at their notices two days ago."""
    before = Notice.objects.filter(created_at__lt=now() - timedelta(days=UNREAD_DAYS))
    for user in User.objects.filter(notices__in=before).distinct():
        mark_read(user, list(before.filter(recipient=user).values_list("pk", flat=True)))
