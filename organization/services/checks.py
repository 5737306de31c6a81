"""Each month the access log is looked through by its owner (D6)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM, user_of
from core.models import AccessLog
from core.now import now
from core.transition import perform, record
from organization.models import AccessCheck
from organization.unusual import last_day, looks_of, unusual


def open_checks(day: date) -> int:
    """Of every month since the first look that is over and has none; how many. The caller holds the duty's lock."""
    latest = AccessCheck.objects.order_by("-month").values_list("month", flat=True).first()
    first = AccessLog.objects.order_by("at").values_list("at", flat=True).first()
    if latest is None and first is None:
        return 0
    month = _after(latest) if latest else timezone.localdate(first).replace(day=1)
    count = 0
    while last_day(month) < day:
        record(AccessCheck.objects.create(month=month), "open", actor=SYSTEM)
        month, count = _after(month), count + 1
    return count


def _after(month: date) -> date:
    return last_day(month) + timedelta(days=1)


@transaction.atomic
def check(found: AccessCheck, *, reason: str, actor: Any) -> None:
    """Keep what was unusual and what came of it.

    Locks: the check.
    """
    found = AccessCheck.objects.select_for_update().get(pk=found.pk)
    found.looks, found.unusual = looks_of(found.month).count(), unusual(found.month)
    found.result, found.checked_by, found.checked_at = reason.strip()[:1000], user_of(actor), now()
    perform(found, "check", actor=actor, reason=reason)
