"""The logs are only added to, and what is past its term is destroyed with a record (D3, D4, D6).

The record is the door: the database refuses to delete a row of a log unless a record stands that says its time is over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from basis.sockets import Socket
from core.ledger.protection import ALWAYS, Guard
from core.models import Destruction
from core.once import not_yet_done

MESSAGE = "entries of a log are never changed"


@dataclass(frozen=True)
class Term:
    """Rows of `log` (of a log of many things: those about `of`) are kept for as many `years` as the policy says.
    `moment` is the field with their time."""

    log: type[models.Model]
    moment: str
    years: Callable[[], int]
    of: type[models.Model] | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        return self.log, self.of


TERMS: Socket[Term] = Socket("terms", key=lambda term: term.key)


def only_added(log: type[models.Model]) -> Guard:
    """For a log that is kept for good."""
    return Guard(log, message=MESSAGE)


def only_past_its_term(log: type[models.Model], moment: str, of: bool = False) -> Guard:
    """For a log with terms; `of`: they speak of some of its things."""
    same = " AND done.of_id = OLD.content_type_id" if of else ""
    stands = (
        f"SELECT 1 FROM {Destruction._meta.db_table} done"  # noqa: S608  our own names
        f" WHERE done.log = '{log._meta.db_table}' AND OLD.{moment} < done.before{same}"
    )
    return Guard(log, {"UPDATE": ALWAYS, "DELETE": f"NOT EXISTS ({stands})"}, MESSAGE)


def destroy_past(day: date) -> int:
    """Once a month, what is older than its term on the first of the month; how many rows. The caller holds the duty's
    lock and transaction."""
    month = day.replace(day=1)
    if not not_yet_done([f"destroyed:{month}"]):
        return 0
    return sum(_destroy(term, _years_before(month, term.years())) for term in TERMS)


def _years_before(month: date, years: int) -> datetime:
    return timezone.make_aware(datetime.combine(month.replace(year=month.year - years), time()))


def _destroy(term: Term, before: datetime) -> int:
    rows = term.log._default_manager.filter(**{f"{term.moment}__lt": before})
    kind = ContentType.objects.get_for_model(term.of) if term.of else None
    if kind is not None:
        rows = rows.filter(content_type=kind)
    count = rows.count()
    if count:
        Destruction.objects.create(log=term.log._meta.db_table, of=kind, before=before, count=count)
        rows.delete()
    return count
