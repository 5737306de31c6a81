"""Many proposals at once from a list of 국민신문고 (P1): received on the day that the list tells, the clock counted
from then, without a word to anybody unless it is wished."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from core import deadlines
from core.actors import SYSTEM, user_of
from core.models import Clock
from core.permissions import ensure
from core.rows import insert
from core.transition import record_many
from proposals.enums import Channel, Kind
from proposals.models import Proposal, Proposer
from proposals.policies import decision_length
from proposals.services.numbers import numbers_back, numbers_for
from proposals.services.receiving import CLOCK
from proposals.services.telling import tell
from proposals.similar import TITLES

BATCH = 1_000  # proposals written together


class Applied(NamedTuple):
    """One line of the list. Who made it stands in `person` alone (D3)."""

    number: str
    received_on: date
    title: str
    field: str
    problem: str
    improvement: str
    effect: str
    hidden: bool
    person: tuple[str, str, str, str]


PERSON = ("name", "phone", "email", "address")


def moment(day: date) -> datetime:
    """When something came of which only the day is known."""
    return timezone.make_aware(datetime.combine(day, time.min))


@transaction.atomic
def receive_many(rows: Sequence[Applied], *, actor: Any, told: bool = False) -> list[tuple[Any, int]]:
    """Take them in, numbered in the order given; what was made, as (model, key), each after what it hangs on. Written
    in batches, so that memory stays small. `told`: who gave a mail address is written to.

    Locks: the numbers of the years.
    """
    if actor is not SYSTEM:  # the command line
        ensure(actor, "proposals.import")
    made: list[tuple[Any, int]] = []
    clock_of, numbers = _clocks(), iter(numbers_for((row.received_on.year, None) for row in rows))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        clocks = [clock_of(row.received_on) for row in batch]
        insert(clocks)
        found = [
            _proposal(row, next(numbers), clock, actor) for row, clock in zip(batch, clocks, strict=True)
        ]
        insert(found)
        people = [
            Proposer(proposal=one, **dict(zip(PERSON, row.person, strict=True)))
            for one, row in zip(found, batch, strict=True)
        ]
        insert(people)
        TITLES.index(found)
        for one, person in zip(found, people, strict=True):  # open work asks who made it
            one._prefetched_objects_cache = {"proposers": [person], "supplements": []}  # type: ignore[attr-defined]  # what Django keeps for prefetched rows
        record_many(found, "receive", actor=actor, data={"excel": True})
        for one in found if told else ():
            one._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # what Django keeps for prefetched rows
            tell(one, "received", only_mail=True)
        made += [(Clock, clock.pk) for clock in clocks] + [(Proposal, one.pk) for one in found]
    return made


def _clocks() -> Callable[[date], Clock]:
    """A new clock for a day; the arithmetic of each day is done once."""

    @cache
    def reckoned(day: date) -> dict[str, Any]:
        length, unit = decision_length(Kind.CITIZEN, day)
        due = deadlines.preview(day, length, unit=unit).due
        return {"start": day, "length": length, "unit": unit, "due": due, "original_due": due}

    return lambda day: Clock(kind=CLOCK, **reckoned(day))


def _proposal(row: Applied, number: int, clock: Clock, actor: Any) -> Proposal:
    return Proposal(
        year=row.received_on.year,
        number=number,
        kind=Kind.CITIZEN,
        channel=Channel.EPEOPLE,
        outside_number=row.number,
        received_on=row.received_on,
        received_at=moment(row.received_on),
        received_by=user_of(actor),
        clock=clock,
        title=row.title,
        field=row.field,
        problem=row.problem,
        improvement=row.improvement,
        effect=row.effect,
        hidden=row.hidden,
    )


@transaction.atomic
def unreceive_many(made: Sequence[Any], *, actor: Any) -> None:
    """What `receive_many` made is about to be deleted: numbers that nobody has taken since are given again.

    Called by: the undoing of an import.
    """
    ensure(actor, "proposals.import")
    numbers_back([row for row in made if isinstance(row, Proposal)])
