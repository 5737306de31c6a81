"""Balances that people bring from the time before this system (N1): one line each, by its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from core.permissions import ensure
from mileage.catalogue import OPENING
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.services.awards import Award, award, reverse
from organization.models import User


@dataclass(frozen=True)
class Opening:
    """What the person had of the scheme at the end of the day, in hundredths."""

    user: User
    scheme: Scheme
    amount: int
    day: date
    document: str


def event(scheme: str) -> str:
    """Of the line: there is one for each person and scheme."""
    return f"mileage.opening:{scheme}"


@transaction.atomic
def take_in(rows: Sequence[Opening], *, actor: Any) -> list[Entry]:
    """Write them down; of nothing there is no line. Nobody brings an own balance (D9).

    Locks: the accounts.
    """
    if actor is not SYSTEM:  # the command line
        for row in rows:
            ensure(actor, "mileage.take_over", row.user)
    return award(
        [
            Award(
                OPENING[row.scheme],
                row.user,
                event(row.scheme),
                row.day,
                _("지난 자료에서 이월 (%(document)s)") % {"document": row.document},
                amount=row.amount,
                reason=row.document,
            )
            for row in rows
        ],
        actor=actor,
    )


@transaction.atomic
def give_up(entries: Sequence[Entry], *, actor: Any) -> None:
    """Take them back, each by a line of its own.

    Locks: the accounts. Called by: the undoing of an import.
    """
    ensure(actor, "mileage.manage")
    reverse(entries, reason=_("가져오기 되돌림"), actor=actor)
