"""How much one person may leave behind: figures that policies give (an app above plugs them in)."""

from collections.abc import Callable
from dataclasses import dataclass

from basis.sockets import Socket


@dataclass(frozen=True)
class Limit:
    name: str
    value: Callable[[], int]


LIMITS: Socket[Limit] = Socket("limits", key=lambda limit: limit.name)


def limit(name: str) -> int:
    return LIMITS[name].value()
