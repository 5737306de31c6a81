"""Sessions of earlier years, as an office's papers have them (N1): held and confirmed long ago, nothing to do, no hours
earned again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Max

from core.actors import SYSTEM, user_of
from core.permissions import ensure
from core.transition import record
from meetings.enums import Presence, SessionState, Sort
from meetings.models import Attendance, Panel, Session
from meetings.selectors import seated
from meetings.services import panels


@dataclass(frozen=True)
class PastSession:
    """`came`: keys of the people who were there."""

    panel: Panel
    title: str
    held_on: date
    begins_at: time
    came: Collection[int]
    ends_at: time | None = None
    place: str = ""
    minutes: str = ""
    sort: str = Sort.REGULAR


@transaction.atomic
def take_in(row: PastSession, *, actor: Any) -> Session:
    """Write it down as it was, with who had a seat that day.

    Locks: the panel. Raises: Refused. Called by: imports.
    """
    panel = panels.locked(row.panel)
    if actor is not SYSTEM:  # the command line
        ensure(actor, "meetings.run", panel)
    last = panel.sessions.aggregate(last=Max("number"))["last"] or 0
    seats = seated(panel, row.held_on)
    session = Session.objects.create(
        panel=panel,
        number=last + 1,
        title=row.title,
        state=SessionState.CONFIRMED,
        sort=row.sort,
        held_on=row.held_on,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        place=row.place,
        minutes=row.minutes,
        came=sum(seat.user_id in row.came for seat in seats),
        written_by=user_of(actor),
    )
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            seat=seat,
            label=seat.label[:120],
            chair=seat.chair,
            presence=Presence.PRESENT if seat.user_id in row.came else Presence.ABSENT,
        )
        for seat in seats
    )
    record(session, "take_in", actor=actor)
    return session
