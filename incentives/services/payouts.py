"""The bonus of a result: reckoned, shared out by its owner, approved, agreed, asked for, paid (I7).

The division is locked first, then the result, its payout, the budget: two agreed at once see each other's money.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from basis.official import document_number
from budgets import services as budget
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.transition import perform, record
from incentives import notifications_payouts as notifications
from incentives.enums import PayoutState, Role, Tier
from incentives.models import Division, Payout, Result, Share
from incentives.policies import BONUS_UNIT
from incentives.reckoning.bonus import Choice, parts
from incentives.selectors.results import CAME_IN, bonus_of, is_settled, owners_of
from incentives.workflow_payouts import OPEN
from organization.models import Department

FOUND = {None: "unsettled", 0: "nothing"}


def open_for(result: Result, *, actor: Any, past: bool = False) -> Payout:
    """Called by: who writes the result down, under the division's lock."""
    shares = list(result.shares.all())
    payout = Payout(
        result=result, title=result.title, place=owners_of(shares)[:60], day=result.decided_on, past=past
    )
    found = bonus_of(result, payout)
    payout.amount, payout.why = found.amount, found.why
    payout.state = PayoutState.PAST if past else _state(found.amount)
    payout.save()
    record(payout, "take_in" if past else "reckon", actor=actor)
    if not past:
        notifications.reckoned(payout)
    return payout


def _state(amount: int | None) -> PayoutState:
    if amount is None:
        return PayoutState.UNSETTLED
    return PayoutState.RECKONED if amount else PayoutState.NOTHING


def reckon(payout: Payout, *, actor: Any) -> Payout:
    """Anew, after what it follows from has changed. Called by: who holds the locks of `results.fresh_of`."""
    result = payout.result
    payout.title, payout.place = result.title, owners_of(result.shares.all())[:60]
    found = bonus_of(result, payout)
    payout.amount, payout.why = found.amount, found.why
    if payout.state == PayoutState.PAST:
        payout.save()
        record(payout, "correct", actor=actor)
    else:
        perform(payout, FOUND.get(found.amount, "reckoned"), actor=SYSTEM)
    return payout


def _locked(payout: Payout, seen: int | None = None) -> Payout:
    division = Division.objects.select_for_update(of=("self",)).get(results=payout.result_id)
    rows = Result.objects.select_for_update(of=("self",)).select_related("division__project")
    result = rows.prefetch_related("prizes", "shares__department").get(pk=payout.result_id)
    fresh = Payout.objects.select_for_update(of=("self",)).get(pk=payout.pk)
    check_seen(fresh, seen)
    fresh.result = result
    assert division.pk == result.division_id
    return fresh


@transaction.atomic
def choose(
    payout: Payout, *, choice: str, reason: str, tier: str = "", version: int | None = None, actor: Any
) -> Payout:
    """Planning chooses a rule where the plan is silent, with a reason. `tier`: by which of the fixed sums.

    Locks: the division, the result, the payout. Raises: Outdated; Rejected where the plan says what to do, without a
    reason, or a fixed sum without its tier.
    """
    fresh = _locked(payout, version)
    if is_settled(fresh.result):
        raise Rejected(_("계획에 기준이 있는 결과입니다. 기준을 따로 정하지 않습니다."))
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    fixed = choice == Choice.FIXED
    fresh.choice, fresh.choice_reason = Choice(choice).value, reason.strip()[:500]
    fresh.choice_tier = Tier(tier).value if fixed and tier else ""
    if fixed and not (fresh.choice_tier or fresh.result.tier):
        raise Rejected(_("어느 급의 금액으로 지급할지 골라 주세요."), field="choice")
    perform(fresh, "choose", actor=actor, reason=reason)
    reckon(fresh, actor=actor)
    notifications.chosen(fresh)
    return fresh


@transaction.atomic
def begin(payout: Payout, *, reason: str, version: int | None = None, actor: Any) -> Payout:
    """The bonus of a result that was taken in is still to be paid.

    Locks: the division, the result, the payout. Raises: Outdated.
    """
    fresh = _locked(payout, version)
    perform(fresh, "begin", actor=actor, reason=reason)
    return reckon(fresh, actor=actor)


@transaction.atomic
def plan(
    payout: Payout,
    percents: Mapping[int, int],
    *,
    basis: str = "",
    version: int | None = None,
    actor: Any,
) -> Payout:
    """The owner decides what each department gets, in percent; the won add up exactly, the rest is the owner's.

    Locks: the division, the result, the payout. Raises: Refused; Outdated; Rejected for shares that are not 100.
    """
    fresh = _locked(payout, version)
    perform(fresh, "plan", actor=actor, data={"amount": won(fresh.amount or 0)})
    shares = sorted(fresh.result.shares.all(), key=lambda one: one.order)
    wanted = [percents.get(one.pk, 0) for one in shares]
    if any(one < 0 for one in wanted) or sum(wanted) != 100:
        said = _("비율의 합이 100%%여야 합니다. 지금은 %(sum)s%%입니다.") % {"sum": sum(wanted)}
        raise Rejected(said, field=f"share-{shares[0].pk}")
    assert fresh.amount is not None
    found = parts(fresh.amount, wanted, BONUS_UNIT.on(fresh.result.decided_on))
    for share, percent, amount in zip(shares, wanted, found, strict=True):
        share.percent, share.amount = percent, amount
    Share.objects.bulk_update(shares, ["percent", "amount"])
    fresh.basis = basis.strip()[:1_000]
    fresh.save(update_fields=["basis"])
    return fresh


def _unshare(fresh: Payout) -> None:
    fresh.result.shares.update(percent=None, amount=None)
    fresh.document, fresh.approved_on = "", None
    fresh.save(update_fields=["document", "approved_on"])


@transaction.atomic
def take_back(payout: Payout, *, version: int | None = None, actor: Any) -> Payout:
    """The owner shares it out anew. Locks: the division, the result, the payout. Raises: Outdated."""
    fresh = _locked(payout, version)
    perform(fresh, "take_back", actor=actor)
    _unshare(fresh)
    return fresh


@transaction.atomic
def approve(payout: Payout, *, document: str, on: date, version: int | None = None, actor: Any) -> Payout:
    """The deputy mayor has approved the plan of the payout: by which document, when.

    Locks: the division, the result, the payout. Raises: Outdated; Rejected for no document number, or a day to come.
    """
    fresh = _locked(payout, version)
    fresh.document, fresh.approved_on = document_number(document, field="document"), on
    if on > today():
        raise Rejected(_("결재일은 오늘까지의 날입니다."), field="on")
    if on < fresh.result.decided_on:
        raise Rejected(_("결재일은 결과가 발표된 날보다 앞설 수 없습니다."), field="on")
    perform(fresh, "approve", actor=actor, data={"document": fresh.document})
    notifications.approved(fresh)
    return fresh


@transaction.atomic
def give_back(payout: Payout, *, reason: str, version: int | None = None, actor: Any) -> Payout:
    """Planning wants it shared out or approved otherwise. Locks: as `agree`. Raises: Refused to who asked; Outdated."""
    fresh = _locked(payout, version)
    perform(fresh, "give_back", actor=actor, reason=reason)
    _unshare(fresh)
    notifications.returned(fresh, reason)
    return fresh


def _check_came_in(fresh: Payout) -> None:
    """Nothing is paid of money that has not come in."""
    have = bonus_of(fresh.result, fresh)
    if have.why not in CAME_IN:
        return
    came = bonus_of(fresh.result, fresh, received_by=today())
    if (came.amount or 0) < (fresh.amount or 0):
        received = sum(one.amount for one in fresh.result.prizes.all() if one.received_on)
        raise Rejected(
            _(
                "수상금이 아직 다 들어오지 않았습니다. 받은 수상금은 %(came)s입니다. "
                "받은 날을 적은 뒤 다시 처리해 주세요."
            )
            % {"came": won(received)}
        )


@transaction.atomic
def agree(payout: Payout, *, version: int | None = None, actor: Any) -> Payout:
    """Planning agrees: the money is set aside, within what came in and what the year was given.

    Locks: the division, the result, the payout, the budget. Raises: Refused to who shared it out or had it approved;
    Outdated; Rejected where it does not fit.
    """
    fresh = _locked(payout, version)
    fresh.day = today()
    perform(fresh, "agree", actor=actor, data={"amount": won(fresh.amount or 0)})
    _check_came_in(fresh)
    budget.reserve(fresh, fresh.amount or 0, actor=actor)
    notifications.agreed(fresh)
    return fresh


@transaction.atomic
def disagree(payout: Payout, *, reason: str, version: int | None = None, actor: Any) -> Payout:
    """What was set aside is free again. Locks: as `agree`. Raises: Refused to who asked; Outdated."""
    fresh = _locked(payout, version)
    perform(fresh, "disagree", actor=actor, reason=reason)
    budget.release(fresh, reason=reason, actor=actor)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def ask(payout: Payout, *, document: str, version: int | None = None, actor: Any) -> Payout:
    """The owner asks planning to pay, by its letter with the plan.

    Locks: the division, the result, the payout. Raises: Outdated; Rejected for no document number.
    """
    fresh = _locked(payout, version)
    fresh.request, fresh.requested_on = document_number(document, field="document"), today()
    perform(fresh, "ask", actor=actor, data={"document": fresh.request})
    notifications.requested(fresh)
    return fresh


@transaction.atomic
def unask(payout: Payout, *, version: int | None = None, actor: Any) -> Payout:
    """Locks: the division, the result, the payout. Raises: Outdated."""
    fresh = _locked(payout, version)
    fresh.request, fresh.requested_on = "", None
    perform(fresh, "unask", actor=actor)
    return fresh


@transaction.atomic
def pay(payout: Payout, *, on: date, version: int | None = None, actor: Any) -> Payout:
    """It went to the departments' accounts: what was set aside is spent.

    Locks: as `agree`. Raises: Refused to who asked; Outdated; Rejected for a day to come or before it was asked for.
    """
    fresh = _locked(payout, version)
    if on > today():
        raise Rejected(_("지급일은 오늘까지의 날입니다."), field="on")
    if fresh.requested_on and on < fresh.requested_on:
        raise Rejected(_("지급일은 지급을 요청한 날보다 앞설 수 없습니다."), field="on")
    fresh.paid_on = on
    perform(fresh, "pay", actor=actor, data={"amount": won(fresh.amount or 0)})
    _check_came_in(fresh)
    budget.settle(fresh, fresh.amount or 0, actor=actor)
    notifications.paid(fresh)
    return fresh


@transaction.atomic
def unpay(payout: Payout, *, reason: str, version: int | None = None, actor: Any) -> Payout:
    """The record of paying was wrong: the money is set aside again.

    Locks: as `agree`. Raises: Refused to who asked; Outdated; Rejected where some was paid back.
    """
    fresh = _locked(payout, version)
    if fresh.repaid:
        raise Rejected(_("환수한 포상금은 지급 기록을 취소할 수 없습니다."))
    fresh.paid_on = None
    perform(fresh, "unpay", actor=actor, reason=reason)
    budget.unsettle(fresh, reason=reason, actor=actor)
    return fresh


@transaction.atomic
def repay(payout: Payout, *, amount: int, reason: str, version: int | None = None, actor: Any) -> Payout:
    """Departments have paid some of it back, as where the evaluator took its prize back.

    Locks: as `agree`. Raises: Refused to who asked; Outdated; Rejected for more than was paid.
    """
    fresh = _locked(payout, version)
    fresh.repaid += amount
    perform(fresh, "repay", actor=actor, reason=reason, data={"amount": won(amount)})
    budget.repay(fresh, amount, reason=reason, actor=actor)
    return fresh


# -- departments that end
def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Bonuses not yet paid are the new department's; where it has a share already, the two become one."""
    rows = Payout.objects.filter(state__in=OPEN, result__shares__department=old).order_by("pk")
    for payout in rows:
        fresh = _locked(payout)
        shares = {one.department_id: one for one in fresh.result.shares.all()}
        mine, theirs = shares[old.pk], shares.get(new.pk)
        if theirs is None:
            mine.department, mine.department_name = new, new.name
        else:
            mine.delete()
            mine, own = theirs, mine
            mine.role = Role.OWNER if Role.OWNER in (mine.role, own.role) else mine.role
            mine.order = min(mine.order, own.order)
            if mine.percent is not None and own.percent is not None:
                mine.percent, mine.amount = mine.percent + own.percent, (mine.amount or 0) + (own.amount or 0)
        mine.save()
        getattr(fresh.result, "_prefetched_objects_cache", {}).pop("shares", None)
        fresh.place = owners_of(fresh.result.shares.all())[:60]
        fresh.save(update_fields=["place"])
        record(fresh, "merged", actor=actor)


def open_of(department: Department) -> int:
    return Payout.objects.filter(state__in=OPEN, result__shares__department=department).distinct().count()
