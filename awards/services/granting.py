"""What a decision gives is granted, once (A1–A5, P13)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from awards import notifications
from awards.days import months_after
from awards.enums import AwardState, Receiver
from awards.models import Award
from awards.policies import HAND_OVER_DAYS, LEAVE_MONTHS, LEAVE_MOST
from awards.purse import PRIZES
from awards.selectors.tax import over_limit
from awards.services.gifts import Gift
from awards.services.handing import hand_over, release, take_back, withhold
from awards.services.revoking import revoke, withdraw
from basis.errors import Rejected
from basis.formats import won
from budgets import services as budget
from budgets.selectors import budget_overview
from core.once import next_numbers
from core.transition import record
from organization.models import Department
from organization.selectors import departments_held

__all__ = ["Gift", "grant", "hand_over", "release", "revoke", "take_back", "withdraw", "withhold"]


@transaction.atomic
def grant(gifts: Sequence[Gift], *, actor: Any) -> list[Award]:
    """One award for each gift, in their order; a key that has been granted gives the award that there is.

    Money is set aside in the purse of the year of the decision, numbers go on within that year. Whoever calls it has
    asked whether the actor may decide.

    Locks: the counters of the years, then the budgets. Raises: Rejected for a gift that does not fit, or where the
    purse has no budget or not enough. Called by: the confirmation of a result, in its transaction.
    """
    for gift in gifts:
        gift.check()
    years = sorted({gift.decided_on.year for gift in gifts})
    for year in years:
        next_numbers(_counter(year), 0)  # from here on nobody else grants in these years
    found = {award.key: award for award in Award.objects.filter(key__in=[gift.key for gift in gifts])}
    fresh = list({gift.key: gift for gift in gifts if gift.key not in found}.values())
    _check_money(fresh)
    crossing = over_limit(fresh)
    leave = _Leave(fresh)
    places = _departments(fresh)
    for gift in fresh:
        found[gift.key] = _granted(gift, leave.over(gift), places, actor)
    if crossing:
        notifications.over_limit(crossing)
    return [found[gift.key] for gift in gifts]


def _counter(year: int) -> str:
    return f"awards.award.{year}"


def _granted(gift: Gift, leave_over: int, places: dict[Any, Department], actor: Any) -> Award:
    (number,) = next_numbers(_counter(gift.decided_on.year))
    place = gift.department or places.get((getattr(gift.user, "pk", None), gift.decided_on))
    award = Award.objects.create(
        key=gift.key,
        year=gift.decided_on.year,
        number=number,
        title=gift.title,
        grade=gift.grade,
        kind=gift.kind,
        division=gift.division,
        period=gift.period,
        content_type=ContentType.objects.get_for_model(gift.thing),
        object_id=gift.thing.pk,
        work=gift.work[:200],
        decided_on=gift.decided_on,
        decision=gift.decision,
        receiver=gift.receiver,
        user=gift.user,
        department=place,
        department_name=place.name if place else "",
        name=gift.name.strip() or (gift.user.name if gift.user else ""),
        share=gift.share,
        amount=gift.amount,
        from_purse=gift.from_purse,
        tax=gift.tax,
        tax_year=gift.decided_on.year,
        points=gift.points,
        leave_days=gift.leave_days,
        leave_over=leave_over,
        leave_until=months_after(gift.decided_on, LEAVE_MONTHS.on(gift.decided_on))
        if gift.leave_days
        else None,
        other=gift.other,
        state=AwardState.WITHHELD if gift.withheld else AwardState.GRANTED,
        reason=gift.withheld,
        due_on=gift.decided_on + timedelta(days=HAND_OVER_DAYS.on(gift.decided_on)),
    )
    if award.is_paid_from_purse:
        budget.reserve(award, award.amount, actor=actor)
    record(award, "grant", actor=actor, reason=gift.withheld)
    return award


def _check_money(gifts: Collection[Gift]) -> None:
    """All together, so that what is said is what is missing; the ledger itself is asked again for each."""
    wanted: Counter[int] = Counter()
    for gift in gifts:
        if gift.from_purse:
            wanted[gift.decided_on.year] += gift.amount
    for year, amount in wanted.items():
        free = budget_overview(PRIZES, year)
        if amount and not free.exists:
            raise Rejected(
                _("%(year)s년 시상 예산이 없습니다. 예산을 편성한 뒤 다시 확정해 주세요.") % {"year": year}
            )
        if amount > free.free:
            raise Rejected(
                _(
                    "%(year)s년 시상 예산이 모자랍니다. 시상금은 모두 %(amount)s인데 %(free)s이 남아 있습니다. "
                    "예산을 늘린 뒤 다시 확정해 주세요."
                )
                % {"year": year, "amount": won(amount), "free": won(free.free)}
            )


def _departments(gifts: Collection[Gift]) -> dict[Any, Department]:
    """Where each of the staff served on the day of the decision."""
    asked = [(gift.user.pk, gift.decided_on) for gift in gifts if gift.user and not gift.department]
    held = departments_held(asked) if asked else {}
    known = Department.objects.in_bulk(set(held.values()))
    return {key: known[pk] for key, pk in held.items()}


class _Leave:
    """What of the leave of a year is over its limit: recorded with the award, never dropped (A4)."""

    def __init__(self, gifts: Collection[Gift]) -> None:
        self.had: dict[tuple[int, int], int] = defaultdict(int)
        people = {gift.user.pk for gift in gifts if gift.leave_days and gift.receiver == Receiver.STAFF}
        years = {gift.decided_on.year for gift in gifts}
        rows = Award.objects.standing().filter(user__in=people, year__in=years, leave_days__gt=0)
        for award in rows if people else ():
            assert award.user_id is not None
            self.had[award.user_id, award.year] += award.leave_counted

    def over(self, gift: Gift) -> int:
        if not gift.leave_days or gift.user is None:
            return 0
        key = gift.user.pk, gift.decided_on.year
        room = max(0, LEAVE_MOST.on(gift.decided_on) - self.had[key])
        counted = min(room, gift.leave_days)
        self.had[key] += counted
        return gift.leave_days - counted
