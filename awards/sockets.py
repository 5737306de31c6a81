"""What apps above say of the things that awards were given for."""

from typing import Any, ClassVar

from django.db.models import Model

from basis.sockets import Socket


class Follower:
    """One for each model that awards are given for, plugged into `FOLLOWING` by its app's `process.py`. Each is called
    in the transaction of the step, under the award's lock, after the budget's: whoever takes back points locks the
    accounts last, as everywhere."""

    model: ClassVar[type[Model]]

    def handed(self, award: Any, *, actor: Any) -> None:
        """It has been handed over."""

    def taken_back(self, award: Any, *, reason: str, actor: Any) -> None:
        """The record of handing it over was wrong: it waits again."""

    def revoked(self, award: Any, *, reason: str, actor: Any) -> None:
        """What else the decision gave this receiver is taken back too: points by reversal in their ledger (P13)."""

    def page_of(self, award: Any) -> str:
        """Where it is read what it was given for; "" where there is no such page."""
        thing = award.thing
        return str(thing.get_absolute_url()) if hasattr(thing, "get_absolute_url") else ""


FOLLOWING: Socket[Follower] = Socket("followers of awards", key=lambda one: one.model._meta.label_lower)


def follower_of(award: Any) -> Follower:
    """Of a thing that nobody follows: one who does nothing."""
    model = award.content_type.model_class()
    return FOLLOWING.get(model._meta.label_lower) or Follower() if model else Follower()
