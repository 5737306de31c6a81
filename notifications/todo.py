"""The one list of what I must do (R5). Apps provide them; nothing is stored, so nothing can be stale."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.components import Figure
from core.sockets import Socket


@dataclass(frozen=True)
class Todo:
    """`verb` first (검토하기), then what, where it leads, until when. `principal` is set for a substitute's work."""

    verb: Any
    title: str
    url: str
    due: date | None
    paused: bool = False
    detail: str = ""
    principal: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Headline:
    """Figures of the whole work above the to-dos of who leads it, and where there is more."""

    title: str
    more: str
    url: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Fact:
    """A figure of one's own; `bars` draws its course, for the eye only."""

    label: str
    value: str
    url: str
    bars: str = ""


@dataclass(frozen=True)
class Facts:
    """What a process tells people of themselves, beside the to-dos."""

    title: str
    facts: Sequence[Fact]
    more: str
    url: str


# `provider(user)` gives the to-dos of the user and of those the user stands in for; few queries, no N+1.
TODOS: Socket[Callable[[Any], Iterable[Todo]]] = Socket("to-dos")
# `provider(user)` gives None to whom it does not concern: without a query a headline, with one at most facts.
HEADLINES: Socket[Callable[[Any], Headline | None]] = Socket("headlines")
FACTS: Socket[Callable[[Any], Facts | None]] = Socket("facts")


def facts_of(user: Any) -> list[Facts]:
    return [found for provider in FACTS if (found := provider(user))]


def headlines_of(user: Any) -> list[Headline]:
    return [found for provider in HEADLINES if (found := provider(user))]


def todos_of(user: Any) -> list[Todo]:
    """All of them, the most urgent first; paused and undated ones last."""
    found = [todo for provider in TODOS for todo in provider(user)]
    return sorted(found, key=lambda t: (t.paused, t.due is None, t.due or date.max, t.title))
