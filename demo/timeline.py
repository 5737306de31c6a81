"""The demonstration's past, replayed in order: everything happens at its own moment, as it would have happened."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import groupby
from typing import Any, TypeVar

from auditlog.context import set_extra_data
from django.db import connection, models
from django.utils import timezone

from core.actors import SYSTEM, user_of
from core.now import now, pretend
from notifications.services import silent

T = TypeVar("T")
STEP = timedelta(minutes=3)  # between two things of one day
OFFICE_HOURS = timedelta(hours=8)
TOLD_DAYS = 4  # how long ago people began to be told of what happens
COMPARED = "open_work"  # the duty by its name: open work is compared with the states once, at the end


class Turn(IntEnum):
    """What comes first on a day."""

    ORGANISATION = 7  # o'clock
    DUTIES = 8
    WORK = 9


@dataclass(order=True)
class _Event:
    day: date
    turn: Turn
    act: Callable[[], Any] = field(compare=False)


class Timeline:
    """Things to do on days. `replay` does them in the order of days, turns, and adding."""

    def __init__(self) -> None:
        self._events: list[_Event] = []
        self._growing: list[type[models.Model]] = []

    def add(self, day: date, act: Callable[[], Any], turn: Turn = Turn.WORK) -> None:
        self._events.append(_Event(day, turn, act))

    def grow(self, *kinds: type[models.Model]) -> None:
        """Say whose rows become many and are asked for all the time."""
        self._growing += kinds

    def replay(self, *, until: date, progress: Callable[[date], None]) -> None:
        """Do everything up to `until`; nobody is told of anything before the last TOLD_DAYS."""
        told_from = until - timedelta(days=TOLD_DAYS)
        events = sorted(event for event in self._events if event.day <= until)
        latest = now()
        month: tuple[int, int] | None = None
        for (day, turn), group in groupby(events, key=lambda event: (event.day, event.turn)):
            if month != (day.year, day.month):
                month = day.year, day.month
                self._count()
            acts = [event.act for event in group]
            opening = timezone.make_aware(datetime.combine(day, time(turn)))
            pace = min(STEP, OFFICE_HOURS / len(acts))
            for place, act in enumerate(acts):
                with ExitStack() as stack:
                    stack.enter_context(pretend(min(opening + place * pace, latest)))
                    if day < told_from:
                        stack.enter_context(silent())
                    act()
            progress(day)

    def _count(self) -> None:
        """Years are replayed in one transaction, into tables of which PostgreSQL knows nothing: without their sizes it
        takes seconds for what takes milliseconds."""
        if connection.vendor == "postgresql":
            tables = ", ".join(connection.ops.quote_name(kind._meta.db_table) for kind in self._growing)
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {tables}")


def logged(actor: Any = SYSTEM) -> Any:
    """Inside, changes are logged under the actor and the moment of the past."""
    return set_extra_data({"actor": user_of(actor), "timestamp": now})


def do(service: Callable[..., T], *args: Any, actor: Any = SYSTEM, **values: Any) -> T:
    """Call a service as the actor."""
    with logged(actor):
        return service(*args, actor=actor, **values)
