"""Numbers given once, things done once, forms sent once."""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core.actors import columns
from core.models import Counter, Done, Sent
from core.now import now

ONE_TIME = re.compile(r"[A-Za-z0-9_-]{22}")
KEPT = timedelta(days=30)  # how long a form that was sent is known again


@transaction.atomic
def next_numbers(key: str, count: int = 1) -> range:
    """`count` consecutive numbers nobody else gets."""
    Counter.objects.get_or_create(key=key)
    Counter.objects.select_for_update().get(key=key)
    Counter.objects.filter(key=key).update(value=F("value") + count)
    last = Counter.objects.get(key=key).value
    return range(last - count + 1, last + 1)


@transaction.atomic
def give_back(key: str, numbers: Collection[int]) -> None:
    """The last numbers given, if all down to some of these are among them, are free again."""
    counter = Counter.objects.select_for_update().filter(key=key).first()
    if counter is None:
        return
    last = counter.value
    while counter.value in numbers:
        counter.value -= 1
    if counter.value == 0:
        counter.delete()
    elif counter.value != last:
        counter.save(update_fields=["value"])


@transaction.atomic
def numbers_taken(key: str, last: int) -> None:
    """Numbers up to `last` were given elsewhere: the next one comes after it."""
    Counter.objects.get_or_create(key=key)
    counter = Counter.objects.select_for_update().get(key=key)
    counter.value = max(counter.value, last)
    counter.save(update_fields=["value"])


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


def one_time(given: str = "") -> str:
    """The key that a form carries: the one it came with, else a new one."""
    return given if ONE_TIME.fullmatch(given) else secrets.token_urlsafe(16)


@transaction.atomic
def sent_once(actor: Any, given: str, make: Callable[[], str]) -> tuple[str, bool]:
    """Where what a form makes stands, and whether it was made now. The same key of the same person, sent again or twice
    at once, makes nothing and leads to the first; what was refused may be sent again. Without a key, it is made.

    Locks: the key, before all that `make` locks.
    """
    if not ONE_TIME.fullmatch(given):
        return make(), True
    sent, fresh = Sent.objects.get_or_create(key=_key(actor, given))
    if fresh:
        sent.target = make()
        sent.save(update_fields=["target"])
    return sent.target, fresh


def sent_before(actor: Any, given: str) -> str:
    """Where what the form made stands, if it was sent before; else nothing."""
    if not ONE_TIME.fullmatch(given):
        return ""
    return Sent.objects.filter(key=_key(actor, given)).values_list("target", flat=True).first() or ""


def _key(actor: Any, given: str) -> str:
    who = sorted((name, getattr(held, "pk", None)) for name, held in columns(actor).items())
    return hashlib.sha256(repr((who, given)).encode()).hexdigest()


def forget_sent() -> int:
    """Keys of forms sent long ago go."""
    return Sent.objects.filter(at__lt=now() - KEPT).delete()[0]
