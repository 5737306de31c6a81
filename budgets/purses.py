"""What money is for (V5): who uses money declares a purse, and its budgets have pages, a ledger and a warning."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from basis.sockets import Socket
from core.permissions import can
from policies.registry import Policy


@dataclass(frozen=True)
class Causes:
    """What the money is set aside and spent for: things of `model`, called `label`. Fields of theirs: `title`, the
    `day` whose year pays, `place` (whose it is); each with what it is called."""

    model: type[Model]
    label: Any
    title: str
    title_label: Any
    day: str
    day_label: Any
    place: str
    place_label: Any
    url_name: str

    def url(self, pk: int) -> str:
        return reverse(self.url_name, args=[pk])


@dataclass(frozen=True)
class Words:
    """How the pages and papers speak of the money: its whole name, what each cause took, what is said while nothing is
    spent or there is no budget."""

    whole: Any
    whole_help: Any
    each: Any
    average: Any
    more: Any
    nothing: Any
    begin: Any
    unfunded: Any


def of_the_office(cause: Any) -> str:
    return ""


@dataclass(frozen=True)
class Purse:
    """`key` stands in rows and addresses; `label` ends with 예산. `view` and `change` are permissions. `code`: the
    budget line's path (예산과목) offered first. `warning`: the percent used from which planning is told; `each`: won
    that one cause is expected to cost; `plan()`: what is offered as the first allocation. `holder(cause)`: whose
    budget pays, as a key; the office's own has none. `section` and `home`: where in the menu its pages stand."""

    key: str
    label: Any
    section: str
    home: tuple[Any, Any]
    view: str
    change: str
    code: str
    warning: Policy[int]
    each: Policy[int]
    plan: Callable[[], int]
    causes: Causes
    words: Words
    holder: Callable[[Any], str] = of_the_office
    past: str = ""  # the import of its earlier years

    def year_of(self, cause: Any) -> int:
        year: int = getattr(cause, self.causes.day).year
        return year


PURSES: Socket[Purse] = Socket("purses", key=lambda purse: purse.key)


def purse_of(cause: Any) -> Purse:
    """The one that pays for things of this kind."""
    return next(purse for purse in PURSES if isinstance(cause, purse.causes.model))


def seen_by(user: Any) -> list[str]:
    """Keys of the purses whose budgets the user may see."""
    return [purse.key for purse in PURSES if can(user, purse.view)]
