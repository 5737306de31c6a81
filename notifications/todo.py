"""What the first page says (R5): the to-dos, the figures above them, and what processes tell people of themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from basis.sockets import Socket
from core.components import Figure


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
    since: date | None = None
    key: str = ""  # of what is asked of which thing, as long as it is


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


# `provider(user)` gives None to whom it does not concern: without a query a headline, with one at most facts.
HEADLINES: Socket[Callable[[Any], Headline | None]] = Socket("headlines")
# What stands below the to-dos of somebody's first page: a template and what it places.
BODIES: Socket[Callable[[Any], tuple[str, dict[str, Any]] | None]] = Socket("bodies")
FACTS: Socket[Callable[[Any], Facts | None]] = Socket("facts")


def facts_of(user: Any) -> list[Facts]:
    return [found for provider in FACTS if (found := provider(user))]


def headlines_of(user: Any) -> list[Headline]:
    return [found for provider in HEADLINES if (found := provider(user))]


def bodies_of(user: Any) -> list[SafeString]:
    return [render_to_string(*found) for provider in BODIES if (found := provider(user))]
