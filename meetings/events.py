"""Sessions in people's calendars: in those that subscribed, and as a file with each mail (C2)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from basis import ical
from calendars.selectors import uid_of, whole_url
from core.now import now
from core.office import office_name
from meetings.enums import Reply, SessionState
from meetings.models import Answer, Session
from notifications.services import MailFile
from organization.models import User

MIME = "text/calendar"


def event_of(session: Session, *, cancelled: bool | None = None) -> ical.Event:
    """`cancelled`: said of a session that goes on without the person it is told to."""
    guest = [_("외부 전문가: %(who)s") % {"who": session.guest}] if session.guest else []
    return ical.Event(
        uid=uid_of(f"session-{session.pk}"),
        title=str(session),
        first=session.begins,
        last=session.ends,
        place=session.place,
        text="\n".join([*guest, *(f"{item.order}. {item.title}" for item in session.items.all())]),
        url=whole_url(session.get_absolute_url()),
        sequence=session.version,
        cancelled=session.state == SessionState.CANCELLED if cancelled is None else cancelled,
    )


def events(user: User, first: dt.date, last: dt.date) -> Iterable[ical.Event]:
    """Those in which the person has a seat on the day or comes instead, and those that were called off. Who said not to
    come keeps it in sight as time that is free."""
    rows = Session.objects.seating(user).filter(held_on__range=(first, last))
    found = list(rows.select_related("panel").prefetch_related("items"))
    said = Answer.objects.filter(session__in=found, seat__user=user).exclude(reply=Reply.YES)
    away = set(said.values_list("session", flat=True))
    return [
        replace(one, busy=False) if pk in away else one for pk, one in ((s.pk, event_of(s)) for s in found)
    ]


def file_for(person: User, event: ical.Event) -> list[MailFile]:
    """For the mail program: put it in, move it, or take it out."""
    return files_for(person, [event])


def files_for(person: User, events: Iterable[ical.Event]) -> list[MailFile]:
    """Each event in a file of its own: one invitation speaks of one event (RFC 5546)."""
    organizer, found = parseaddr(settings.DEFAULT_FROM_EMAIL)[1], list(events)
    made = []
    for place, event in enumerate(found, start=1):
        content = ical.sent(event, organizer=organizer, office=office_name(), attendee=person.email, at=now())
        method = "CANCEL" if event.cancelled else "REQUEST"
        name = "meeting.ics" if len(found) == 1 else f"meeting-{place}.ics"
        made.append(MailFile(name, content, f"{MIME}; method={method}; charset=utf-8"))
    return made
