"""Who tries too often waits: wrong passwords (D4), codes of receipts (P3), what is sent without an account (P17).

A try is counted before it is looked at, so that many at once are not more than one after another; a right one takes its
own back. While a place must wait, tries there change nothing: the wait ends when it was said to end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from core.models import Tries
from core.now import now

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST_WAIT = timedelta(minutes=1)  # doubled by each further wrong try, up to the longest


class Waiting(Exception):
    """Nothing is looked at before this moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Counted:
    """So many within the window; then one waits: longer each time, up to `longest`; without it until the window is
    over."""

    who: str
    place: str
    limit: int
    window: timedelta = DAY
    longest: timedelta | None = None

    def wait(self, count: int, since: datetime, moment: datetime) -> datetime | None:
        if count < self.limit:
            return None
        if self.longest is None:
            return since + self.window
        return moment + min(self.longest, FIRST_WAIT * 2 ** min(count - self.limit, 20))


Attempt = Sequence[Counted]  # the widest first


@transaction.atomic
def count(attempt: Attempt) -> None:
    """Count it at all of its places. Raises: Waiting, having counted nothing."""
    moment = now()
    Tries.objects.bulk_create(
        [Tries(who=one.who, place=one.place, since=moment) for one in attempt], ignore_conflicts=True
    )
    # One after the other in the order of `attempt`: whoever waits for a row holds only narrower ones.
    rows = [_locked(one, moment) for one in attempt]
    waits = [row.until for row in rows if row.until and row.until > moment]
    if waits:
        raise Waiting(max(waits))
    for row, one in zip(rows, attempt, strict=True):
        if moment - row.since > one.window:
            row.count, row.since = 0, moment
        row.count += 1
        row.until = one.wait(row.count, row.since, moment) or row.until
        row.save()


def _locked(one: Counted, moment: datetime) -> Tries:
    """Its row, made anew where a right try of the same moment has just taken it away."""
    own = Tries.objects.select_for_update().filter(who=one.who, place=one.place)
    while (found := own.first()) is None:
        Tries.objects.bulk_create([Tries(who=one.who, place=one.place, since=moment)], ignore_conflicts=True)
    return found


def take_back(attempt: Attempt) -> None:
    """It is not held against anybody."""
    for one in attempt:
        rows = Tries.objects.filter(who=one.who, place=one.place, count__gt=0)
        rows.update(count=F("count") - 1, until=None)


def succeed(attempt: Attempt) -> None:
    """It was the right one: the last of its places is forgotten, wider ones lose this try."""
    *wider, own = attempt
    Tries.objects.filter(who=own.who, place=own.place).delete()
    take_back(wider)


def forget(who: str) -> int:
    """Nobody waits any more for this one; of how many places."""
    return Tries.objects.filter(who=who).delete()[0]


def clear_old() -> int:
    """What no window reaches any more."""
    return Tries.objects.filter(since__lt=now() - 2 * DAY).delete()[0]


def digest(salt: str, name: str) -> str:
    """What is kept of a name: what people type into the wrong box is often a password."""
    return salted_hmac(salt, name.strip().lower(), algorithm="sha256").hexdigest()[:32]
