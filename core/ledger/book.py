"""Writing a ledger: lock the accounts, then append."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q

from core.ledger.models import LedgerAccount, LedgerEntry
from core.ledger.seal import seal
from core.rows import insert

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
    found: dict[tuple[Any, ...], A] = {}
    *outer, inner = names
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for key in keys:
        groups.setdefault(key[:-1], []).append(key[-1])
    condition = Q()
    for head, tails in groups.items():
        condition |= Q(**dict(zip(outer, head, strict=True)), **{f"{inner}__in": tails})
    rows = model._default_manager.select_for_update().filter(condition).order_by("pk")
    for row in rows:
        found[tuple(getattr(row, name) for name in names)] = row
    return found


def append(entries: Sequence[E]) -> list[E]:
    """Number, balance, seal and save; the accounts, which the caller has locked, follow.

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
    insert(entries)
    insert(list(touched.values()), update=("balance", "length", "seal"))
    return list(entries)
