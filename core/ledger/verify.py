"""Looking through a ledger: every chain, every balance, and what is derived from the entries (M6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.sockets import Socket
from core.ledger import checkpoints
from core.ledger.models import LedgerAccount, LedgerEntry
from core.ledger.protection import GUARDS, is_protected
from core.ledger.seal import seal
from core.models import LedgerCheckpoint

CHUNK = 5_000


@dataclass(frozen=True)
class Fault:
    """`entry` is the id of the line at fault; None: the account or what is derived from it."""

    ledger: str
    account: Any
    entry: int | None
    text: str


@dataclass(frozen=True)
class Ledger:
    """`checks` compare what is derived from the entries and give faults; `repair` puts that right."""

    entries: type[LedgerEntry]
    accounts: type[LedgerAccount]
    checks: tuple[Callable[[], Iterator[Fault]], ...] = ()
    repairs: tuple[Callable[[], int], ...] = ()

    @property
    def name(self) -> str:
        return self.entries._meta.label


LEDGERS: Socket[Ledger] = Socket("ledgers", key=lambda ledger: ledger.name)
# Of what is sealed and no ledger: published decisions.
CHECKS: Socket[Callable[[], Iterator[Fault]]] = Socket("checks", key=lambda check: check)


def unprotected() -> Iterator[Fault]:
    """Tables whose rows the database should refuse to change, and does not."""
    for guard in GUARDS:
        if not is_protected(guard.model):
            yield Fault(
                guard.model._meta.label, None, None, _("기록을 바꾸지 못하게 하는 장치가 꺼져 있습니다.")
            )


def take_checkpoint() -> int:
    """Of all ledgers."""
    return checkpoints.take((ledger.name, ledger.accounts) for ledger in LEDGERS)


def verify_checkpoints() -> Iterator[Fault]:
    """Faults of what the schedule has written down."""
    for row in checkpoints.broken():
        text = _("점검점이 적힌 뒤에 바뀌었거나 그 앞의 점검점이 없어졌습니다.")
        yield Fault(LedgerCheckpoint._meta.label, row, row.pk, text)


def verify_sealed() -> Iterator[Fault]:
    """Faults of what is sealed and no ledger."""
    for check in CHECKS:
        yield from check()


def verify_all() -> Iterator[Fault]:
    yield from unprotected()
    yield from verify_checkpoints()
    yield from verify_sealed()
    for ledger in LEDGERS:
        yield from verify(ledger)


def verify(ledger: Ledger) -> Iterator[Fault]:
    """Every fault of one ledger's rows."""
    accounts = {a.pk: a for a in ledger.accounts._default_manager.order_by("pk").iterator(CHUNK)}
    rows = ledger.entries._default_manager.order_by("account_id", "sequence").iterator(CHUNK)
    marks = checkpoints.marks_of(ledger.name)
    seen = set()
    for key, entries in groupby(rows, key=lambda entry: entry.account_id):
        seen.add(key)
        yield from _chain(ledger, accounts[key], entries, marks.pop(key, {}))
    for key, lengths in marks.items():
        yield _shortened(ledger, accounts.get(key, key), 0, max(lengths))
    for key, account in accounts.items():
        if key not in seen and (account.balance or account.length or account.seal):
            yield Fault(ledger.name, account, None, _("기록이 없는데 잔액이나 기록 수가 남아 있습니다."))
    for check in ledger.checks:
        yield from check()


def _shortened(ledger: Ledger, account: Any, number: int, length: int) -> Fault:
    text = _("지난 점검 때 %(length)s번까지 있던 기록이 지금은 %(number)s번까지만 있습니다.")
    return Fault(ledger.name, account, None, text % {"length": length, "number": number})


def _chain(
    ledger: Ledger, account: LedgerAccount, entries: Iterator[LedgerEntry], marks: dict[int, str]
) -> Iterator[Fault]:
    """`marks`: the seals that checkpoints have seen at some lengths."""
    number, balance, before = 0, 0, ""
    for entry in entries:
        number, balance = number + 1, balance + entry.amount
        if entry.sequence != number:
            yield Fault(
                ledger.name, account, entry.pk, _("순번이 이어지지 않습니다. 앞의 기록이 없어졌습니다.")
            )
            number = entry.sequence
        if entry.seal != seal(entry, before):
            yield Fault(ledger.name, account, entry.pk, _("기록이 적힌 뒤에 바뀌었습니다."))
        elif entry.balance != balance:
            yield Fault(ledger.name, account, entry.pk, _("잔액이 앞의 기록과 맞지 않습니다."))
        if marks.get(entry.sequence, entry.seal) != entry.seal:
            yield Fault(ledger.name, account, entry.pk, _("지난 점검 때 있던 기록과 다른 기록입니다."))
        balance, before = entry.balance, entry.seal
    if (account.length, account.balance, account.seal) != (number, balance, before):
        yield Fault(ledger.name, account, None, _("계정의 잔액이나 기록 수가 기록과 다릅니다."))
    if (length := max(marks, default=0)) > number:
        yield _shortened(ledger, account, number, length)


def stands(entry: LedgerEntry) -> bool:
    """Whether this line is as it was written, and follows the one before it in number and balance."""
    rows: Any = type(entry)._default_manager
    before = (
        rows.filter(account=entry.account_id, sequence__lt=entry.sequence)
        .order_by("-sequence")
        .values_list("sequence", "balance", "seal")
        .first()
    ) or (0, 0, "")
    number, balance, last = before
    return (
        entry.seal == seal(entry, last)
        and entry.sequence == number + 1
        and entry.balance == balance + entry.amount
    )


@transaction.atomic
def rebuild() -> int:
    """Set the balances, and what else is derived, from the entries; gives how many accounts were put right."""
    mended = 0
    for ledger in LEDGERS:
        last: dict[int, LedgerEntry] = {}
        for entry in ledger.entries._default_manager.order_by("account_id", "sequence").iterator(CHUNK):
            last[entry.account_id] = entry
        for account in ledger.accounts._default_manager.select_for_update().order_by("pk"):
            end = last.get(account.pk)
            true = (end.balance, end.sequence, end.seal) if end else (0, 0, "")
            if (account.balance, account.length, account.seal) != true:
                account.balance, account.length, account.seal = true
                account.save(update_fields=["balance", "length", "seal"])
                mended += 1
        mended += sum(repair() for repair in ledger.repairs)
    return mended
