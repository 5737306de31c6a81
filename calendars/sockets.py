"""What apps above put into people's own calendars."""

from collections.abc import Callable, Iterable
from datetime import date

from basis.ical import Event
from basis.sockets import Socket
from organization.models import User

# `events(user, first, last)`: what the person has on these days, and what was called off. Their `url` is whole; a to-do
# that leads to the same page by the same day does not stand beside it.
EVENTS: Socket[Callable[[User, date, date], Iterable[Event]]] = Socket("calendars")
