"""Budgets: allocate, reserve, settle, release (V5). None can ever be overdrawn.

What is done for a cause expects its row locked by the caller; the budget is locked here, after everything but the
accounts of points. The year is that of the cause's day; all amounts are whole won.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from basis.official import document_number
from budgets import notifications
from budgets.enums import BudgetKind
from budgets.models import Budget, BudgetEntry
from budgets.purses import Purse, purse_of
from budgets.selectors import is_short
from core.actors import SYSTEM, user_of
from core.ledger import book
from core.now import today
from core.permissions import ensure


@transaction.atomic
def allocate(
    purse: Purse,
    year: int,
    amount: int,
    *,
    document: str,
    reason: str,
    actor: Any,
    holder: str = "",
    code: str = "",
    length: int | None = None,
    day: date | None = None,
) -> BudgetEntry:
    """Give the year's budget so much more (less, if negative) by a decision document; the first makes it.

    Rejected: nothing, less than is free, no reason, no document number, a ledger that is no longer `length` lines long,
    as it was when the change was decided. `code`: a new path (예산과목), if any. `day`: when an earlier year was
    decided on, which is no news to anybody (N1).
    """
    _authorise(actor, purse)
    (budget,) = _lock({(purse.key, year, holder)}).values()
    if length is not None and budget.length != length:
        raise Rejected(_("그사이 예산이 바뀌었습니다. 지금 금액을 확인한 뒤 다시 처리해 주세요."))
    check_allocation(budget.balance if budget.length else None, amount, document=document, reason=reason)
    path = code.strip() or budget.code or purse.code
    if path != budget.code:
        budget.code = path
        budget.save(update_fields=["code"])
    (entry,) = _post(
        [
            BudgetEntry(
                account=budget,
                kind=BudgetKind.ALLOCATE,
                day=day or today(),
                amount=amount,
                document=document.strip(),
                reason=reason.strip(),
                actor=user_of(actor),
            )
        ],
        told=day is None,
    )
    return entry


@transaction.atomic
def spend_in_all(
    purse: Purse, year: int, amount: int, *, day: date, document: str, reason: str, actor: Any
) -> BudgetEntry:
    """What an earlier year spent, as its document says in one sum: nobody knows any more on what (N1).

    Locks: the budget. Raises: Rejected for more than is free.
    """
    _authorise(actor, purse)
    (budget,) = _lock({(purse.key, year, "")}).values()
    if not 0 < amount <= budget.balance:
        values = {"free": won(budget.balance), "amount": won(amount), "year": year}
        text = _("%(year)s년 집행액 %(amount)s이 남은 예산 %(free)s보다 많습니다. 편성액을 확인해 주세요.")
        raise Rejected(text % values, field="spent")
    (entry,) = _post(
        [
            BudgetEntry(
                account=budget,
                kind=BudgetKind.SPEND,
                day=day,
                amount=-amount,
                document=document_number(document, field="document"),
                reason=reason,
                actor=user_of(actor),
            )
        ],
        told=False,
    )
    return entry


@transaction.atomic
def spend_of_record(cause: Any, amount: int, *, reason: str, actor: Any) -> BudgetEntry:
    """What a thing of an earlier year cost, on its own day: nothing had been set aside for it here (N1).

    Locks: the budget. Raises: Rejected where it does not fit.
    """
    act = _Act(cause, actor, reason, day=getattr(cause, purse_of(cause).causes.day), told=False)
    return act.replace(None, BudgetKind.SPEND, amount)


@transaction.atomic
def take_back(entries: Sequence[BudgetEntry], *, reason: str, actor: Any) -> None:
    """Undo what was taken in of earlier years, each line by one of the opposite amount.

    Locks: the budgets. Raises: Rejected where money has been used since. Called by: the undoing of an import.
    """
    budgets = _lock({(e.account.kind, e.account.year, e.account.holder) for e in entries})
    for entry in sorted(entries, key=lambda one: one.amount > 0):  # what was spent is there again first
        account = budgets[entry.account.kind, entry.account.year, entry.account.holder]
        if account.balance < entry.amount:
            raise Rejected(_("그사이 쓴 예산이 있어 편성을 되돌릴 수 없습니다."))
        _post(
            [
                BudgetEntry(
                    account=account,
                    kind=entry.kind,
                    cause_type_id=entry.cause_type_id,
                    cause_id=entry.cause_id,
                    turn=entry.turn,
                    day=entry.day,
                    amount=-entry.amount,
                    document=entry.document,
                    reverses=None if entry.kind == BudgetKind.ALLOCATE else entry,
                    reason=reason,
                    actor=user_of(actor),
                )
            ],
            told=False,
        )


@transaction.atomic
def reserve(cause: Any, amount: int, *, actor: Any) -> BudgetEntry:
    """Set aside what the cause is expected to cost.

    Locks: the budget. Raises: Rejected where it does not fit, or something is set aside.
    """
    return _Act(cause, actor).replace(None, BudgetKind.RESERVE, amount)


@transaction.atomic
def change_reserve(cause: Any, amount: int, *, actor: Any, reason: str = "") -> BudgetEntry:
    """Set aside another amount, or in another year, as `cause` now says; the same is left as it stands.

    Locks: the budgets of both years. Raises: Rejected where it does not fit.
    """
    act = _Act(cause, actor, reason or _("계획 변경"))
    old = act.standing(BudgetKind.RESERVE)
    if old.amount == -amount and old.account_id == act.budget.pk:
        return old
    return act.replace(old, BudgetKind.RESERVE, amount)


@transaction.atomic
def release(cause: Any, *, reason: str, actor: Any) -> BudgetEntry:
    """Free what was set aside: it will not come.

    Locks: the budget. Raises: Rejected without a reason, or where nothing is set aside.
    """
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    act = _Act(cause, actor, reason.strip())
    (entry,) = _post([act.opposite(act.standing(BudgetKind.RESERVE))])
    return entry


@transaction.atomic
def settle(cause: Any, actual: int, *, actor: Any) -> BudgetEntry:
    """Spend `actual` and free the rest of what was set aside, in one step.

    Locks: the budget. Raises: Rejected for more than was set aside and is free together, or where nothing is set
    aside.
    """
    act = _Act(cause, actor, _("정산"))
    return act.replace(act.standing(BudgetKind.RESERVE), BudgetKind.SPEND, actual)


@transaction.atomic
def unsettle(cause: Any, *, reason: str, actor: Any) -> BudgetEntry:
    """Take the spending back and set aside again what was before, as far as the free money reaches: never refused
    for want of money, and never less than was spent.

    Locks: the budget. Raises: Rejected without a reason.
    """
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    act = _Act(cause, actor, reason.strip())
    spent = act.standing(BudgetKind.SPEND)
    before = max((e for e in act.entries if e.kind == BudgetKind.RESERVE), key=lambda e: e.turn)
    return act.replace(spent, BudgetKind.RESERVE, min(-before.amount, act.room(spent)))


@transaction.atomic
def repay(cause: Any, amount: int, *, reason: str, actor: Any) -> BudgetEntry:
    """What was wrongly spent on the cause has been paid back.

    Locks: the budget. Raises: Rejected for more than was spent and not paid back yet.
    """
    act = _Act(cause, actor, reason)
    spent = act.standing(BudgetKind.SPEND)
    back = [entry.amount for entry in act.entries if entry.kind == BudgetKind.REPAY]
    if not 0 < amount <= -spent.amount - sum(back):
        raise Rejected(_("환수액은 집행한 금액 안에서 입력해 주세요."), field="amount")
    (entry,) = _post(
        [
            BudgetEntry(
                account=act.by_pk[spent.account_id],
                kind=BudgetKind.REPAY,
                cause=cause,
                turn=1 + len(back),
                day=today(),
                amount=amount,
                reason=reason,
                actor=actor,
            )
        ]
    )
    return entry


class _Act:
    """One act on one cause, all budgets that it may touch locked."""

    def __init__(
        self, cause: Any, actor: Any, reason: str = "", day: date | None = None, told: bool = True
    ) -> None:
        self.cause, self.actor, self.reason = cause, user_of(actor), reason
        self.day, self.told = day or today(), told
        self.purse = purse_of(cause)
        own = BudgetEntry.objects.of(cause)
        place = self.purse.key, self.purse.year_of(cause), self.purse.holder(cause)
        budgets = _lock({place, *own.values_list("account__kind", "account__year", "account__holder")})
        self.budget = budgets[place]
        self.by_pk = {budget.pk: budget for budget in budgets.values()}
        self.entries = list(own.select_related("reversal").order_by("pk"))

    def standing(self, kind: BudgetKind) -> BudgetEntry:
        """What of this kind still stands for the cause. Rejected if nothing does."""
        if (found := self._standing()) is None or found.kind != kind:
            raise Rejected(
                _("집행한 금액이 없습니다.")
                if kind == BudgetKind.SPEND
                else _("집행 예정으로 잡아 둔 금액이 없습니다.")
            )
        return found

    def _standing(self) -> BudgetEntry | None:
        """At most one: a cause has money set aside, or spent, or neither."""
        held = (e for e in self.entries if e.kind in (BudgetKind.RESERVE, BudgetKind.SPEND))
        return next((e for e in held if not e.reverses_id and not hasattr(e, "reversal")), None)

    def room(self, taken_back: BudgetEntry | None) -> int:
        """What is free for the cause once this entry is taken back."""
        here = taken_back is not None and taken_back.account_id == self.budget.pk
        return self.budget.balance - (taken_back.amount if here and taken_back else 0)

    def opposite(self, entry: BudgetEntry) -> BudgetEntry:
        return BudgetEntry(
            account=self.by_pk[entry.account_id],
            kind=BudgetKind.RELEASE if entry.kind == BudgetKind.RESERVE else entry.kind,
            cause=self.cause,
            turn=entry.turn,
            day=self.day,
            amount=-entry.amount,
            reverses=entry,
            reason=self.reason,
            actor=self.actor,
        )

    def replace(self, old: BudgetEntry | None, kind: BudgetKind, amount: int) -> BudgetEntry:
        """`amount` of this kind instead of the old entry, in the year of the cause's day."""
        if old is None and self._standing() is not None:
            raise Rejected(
                _("이 %(cause)s에는 이미 집행 예정이거나 집행한 금액이 있습니다.")
                % {"cause": self.purse.causes.label}
            )
        self._check(amount, self.room(old), self.room(old) - self.budget.balance)
        new = BudgetEntry(
            account=self.budget,
            kind=kind,
            cause=self.cause,
            turn=1 + sum(1 for e in self.entries if e.kind == kind and not e.reverses_id),
            day=self.day,
            amount=-amount,
            reason=self.reason,
            actor=self.actor,
        )
        return _post([self.opposite(old), new] if old else [new], told=self.told)[-1]

    def _check(self, amount: int, room: int, own: int) -> None:
        """`own`: what of the room is this cause's already."""
        values = {
            "purse": self.purse.label,
            "cause": self.purse.causes.label,
            "year": self.budget.year,
            "free": won(room),
            "amount": won(amount),
            "own": won(own),
        }
        if amount < 0:
            raise Rejected(_("금액은 0원 이상으로 입력해 주세요."))
        if not self.budget.length:
            raise Rejected(
                _("%(year)s년 %(purse)s이 없습니다. 기획예산과에서 예산을 편성한 뒤 다시 처리해 주세요.")
                % values
            )
        if amount > room and own:
            raise Rejected(
                _(
                    "%(purse)s이 모자랍니다. %(year)s년에 쓸 수 있는 금액은 이 %(cause)s에 잡아 둔 %(own)s을 포함하여 "
                    "%(free)s인데 %(amount)s이 필요합니다. 금액을 줄이거나 예산을 늘린 뒤 다시 처리해 주세요."
                )
                % values
            )
        if amount > room:
            raise Rejected(
                _(
                    "%(purse)s이 모자랍니다. %(year)s년에 쓸 수 있는 금액은 %(free)s인데 %(amount)s이 필요합니다. "
                    "금액을 줄이거나 예산을 늘린 뒤 다시 처리해 주세요."
                )
                % values
            )


def _authorise(actor: Any, purse: Purse) -> None:
    if actor is not SYSTEM:  # the command line
        ensure(actor, purse.change)


def _lock(places: Iterable[tuple[str, int, str]]) -> dict[tuple[Any, ...], Budget]:
    """By purse, year and holder."""
    return book.lock(Budget, places, ("kind", "year", "holder"))


def _post(drafts: Sequence[BudgetEntry], *, told: bool = True) -> list[BudgetEntry]:
    """Write the entries; unless nobody is to be `told`, planning hears of each budget that has become short (V5)."""
    budgets = {entry.account.pk: entry.account for entry in drafts}
    free = {pk: budget.balance for pk, budget in budgets.items()}
    made = book.append(drafts)
    if not told:
        return made
    for pk, budget in budgets.items():
        percent = budget.purse.warning.on(today())
        if budget.balance >= free[pk]:
            continue
        given = sum(e.amount for e in made if e.account.pk == pk and e.kind == BudgetKind.ALLOCATE)
        lines = BudgetEntry.objects.filter(account=budget, kind=BudgetKind.ALLOCATE)
        allocated = lines.aggregate(sum=Sum("amount"))["sum"] or 0
        if is_short(allocated, budget.balance, percent) and not is_short(
            allocated - given, free[pk], percent
        ):
            notifications.short(budget, allocated)
    return made


def check_allocation(free: int | None, amount: int, *, document: str, reason: str) -> None:
    """What `allocate` asks for; `free`: what is free now, None where there is no budget yet."""
    if not amount:
        raise Rejected(_("금액을 입력해 주세요."), field="amount")
    if free is None and amount < 0:
        raise Rejected(_("처음 편성하는 예산은 0원보다 커야 합니다."), field="amount")
    if free is not None and free + amount < 0:
        raise Rejected(
            _("%(free)s까지 줄일 수 있습니다. 나머지는 이미 집행했거나 집행할 예정입니다.")
            % {"free": won(free)},
            field="amount",
        )
    document_number(document, field="document")
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
