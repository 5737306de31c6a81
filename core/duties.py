"""What the schedule does. Beat only ticks; a duty works out from the database what is due and not yet done,
so a missed tick loses nothing and a repeated one doubles nothing (R2)."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db import transaction
from django.utils import timezone

from basis.sockets import Socket
from core.calendar import clear_calendar_cache
from core.models import DutyLock
from core.now import pretend, today

log = logging.getLogger(__name__)


class Phase(IntEnum):
    """In which order a day's duties are done, whatever the order of the apps: each goes by what those before left."""

    PEOPLE = 1
    STATES = 2
    DEADLINES = 3
    REMINDERS = 4
    DRAFTS = 5
    REPORTS = 6


@dataclass(frozen=True)
class Duty:
    """`work(day)` does what is due up to `day` and gives how much it did. It runs alone, in one transaction."""

    name: str
    phase: Phase
    work: Callable[[date], int]


DUTIES: Socket[Duty] = Socket("duties", key=lambda duty: duty.name)


def in_order() -> list[Duty]:
    """By phase; those of one phase by name."""
    return sorted(DUTIES, key=lambda duty: (duty.phase, duty.name))


def run_due(day: date | None = None, *, without: Collection[str] = ()) -> dict[str, int]:
    """All duties in their order; name → how much was done. One that fails does not stop the others;
    the first failure is raised at the end. `without`: names of those left out, where a past is replayed."""
    clear_calendar_cache()
    done: dict[str, int] = {}
    failure: Exception | None = None
    for duty in in_order():
        if duty.name in without:
            continue
        try:
            done[duty.name] = _run(duty, day)
        except Exception as error:
            log.exception("duty %s failed", duty.name)
            failure = failure or error
    if failure:
        raise failure
    return done


def _run(duty: Duty, day: date | None) -> int:
    with transaction.atomic():
        DutyLock.objects.get_or_create(name=duty.name)
    with transaction.atomic():
        lock = DutyLock.objects.select_for_update().get(name=duty.name)
        if day is None or day == today():
            day = today()
            count = duty.work(day)
        else:
            with pretend(day):
                count = duty.work(day)
        lock.last_run_at, lock.last_day = timezone.now(), day
        lock.save()
    return count
