"""What the apps above tell the meetings: which things wait for a panel to resolve on them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from basis.sockets import Socket
from meetings.models import Panel

# `offer(user, panel)` gives the things that could stand on the agenda of the panel's next session, with the words in
# which they would stand there. Only such as the user may see.
AGENDA: Socket[Callable[[Any, Panel], Iterable[tuple[Model, str]]]] = Socket("agenda")
