"""What an administrator must see to at once: no backup for too long, a worker that stands."""

import json
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from basis.official import in_office_language
from core.health import faults
from notifications.policies import BACKUP_HOURS
from notifications.services import notify
from organization.enums import Role
from organization.selectors import holders_of

NEVER = gettext_lazy("아직 성공한 백업이 없습니다. 운영 설명서의 ‘백업과 복구’대로 매일 백업을 켜 주세요.")
NOTED = "last-backup.json"  # by scripts/backup.sh, once the file is whole


def last_backup() -> datetime | None:
    """When a backup last succeeded."""
    try:
        noted = json.loads((settings.DATA_DIR / NOTED).read_text(encoding="utf-8"))
        return datetime.fromisoformat(noted["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def backup_fault() -> str:
    """In words, empty while the last one is young enough."""
    if not settings.WATCH_BACKUPS:
        return ""
    last, hours = last_backup(), BACKUP_HOURS.current()
    if last is None:
        return str(NEVER)
    if last > timezone.now() - timedelta(hours=hours):
        return ""
    words = {"hours": hours, "at": datetime_ko(last)}
    return _("%(hours)d시간 동안 성공한 백업이 없습니다. 마지막 백업: %(at)s") % words


def backup_seen() -> str:
    """For the first set-up, also where nobody watches: one has succeeded."""
    return backup_fault() or ("" if last_backup() else str(NEVER))


def alarms() -> list[str]:
    """For the first page of administrators. Mail has a box of its own."""
    found = {name: fault for name, fault in faults().items() if name != "mail"}
    return [fault for fault in (backup_fault(), *found.values()) if fault]


@in_office_language
def tell_of_backup(day: date) -> int:
    """Administrators learn of it once a day, by notice and mail.

    Called by: the schedule.
    """
    fault = backup_fault()
    if not fault:
        return 0
    people = holders_of(Role.ADMINISTRATOR)
    title = _("백업을 살펴 주세요")
    return len(notify("notifications.backup", people, title=title, body=fault, url="/", key=f"backup:{day}"))
