"""Meetings of clubs written down, confirmed and undone by the services, for tests."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from meetings.enums import Presence
from meetings.models import Session
from meetings.selectors import seated
from meetings.services import sessions
from mileage.models import Entry
from notifications.models import Mail
from notifications.selectors import todos_of
from organization.models import User
from tests import factories as make
from tests.clubs import made

DAY = dt.date(2026, 9, 10)


def seat_of(session: Session, user: User) -> Any:
    return next(seat for seat in seated(session.panel, session.held_on) if seat.user_id == user.pk)


def held(session: Session, by: User | None = None, **values: Any) -> Session:
    """All were there, unless said otherwise."""
    everybody = dict.fromkeys((one.pk for one in seated(session.panel, session.held_on)), Presence.PRESENT)
    usual = {"present": everybody, "ends_at": dt.time(18), "minutes": "과제를 나눔."}
    actor = by or made.secretary(session.panel.club)
    fresh = Session.objects.get(pk=session.pk)
    return sessions.hold(fresh, **{**usual, **values}, actor=actor, version=fresh.version)


def confirmed(session: Session, by: User | None = None) -> Session:
    fresh = Session.objects.get(pk=session.pk)
    actor = by or made.president(session.panel.club)
    return sessions.confirm(fresh, actor=actor, version=fresh.version)


def undone(session: Session, by: User | None = None) -> Session:
    fresh = Session.objects.get(pk=session.pk)
    return sessions.undo(
        fresh, reason="잘못 확정", actor=by or made.president(session.panel.club), version=fresh.version
    )


def files_of(mail: Mail) -> list[bytes]:
    found = []
    for one in mail.email.attachments.order_by("name"):
        with one.file.open() as file:
            found.append(file.read())
    return found


def hours(user: User) -> int:
    rows = Entry.objects.filter(account__user=user, rule="meeting_hours")
    return sum(rows.values_list("amount", flat=True))


def asked(user: User) -> list[str]:
    return [str(todo.verb) for todo in todos_of(make.fresh(user))]


def sent(client: Client, address: str, pk: int, **data: Any) -> Any:
    url = reverse(address, args=[pk])
    page = client.get(url).context or {}
    return client.post(url, {"version": page.get("seen_version", ""), **data})


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
