"""Writing a ledger: lock the accounts, then append."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection

from core import rows
from core.ledger.models import LedgerAccount, LedgerEntry
from core.ledger.seal import seal

A = TypeVar("A", bound=LedgerAccount)
E = TypeVar("E", bound=LedgerEntry)


def lock(model: type[A], keys: Iterable[tuple[Any, ...]], names: Sequence[str]) -> dict[tuple[Any, ...], A]:
    """The accounts with these values of the fields `names`, opened where missing, locked in the order of their ids
    until the transaction ends. All accounts that one act touches are locked by one call, after everything else."""
    assert connection.in_atomic_block, "lock() needs the caller's transaction"
    wanted = sorted(set(keys))
    found = _locked(model, wanted, names)
    if missing := [key for key in wanted if key not in found]:
        opened = [model(**dict(zip(names, key, strict=True))) for key in missing]
        model._default_manager.bulk_create(opened, ignore_conflicts=True)
        found |= _locked(model, missing, names)
    return found


def _locked(
    model: type[A], keys: Sequence[tuple[Any, ...]], names: Sequence[str]
) -> dict[tuple[Any, ...], A]:
    """Accounts hold numbers and text alone, so their rows can be taken as they come."""
    found = rows.fetch(
        "SELECT {columns} FROM (VALUES {keys}) AS wanted CROSS JOIN {accounts} WHERE {same} ORDER BY id {lock}",
        columns=rows.columns(model),
        keys=list(keys),
        accounts=model,
        same=rows.matching(model, tuple(names), "wanted"),
        lock=rows.Text("FOR UPDATE" if connection.features.has_select_for_update else ""),
    )
    fields = [field.attname for field in model._meta.concrete_fields]
    accounts = [model.from_db(DEFAULT_DB_ALIAS, fields, row) for row in found]
    return {tuple(getattr(account, name) for name in names): account for account in accounts}


def append(entries: Sequence[E], *, following: Sequence[rows.Statement] = ()) -> list[E]:
    """Number, balance, seal and save; the accounts, which the caller has locked, follow, and what else is derived
    from the entries by the statements `following`.

    The entries of one account must hold the same account object."""
    assert connection.in_atomic_block, "append() needs the caller's transaction"
    if not entries:
        return []
    touched: dict[int, LedgerAccount] = {}
    for entry in entries:
        account = entry.account
        assert touched.setdefault(account.pk, account) is account, "two copies of one account"
        account.length += 1
        account.balance += entry.amount
        entry.sequence, entry.balance = account.length, account.balance
        entry.seal = account.seal = seal(entry, account.seal)
    accounts = rows.update(list(touched.values()), ("balance", "length", "seal"))
    rows.insert(entries, after=[*accounts, *following])
    return list(entries)
