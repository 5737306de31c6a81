"""What the schedule does. Beat only ticks; a duty works out from the database what is due and not yet done,
so a missed tick loses nothing and a repeated one doubles nothing (R2)."""

import logging
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.calendar import clear_calendar_cache
from core.models import DutyLock
from core.now import pretend, today

log = logging.getLogger(__name__)
Duty = Callable[[date], int]
_duties: dict[str, Duty] = {}


def register(name: str, duty: Duty, *, first: bool = False) -> None:
    """`duty(day)` does what is due up to `day` and gives how much it did. It runs alone, in one transaction.

    `first`: before the duties of the processes (who belongs where decides who is reminded)."""
    global _duties
    _duties = {name: duty} | _duties if first else _duties | {name: duty}


def run_due(day: date | None = None) -> dict[str, int]:
    """All duties in their order; name → how much was done. One that fails does not stop the others;
    the first failure is raised at the end."""
    clear_calendar_cache()
    done: dict[str, int] = {}
    failure: Exception | None = None
    for name, duty in _duties.items():
        try:
            done[name] = _run(name, duty, day)
        except Exception as error:
            log.exception("duty %s failed", name)
            failure = failure or error
    if failure:
        raise failure
    return done


def _run(name: str, duty: Duty, day: date | None) -> int:
    with transaction.atomic():
        DutyLock.objects.get_or_create(name=name)
    with transaction.atomic():
        lock = DutyLock.objects.select_for_update().get(name=name)
        if day is None or day == today():
            day = today()
            count = duty(day)
        else:
            with pretend(day):
                count = duty(day)
        lock.last_run_at, lock.last_day = timezone.now(), day
        lock.save()
    return count
