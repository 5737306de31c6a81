"""How much one may leave behind or try: figures that policies give (an app above plugs them in)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from basis.sockets import Socket


@dataclass(frozen=True)
class Limit:
    name: str
    value: Callable[[], Any]


LIMITS: Socket[Limit] = Socket("limits", key=lambda limit: limit.name)


def limit(name: str) -> int:
    value: int = LIMITS[name].value()
    return value


def networks(name: str) -> Sequence[str]:
    """Those that a policy lists."""
    value: Sequence[str] = LIMITS[name].value()
    return value
