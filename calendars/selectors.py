"""What stands in somebody's own calendar."""

from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from basis import ical
from basis.clock.rules import Unit, period_end
from basis.official import in_office_language
from calendars.policies import DAYS_BEFORE, MONTHS_AHEAD
from calendars.sockets import EVENTS
from core.models import Pass
from core.now import now, today
from core.office import office_name
from core.passes import passes_for
from notifications.selectors import todos_of
from notifications.todo import Todo
from organization.models import User

FEED = "calendars.feed"


def uid_of(name: str) -> str:
    """`session-7` of this installation."""
    return f"{name}@{urlsplit(settings.SITE_URL).hostname or 'changui'}"


def whole_url(path: str) -> str:
    return urljoin(settings.SITE_URL, path)


def feed_of(user: User) -> Pass | None:
    """The pass behind the address that stands now."""
    return passes_for(user).filter(kind=FEED).order_by("-pk").first()


@in_office_language
def file_of(user: User) -> bytes:
    """Meetings, and what must be done until when; of whom the person stands in for, too."""
    name = _("%(office)s 일정 (%(person)s)") % {"office": office_name(), "person": user.name}
    return ical.published(events_of(user), name=name, at=now())


def events_of(user: User) -> list[ical.Event]:
    first = today() - timedelta(days=DAYS_BEFORE.current())
    last = period_end(today(), MONTHS_AHEAD.current(), Unit.MONTHS, None)
    found = [event for events in EVENTS for event in events(user, first, last)]
    shown = {(event.url, _day(event.first)) for event in found}
    due = [
        _due(todo)
        for todo in todos_of(user)
        if todo.due and first <= todo.due <= last and (whole_url(todo.url), todo.due) not in shown
    ]
    return [*found, *due]


def _day(first: date | datetime) -> date:
    return localtime(first).date() if isinstance(first, datetime) else first


def _due(todo: Todo) -> ical.Event:
    assert todo.due is not None
    principal = f" ({todo.principal})" if todo.principal else ""
    return ical.Event(
        uid=uid_of(f"work-{todo.key}"),
        title=f"[{todo.verb}] {todo.title}{principal}",
        first=todo.due,
        last=todo.due,
        text=todo.detail,
        url=whole_url(todo.url),
        busy=False,
    )
