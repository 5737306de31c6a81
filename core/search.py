"""Search over everything one may see: each app finds its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from basis.sockets import Socket


@dataclass(frozen=True)
class Hit:
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more_url` leads to the list with the same words."""

    label: Any
    hits: Sequence[Hit]
    total: int
    more_url: str


# `provider(user, words, limit)` finds what the user may see.
Provider = Callable[[Any, str, int], Group]
PROVIDERS: Socket[Provider] = Socket("search")


def listed(url_name: str, words: str) -> str:
    """Where the list stands, with the same words in its filter."""
    return f"{reverse(url_name)}?{urlencode({'q': words})}"


def search(user: Any, words: str, limit: int = 10) -> list[Group]:
    return [group for provider in PROVIDERS if (group := provider(user, words, limit)).total]
