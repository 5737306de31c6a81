"""What goes with an award that is revoked, or was withheld (P13)."""

from typing import Any

from awards.models import Award
from evaluations.models import Awarded
from evaluations.services.confirming import event_of, points_of
from mileage.models import Entry
from mileage.services import awards as ledger


def take_points_back(award: Award, *, reason: str, actor: Any) -> None:
    """The points that the same decision gave this person; by reversal, once.

    Called by: whoever follows the awards of its things, under the award's lock. Locks: the accounts.
    """
    if not award.points or award.user_id is None:
        return
    given = Awarded.objects.select_related("result").filter(award=award).first()
    if given is None:
        return
    events = [
        event_of(given.result),
        *(f"evaluations.correction:{one.pk}" for one in given.result.corrections.all()),
    ]
    standing = Entry.objects.standing().filter(event__in=events, account__user=award.user_id)
    if found := list(standing.select_related("account").order_by("pk")):
        ledger.reverse(found, reason=reason, actor=actor)


def give_points_late(award: Award, *, actor: Any) -> None:
    """The prize was withheld, and with it the points; what was given already is not given again.

    Called by: whoever follows the awards of its things, under the award's lock. Locks: the accounts.
    """
    if not award.points or award.user_id is None:
        return
    rows = Awarded.objects.select_related("result__entry__round", "result__grade")
    given = rows.filter(award=award, result__grade__isnull=False).first()
    if given is None or not given.result.grade or not given.result.grade.rule:
        return
    if award.key.startswith(f"{event_of(given.result)}:"):
        ledger.award([points_of(given.result, award)], actor=actor)
