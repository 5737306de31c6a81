"""What the apps above tell of work that goes on under values of the day it began."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from basis.sockets import Socket
from policies.registry import Policy


@dataclass(frozen=True)
class Underway:
    """Work that keeps the values these policies had when it began: `text` names `count` of it, `begun()` gives the day
    of each."""

    policies: Sequence[Policy[Any]]
    text: Any
    begun: Callable[[], Iterable[date]]


UNDERWAY: Socket[Underway] = Socket("underway")
