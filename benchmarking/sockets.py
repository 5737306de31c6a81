"""What the apps above plug into benchmarking: what they show beside cases and reviews, what they do when a review is
taken back or goes to another department."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from basis.sockets import Socket
from benchmarking.models import Case, Review
from core.navigation import SideItem
from core.workflow import Button
from organization.models import Department


@dataclass(frozen=True)
class Card:
    """A card on the page of a case or a review. Its template finds `context` as `beside`."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Merger:
    """`move(old, new, standing, actor)` is called once the open reviews of `old` are `new`'s; `standing`: which review
    stands for one that was folded, by its key. `cases(old)` are locked beforehand, with those of the reviews."""

    move: Callable[[Department, Department, Mapping[int, Review], Any], None]
    cases: Callable[[Department], Iterable[int]]


# `card(user, case, review)`: what the user may see beside the case; with a review, beside that alone.
CARDS: Socket[Callable[[Any, Case, Review | None], Card | None]] = Socket("cards of a case")
BUTTONS: Socket[Button] = Socket("buttons of a review")
# `items(user)`: entries of the side navigation after those of benchmarking.
SIDE: Socket[Callable[[Any], Iterable[SideItem]]] = Socket("side navigation of benchmarking")
# `callback(review, reason, actor)`, under the locks of case and review, when it was taken back.
ON_RECALL: Socket[Callable[[Review, str, Any], None]] = Socket("on recall")
MERGERS: Socket[Merger] = Socket("mergers of departments with reviews")


def cards_of(user: Any, case: Case, review: Review | None = None) -> list[Card]:
    return [card for provider in CARDS if (card := provider(user, case, review))]
