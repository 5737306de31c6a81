"""Calendar files (RFC 5545) of events, in the office's time zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import icalendar

PRODUCT = "-//changui//calendar//KO"
ZONES_SINCE = date(2000, 1, 1)  # no summer time of last century in every file
REFRESH = timedelta(hours=1)  # how often programs are asked to look again


@dataclass(frozen=True, kw_only=True)
class Event:
    """`uid`: one for the event's whole life; `sequence` rises with each change, so that programs know what is newer.
    `first`, `last`: moments (aware), or days, both of them in it."""

    uid: str
    title: str
    first: date | datetime
    last: date | datetime
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    busy: bool = True


def published(events: Iterable[Event], *, name: str, at: datetime) -> bytes:
    """What a calendar that somebody subscribed to shows."""
    found = _calendar("PUBLISH")
    found.add("x-wr-calname", name)
    found.add("name", name)
    found.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    return _whole(found, (_event(one, at) for one in events))


def sent(event: Event, *, organizer: str, office: str, attendee: str, at: datetime) -> bytes:
    """What goes with a mail: an invitation, or that it is off."""
    made = _event(event, at)
    by = icalendar.vCalAddress(f"mailto:{organizer}")
    by.params["cn"] = icalendar.vText(office)
    made.add("organizer", by)
    whom = icalendar.vCalAddress(f"mailto:{attendee}")
    whom.params["rsvp"] = icalendar.vText(
        "FALSE"
    )  # answers go to the page, not to the mail box of the system
    made.add("attendee", whom)
    return _whole(_calendar("CANCEL" if event.cancelled else "REQUEST"), [made])


def _calendar(method: str) -> Any:
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", method)
    return found


def _whole(calendar: Any, events: Iterable[Any] | Sequence[Any]) -> bytes:
    for one in events:
        calendar.add_component(one)
    for name in calendar.get_missing_tzids():
        calendar.add_component(_zone(name))
    return bytes(calendar.to_ical())


@cache
def _zone(name: str) -> Any:
    """Reckoning one takes longer than writing the rest of the calendar."""
    return icalendar.Timezone.from_tzid(name, first_date=ZONES_SINCE)


def _event(one: Event, at: datetime) -> Any:
    found = icalendar.Event()
    found.add("uid", one.uid)
    found.add("sequence", one.sequence)
    found.add("dtstamp", at)
    found.add("summary", one.title)
    found.add("dtstart", one.first)
    # The end of days is the day after the last (RFC 5545 3.6.1).
    found.add("dtend", one.last if isinstance(one.last, datetime) else one.last + timedelta(days=1))
    for name, text in (("location", one.place), ("description", one.text), ("url", one.url)):
        if text:
            found.add(name, text)
    found.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    found.add("transp", "OPAQUE" if one.busy else "TRANSPARENT")
    return found
