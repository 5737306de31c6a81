"""Handing over: recorded one by one or many at once, taken back, withheld and released (A5, P13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.enums import AwardState, Receiver
from awards.models import Award
from awards.services.gifts import refuse_resident
from awards.sockets import follower_of
from basis.errors import Refused, Rejected
from budgets import services as budget
from core.editing import check_seen
from core.now import today
from core.transition import perform


def locked(award: Award, version: int | None = None) -> Award:
    """The award as it is now, under its lock. Outdated: no longer the version that was seen."""
    fresh = Award.objects.select_for_update(of=("self",)).select_related("content_type").get(pk=award.pk)
    check_seen(fresh, version)
    return fresh


def locked_all(awards: Sequence[Award]) -> list[Award]:
    """Several, in the order of their keys."""
    pks = [award.pk for award in awards]
    rows = Award.objects.select_for_update(of=("self",)).select_related("content_type")
    return list(rows.filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def hand_over(
    award: Award, *, handed_on: date, receipt: str, actor: Any, version: int | None = None
) -> Award:
    """Record that it has been handed over; what was set aside for it is spent.

    Locks: the award, the budget. Raises: Outdated; Rejected for a day to come or before the decision, or without a
    receipt, or while its revocation is asked for.
    """
    award = locked(award, version)
    receipt, longest = receipt.strip(), Award._meta.get_field("receipt").max_length or 0
    if len(receipt) > longest:
        raise Rejected(_("수령 확인은 %(most)d자까지 입력해 주세요.") % {"most": longest}, field="receipt")
    award.handed_on, award.handed_by, award.receipt = handed_on, actor, receipt
    award.tax_year = handed_on.year
    perform(award, "hand_over", actor=actor, data=said(award))
    if award.asked_reason:
        raise Rejected(_("취소를 요청한 시상입니다. 취소 여부를 결정한 뒤 기록해 주세요."))
    if handed_on > today():
        raise Rejected(_("지급일은 오늘 또는 이전이어야 합니다."), field="handed_on")
    if handed_on < award.decided_on:
        raise Rejected(_("지급일은 결정일 또는 이후여야 합니다."), field="handed_on")
    if not receipt:
        raise Rejected(_("수령 확인 번호를 입력해 주세요."), field="receipt")
    refuse_resident(receipt)
    if award.is_paid_from_purse:
        budget.settle(award, award.amount, actor=actor)
    follower_of(award).handed(award, actor=actor)
    return award


def said(award: Award) -> dict[str, str]:
    """What the log keeps of it: a citizen is not named there, and no receipt may name one."""
    day = award.handed_on.isoformat() if award.handed_on else ""
    if award.receiver == Receiver.CITIZEN:
        return {"on": day}
    return {"to": award.who, "on": day, "receipt": award.receipt}


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: `error` empty means recorded."""

    award: Award
    receipt: str
    error: str = ""


@transaction.atomic
def hand_over_many(receipts: Sequence[tuple[Award, str]], *, handed_on: date, actor: Any) -> list[Outcome]:
    """Record many. One that will not do says why in its Outcome and does not hold up the others.

    Locks: the awards in the order of their keys, then as `hand_over`.
    """
    locked_all([award for award, _receipt in receipts])
    results = []
    for award, receipt in sorted(receipts, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                done = hand_over(award, handed_on=handed_on, receipt=receipt, actor=actor)
                results.append(Outcome(done, receipt.strip()))
        except (Rejected, Refused) as error:
            results.append(Outcome(award, receipt.strip(), error.message))
    return results


@transaction.atomic
def take_back(award: Award, *, reason: str, actor: Any, version: int | None = None) -> Award:
    """A record of handing over that was wrong goes, with the reason; the log keeps what it said.

    Locks: the award, the budget. Raises: Outdated; Rejected without a reason, or while its revocation is asked for.
    """
    award = locked(award, version)
    before = said(award)
    award.handed_on = award.handed_by = None
    award.receipt, award.tax_year = "", award.decided_on.year
    perform(award, "take_back", actor=actor, reason=reason, data=before)
    if award.asked_reason:
        raise Rejected(_("취소를 요청한 시상입니다. 취소 여부를 결정한 뒤 되돌려 주세요."))
    if award.is_paid_from_purse:
        budget.unsettle(award, reason=reason, actor=actor)
    follower_of(award).taken_back(award, reason=reason, actor=actor)
    return award


@transaction.atomic
def withhold(award: Award, *, reason: str, actor: Any, version: int | None = None) -> Award:
    """Not handed over for now: the same was awarded elsewhere, nobody can be reached. Its money stays set aside.

    Locks: the award. Raises: Outdated; Rejected without a reason.
    """
    award = locked(award, version)
    refuse_resident(reason)
    award.reason = reason.strip()
    perform(award, "withhold", actor=actor, reason=reason)
    return award


@transaction.atomic
def release(award: Award, *, actor: Any, version: int | None = None) -> Award:
    """It is to be handed over after all.

    Locks: the award. Raises: Outdated.
    """
    award = locked(award, version)
    award.reason = ""
    perform(award, "release", actor=actor)
    return award


@transaction.atomic
def give_back(award: Award, *, returned_on: date, actor: Any, version: int | None = None) -> Award:
    """The money that was asked back has come: it is in the budget of its year again (P13).

    Locks: the award, the budget. Raises: Outdated; Rejected for a day to come, or where nothing is asked back.
    """
    award = locked(award, version)
    owes = award.owes
    award.returned_on, award.returned_by = returned_on, actor
    data = {"on": returned_on.isoformat(), "amount": award.asked_back}
    perform(award, "give_back", actor=actor, data=data)
    if not owes or award.state != AwardState.REVOKED:
        raise Rejected(_("환수할 금액이 없습니다. 화면을 새로 고쳐 주세요."))
    if returned_on > today():
        raise Rejected(_("환수일은 오늘 또는 이전이어야 합니다."), field="returned_on")
    if award.is_paid_from_purse:
        budget.repay(award, award.asked_back, reason=award.reason, actor=actor)
    return award
