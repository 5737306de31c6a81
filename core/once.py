"""Numbers given once and things done once."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F

from core.models import Counter, Done


@transaction.atomic
def next_numbers(key: str, count: int = 1) -> range:
    """`count` consecutive numbers nobody else gets."""
    Counter.objects.get_or_create(key=key)
    Counter.objects.select_for_update().get(key=key)
    Counter.objects.filter(key=key).update(value=F("value") + count)
    last = Counter.objects.get(key=key).value
    return range(last - count + 1, last + 1)


def not_yet_done(keys: Iterable[str]) -> set[str]:
    """Those of the keys that are not done; marks them done. The caller holds the duty's lock and transaction."""
    assert connection.in_atomic_block
    wanted = set(keys)
    fresh = set(wanted)
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):
        fresh -= set(Done.objects.filter(key__in=ordered[start : start + 500]).values_list("key", flat=True))
    Done.objects.bulk_create([Done(key=key) for key in sorted(fresh)], batch_size=500)
    return fresh
