"""Sessions in people's calendars: in those that subscribed, and as a file with each mail (C2)."""

import datetime as dt
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.utils.timezone import make_aware

from basis import ical
from calendars.selectors import uid_of, whole_url
from core.now import now
from core.office import office_name
from meetings.enums import SessionState
from meetings.models import Session
from meetings.policies import USUAL_HOURS
from notifications.services import MailFile
from organization.models import User

MIME = "text/calendar"


def event_of(session: Session, *, cancelled: bool | None = None) -> ical.Event:
    """`cancelled`: said of a session that goes on without the person it is told to."""
    begins = make_aware(dt.datetime.combine(session.held_on, session.begins_at))
    usual = begins + dt.timedelta(hours=USUAL_HOURS.on(session.held_on))
    ended = session.ends_at and make_aware(dt.datetime.combine(session.held_on, session.ends_at))
    return ical.Event(
        uid=uid_of(f"session-{session.pk}"),
        title=str(session),
        first=begins,
        last=ended or usual,
        place=session.place,
        text="\n".join(f"{item.order}. {item.title}" for item in session.items.all()),
        url=whole_url(session.get_absolute_url()),
        sequence=session.version,
        cancelled=session.state == SessionState.CANCELLED if cancelled is None else cancelled,
    )


def events(user: User, first: dt.date, last: dt.date) -> Iterable[ical.Event]:
    """Those in which the person has a seat on the day, and those that were called off."""
    rows = Session.objects.seating(user).filter(held_on__range=(first, last))
    return [event_of(one) for one in rows.select_related("panel").prefetch_related("items")]


def file_for(person: User, event: ical.Event) -> list[MailFile]:
    """For the mail program: put it in, move it, or take it out."""
    organizer = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    content = ical.sent(event, organizer=organizer, office=office_name(), attendee=person.email, at=now())
    method = "CANCEL" if event.cancelled else "REQUEST"
    return [MailFile("meeting.ics", content, f"{MIME}; method={method}; charset=utf-8")]
