"""The time the services go by. `pretend` sets it for the demonstration's past, `run_due --date`, and tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Aware."""
    return _pretended.get() or timezone.now()


def today() -> date:
    """The day in Seoul."""
    return timezone.localdate(now())


@contextmanager
def pretend(moment: date | datetime) -> Iterator[None]:
    """Inside, `now()` is this moment (a bare day means nine in the morning)."""
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime.combine(moment, time(9)))
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
