"""Checkpoints: what the schedule saw of the accounts, so that lines taken off an account's end are missed (M3, M6).

The lines that remain are sound, and the account's row can be set back to them; only who remembers sees it.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from core.ledger.models import LedgerAccount
from core.ledger.seal import sign
from core.models import LedgerCheckpoint

CHUNK = 5_000
log = logging.getLogger(__name__)


def take(ledgers: Iterable[tuple[str, type[LedgerAccount]]]) -> int:
    """Write down the accounts (of ledgers by name) that have grown; gives how many. One that has become shorter stays
    as it was written. The schedule calls this alone, under its lock."""
    before, rows = last_seal(), []
    for name, accounts in ledgers:
        known = LedgerCheckpoint.objects.filter(ledger=name, account=OuterRef("pk")).order_by("-length")
        covered = Coalesce(Subquery(known.values("length")[:1]), Value(0))
        grown = (
            accounts._default_manager.annotate(covered=covered).filter(length__gt=F("covered")).order_by("pk")
        )
        for account, length, head in grown.values_list("pk", "length", "seal"):
            row = LedgerCheckpoint(ledger=name, account=account, length=length, head=head)
            row.seal = before = _seal(row, before)
            rows.append(row)
    LedgerCheckpoint.objects.bulk_create(rows, batch_size=500)
    if rows:
        log.info("ledger checkpoint: %d accounts, ends with %s", len(rows), before)
    return len(rows)


def last_seal() -> str:
    """How the checkpoints end. Kept elsewhere (it stands in the log), it tells whether the last ones are missing."""
    return LedgerCheckpoint.objects.order_by("-pk").values_list("seal", flat=True).first() or ""


def marks_of(ledger: str) -> dict[int, dict[int, str]]:
    """By account: the seal of its line of each length that was written down."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = LedgerCheckpoint.objects.filter(ledger=ledger).order_by()
    for account, length, head in rows.values_list("account", "length", "head").iterator(CHUNK):
        found[account][length] = head
    return found


def broken() -> Iterator[LedgerCheckpoint]:
    """Those that were changed after they were written, or whose predecessor is missing."""
    before = ""
    for row in LedgerCheckpoint.objects.order_by("pk").iterator(CHUNK):
        if row.seal != _seal(row, before):
            yield row
        before = row.seal


def _seal(row: LedgerCheckpoint, before: str) -> str:
    moment = row.at.astimezone(UTC).isoformat()
    values = ["checkpoint", before, row.ledger, row.account, row.length, row.head, moment]
    return sign(values)
