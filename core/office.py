"""The office as every page and paper names it. An app above keeps it; until it does, as the environment says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from basis.sockets import Socket


@dataclass(frozen=True)
class Office:
    """`logo`: where its picture is, or nothing. `set_up_since` while the first set-up lasts; `begun_on`: nothing is
    reported of the time before."""

    name: str
    address: str = ""
    logo: str = ""
    set_up_since: date | None = None
    begun_on: date | None = None


@dataclass(frozen=True)
class Hint:
    """What is to be done first, on every page while the set-up lasts."""

    text: Any
    url: str = ""
    label: Any = ""


OFFICE: Socket[Callable[[], Office]] = Socket("office")
# `hint(user)` says what this person does next.
HINTS: Socket[Callable[[Any], Hint | None]] = Socket("hints")


def office() -> Office:
    for keeper in OFFICE:
        return keeper()
    return Office(settings.OFFICE_NAME)


def office_name() -> str:
    return office().name
