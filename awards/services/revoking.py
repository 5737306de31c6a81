"""What was given is revoked and asked back, by two people, within its years, by reversal in the ledgers (P13, D9)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards import notifications
from awards.days import years_after
from awards.enums import AwardState
from awards.models import Award
from awards.policies import REVOKE_YEARS
from awards.services.gifts import refuse_resident
from awards.services.handing import locked, locked_all
from awards.sockets import follower_of
from basis.errors import Refused, Rejected
from budgets import services as budget
from core.actors import SYSTEM
from core.now import today
from core.transition import perform
from core.work import keep


@transaction.atomic
def ask_revocation(award: Award, *, reason: str, note: str, actor: Any, version: int | None = None) -> Award:
    """Ask a second person to revoke it. `note`: what everybody may read of the reason.

    Locks: the award. Raises: Outdated; Rejected without reason or note, asked for already, or too long ago.
    """
    award = locked(award, version)
    before, award.asked_reason, award.note = award.asked_reason, reason.strip(), note.strip()
    perform(award, "ask_revocation", actor=actor, reason=reason)
    if before:
        raise Rejected(_("이미 취소를 요청한 시상입니다."))
    if not award.note:
        raise Rejected(_("공개할 취소 사유를 입력해 주세요."), field="note")
    refuse_resident(reason, note)
    _check_years(award)
    notifications.revocation_asked(award)
    return award


@transaction.atomic
def refuse_revocation(award: Award, *, reason: str, actor: Any, version: int | None = None) -> Award:
    """It stands as it was.

    Locks: the award. Raises: Outdated; Rejected where nobody has asked.
    """
    award = locked(award, version)
    asked = award.asked_reason
    perform(award, "refuse_revocation", actor=actor, reason=reason)
    if not asked:
        raise Rejected(_("취소를 요청하지 않은 시상입니다."))
    award.asked_reason = award.note = ""
    award.save(update_fields=["asked_reason", "note"])
    keep.refresh(award)
    return award


@transaction.atomic
def revoke(
    award: Award,
    *,
    actor: Any,
    reason: str = "",
    note: str = "",
    asked_by: Any = None,
    version: int | None = None,
) -> Award:
    """Revoke it: what is set aside is freed, what was handed over is asked back, and whoever follows its thing takes
    back points in their ledger. Where a decision of another process asks for it (the correction of a result),
    `asked_by` is who asked for that one, and `note` what everybody may read.

    Locks: the award, the budget, and what its follower locks. Raises: Outdated; Refused to who asked or got it;
    Rejected where nobody has asked, or too long ago.
    """
    award = locked(award, version)
    if asked_by is not None and asked_by.pk == getattr(actor, "pk", None):
        raise Refused(_("취소를 요청한 사람은 스스로 결정할 수 없습니다."))
    if asked_by is None and not award.asked_reason:
        perform(award, "revoke", actor=actor, reason=reason or "-")
        raise Rejected(_("다른 담당자가 먼저 취소를 요청해야 합니다."))
    reason = reason.strip() or award.asked_reason
    if award.state == AwardState.HANDED:
        award.asked_back = award.amount
    was_handed = award.state == AwardState.HANDED
    award.reason = reason
    perform(award, "revoke", actor=actor, reason=reason, data={"asked_back": award.asked_back})
    _check_years(award)
    award.asked_reason, award.note = "", note.strip() or award.note
    award.save(update_fields=["asked_reason", "note"])
    if award.is_paid_from_purse and not was_handed:
        budget.release(award, reason=reason, actor=actor)
    follower_of(award).revoked(award, reason=reason, actor=actor)
    notifications.revoked(award)
    keep.refresh(award)
    return award


@transaction.atomic
def withdraw(awards: Sequence[Award], *, reason: str, actor: Any) -> None:
    """The decision itself goes back to a draft before anything was handed over: what is set aside is freed.

    Locks: the awards, the budget. Raises: Rejected where one has been handed over. Called by: the cancelling of the
    decision, which has asked for the right to it.
    """
    for award in locked_all(awards):
        award.reason = reason.strip()
        perform(award, "withdraw", actor=SYSTEM, reason=reason)
        if award.is_paid_from_purse:
            budget.release(award, reason=reason, actor=actor)


def _check_years(award: Award) -> None:
    years = REVOKE_YEARS.on(award.decided_on)
    if today() > years_after(award.decided_on, years):
        raise Rejected(_("결정한 날부터 %(years)s년이 지난 시상은 취소할 수 없습니다.") % {"years": years})
