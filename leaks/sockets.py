"""What the apps above tell of the people whose data they keep."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from basis.sockets import Socket
from letters.texts import Recipient

Key = tuple[int | None, str, int | None]  # user, source, key: as LeakPerson has them


def ours(user_id: int) -> Key:
    """One of our own people."""
    return user_id, "", None


def theirs(source: str, key: int) -> Key:
    """Somebody without an account."""
    return None, source, key


@dataclass(frozen=True)
class Source:
    """Where people without an account are kept: `named(keys)` says who they are and how they are reached, as long as
    that is known."""

    key: str
    label: Any
    named: Callable[[Collection[int]], Mapping[int, Recipient]]


@dataclass(frozen=True)
class Shown:
    """Looks of `kind` (the log's): `people(things)` gives, for the keys of the things that the log names, whose data
    they show. What is missing there is a list to be counted by hand."""

    kind: str
    people: Callable[[Collection[int]], Mapping[int, Collection[Key]]]


SOURCES: Socket[Source] = Socket("sources of people", key=lambda source: source.key)
SHOWN: Socket[Shown] = Socket("people shown", key=lambda shown: shown.kind)
