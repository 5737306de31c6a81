"""Seats that follow from who serves where, kept by the system: of kinds whose members are named by their posts."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from core.actors import SYSTEM
from core.transition import perform, record
from meetings import notifications
from meetings.enums import LASTING, Basis, SeatState
from meetings.models import Panel, Seat
from meetings.services import panels
from organization.models import User

ONE_DAY = timedelta(days=1)


@transaction.atomic
def follow(panel: Panel, wanted: Mapping[User, str], day: date) -> int:
    """Give a seat, with what it is (Chair), to each of these from this day on, and end those of others; how many
    changed. Who attended a session that day keeps the seat until it is over.

    Locks: the panel, its seats. Called by: what names people by their posts, when that changes.
    """
    panel = panels.locked(panel)
    changed, there = 0, set()
    rows = panel.seats.select_for_update(of=("self",)).filter(state__in=LASTING).order_by("pk")
    for seat in rows.select_related("user__department"):
        seat.panel = panel
        chair = wanted.get(seat.user)
        if chair is None or chair != seat.chair:
            changed += _end(seat, day)
        else:
            there.add(seat.user_id)
    for user, chair in wanted.items():
        if user.pk not in there:
            changed += _seat(panel, user, chair, day)
    if changed:
        panels.refresh_sessions(Panel.objects.prefetch_related("seats").get(pk=panel.pk))
        panel.kind_of.moved(panel)
    return changed


def _end(seat: Seat, day: date) -> int:
    last = max(seat.starts_on, day - ONE_DAY)
    if seat.attendances.filter(session__held_on__gt=last).exists():
        return 0
    seat.ends_on = last
    perform(seat, "expire", actor=SYSTEM)
    return 1


def _seat(panel: Panel, user: User, chair: str, day: date) -> int:
    if panel.seats.filter(user=user, ends_on__gte=day).exists():
        return 0  # from tomorrow on, as something else
    seat = Seat(panel=panel, user=user, chair=chair, basis=Basis.EX_OFFICIO, starts_on=day)
    seat.state = SeatState.SITTING
    seat.save()
    record(seat, "appoint", actor=SYSTEM, data={"to": seat.label})
    notifications.appointed(seat)
    return 1
