"""Totals by month, quarter and year: what rankings read. They follow the entries and can be made from them again.

A balance taken over from before (N1) was earned in none of these periods.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Sum
from django.utils.translation import gettext as _

from core import rows
from core.ledger.verify import Fault
from mileage.catalogue import OPENINGS
from mileage.models import Account, Entry, Total
from mileage.rules import period_keys

# Django's own upsert can set a value but not add to it.
_ADD = (
    "INSERT INTO {totals} AS kept (account_id, scheme, period, amount) VALUES {new}"
    " ON CONFLICT (account_id, period) DO UPDATE SET amount = kept.amount + excluded.amount"
)


def following(entries: Iterable[Entry]) -> list[rows.Statement]:
    """What brings the totals up to these new entries, whose accounts are locked."""
    changes: dict[tuple[int, str, str], int] = defaultdict(int)
    for entry in entries:
        if entry.rule in OPENINGS:
            continue
        for period in period_keys(entry.day):
            changes[entry.account_id, entry.account.scheme, period] += entry.amount
    new = [(*key, amount) for key, amount in sorted(changes.items())]
    return [rows.statement(_ADD, totals=Total, new=list(part)) for part in rows.chunks(new)]


def _true_totals() -> dict[tuple[int, str], int]:
    sums: dict[tuple[int, str], int] = defaultdict(int)
    by_day = (
        Entry.objects.exclude(rule__in=OPENINGS)
        .order_by()
        .values("account", "day")
        .annotate(sum=Sum("amount"))
    )
    for account, day, amount in by_day.values_list("account", "day", "sum").iterator(5_000):
        for period in period_keys(day):
            sums[account, period] += amount
    return sums


def check() -> Iterator[Fault]:
    """Totals that differ from their entries."""
    true = _true_totals()
    stored = {(t.account_id, t.period): t for t in Total.objects.all().iterator(5_000)}
    for key in sorted({*true, *stored}):
        kept = stored[key].amount if key in stored else 0
        if kept != true.get(key, 0):
            text = _("%(period)s 합계가 기록과 다릅니다.") % {"period": key[1]}
            yield Fault(Entry._meta.label, key[0], None, text)


def repair() -> int:
    """Make all totals from the entries; gives how many were wrong."""
    wrong = len(list(check()))
    if wrong:
        schemes = dict(Account.objects.values_list("pk", "scheme"))
        Total.objects.all().delete()
        true = [
            Total(account_id=account, scheme=schemes[account], period=period, amount=amount)
            for (account, period), amount in _true_totals().items()
        ]
        Total.objects.bulk_create(true, batch_size=rows.BATCH)
    return wrong
