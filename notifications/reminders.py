"""What is said of deadlines, to whom, on which day: the processes say what there is, each is told once, and who has
several finds them in one mail."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.clock import deadline_badge
from core.formats import date_weekday
from core.once import not_yet_done
from core.sockets import Socket
from notifications.services import Line, audience, notify, queue_mail
from organization.models import User

KIND = "notifications.reminder"


@dataclass(frozen=True)
class Reminder:
    """`key` names deadline and event, so a moved deadline reminds anew."""

    key: str
    day: date
    people: tuple[User, ...]
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Rung:
    """One event of a deadline's ladder: so many days before (-) or after it somebody is told. `state`: how it stood."""

    offset: int
    whom: str
    day: date
    state: str


# `provider(day)` gives all reminders whose day has come, also those told long ago.
REMINDERS: Socket[Callable[[date], Iterable[Reminder]]] = Socket("reminders")


def ladder(due: date, steps: Iterable[tuple[int, str]], *, after: date | None, until: date) -> Iterator[Rung]:
    """The events of a deadline after one day and until another, both by the calendar; `steps`: offset and whom."""
    for offset, whom in steps:
        day = due + timedelta(days=offset)
        if day <= until and (after is None or day > after):
            yield Rung(offset, whom, day, deadline_badge(due, day, paused=False).text)


def due_text(due: date, rung: Rung) -> str:
    return _("기한 %(due)s (%(state)s)") % {"due": date_weekday(due), "state": rung.state}


def remind(day: date) -> int:
    """All reminders whose day has come; the number made. Called by the schedule under its lock."""
    found = {reminder.key: reminder for provider in REMINDERS for reminder in provider(day)}
    fresh = [found[key] for key in sorted(not_yet_done(found), key=lambda k: (found[k].day, k))]
    digest: dict[User, dict[str, Line]] = {}
    for reminder in fresh:
        text = f"{reminder.title} · {reminder.detail}"
        notify(KIND, reminder.people, title=text, url=reminder.url, key=reminder.key, mail=False)
        for person in audience(reminder.people):
            # the newest word on a thing is enough in the mail
            digest.setdefault(person, {})[reminder.url] = Line(reminder.title, reminder.detail, reminder.url)
    for person, lines in digest.items():
        queue_mail(
            KIND,
            person,
            subject=_("기한 안내 %(count)d건") % {"count": len(lines)},
            intro=_("처리 기한을 안내해 드립니다."),
            lines=list(lines.values()),
            key=f"digest:{person.pk}:{fresh[-1].key}",
        )
    return len(fresh)
