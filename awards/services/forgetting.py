"""Citizens who got an award are forgotten when its time is over: their names go, with a record (D3, D8)."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from awards.enums import AwardState, Receiver
from awards.models import Award, AwardQuerySet
from awards.policies import KEEP_YEARS
from awards.services.handing import locked
from core.actors import SYSTEM
from core.models import Destruction
from core.now import today
from core.transition import record


def past(day: date) -> AwardQuerySet:
    """Those whose time is over: the years of the policy, from the first of January after they were handed over; what
    never was, after the decision. Nothing that still waits for something."""
    before = date(day.year - KEEP_YEARS.on(day), 1, 1)
    named = Award.objects.filter(receiver=Receiver.CITIZEN).exclude(name="")
    ended = named.exclude(state=AwardState.GRANTED).exclude(asked_back__gt=0, returned_on=None)
    return ended.filter(Q(handed_on__lt=before) | Q(handed_on=None, decided_on__lt=before))


def forget_past(day: date) -> int:
    """Forget all whose time is over, with one record; how many.

    Locks: each award. Called by: the schedule.
    """
    return _forgotten(past(day).order_by("pk"), day, SYSTEM)


def forget(thing: Model, *, actor: Any = SYSTEM) -> int:
    """Forget the citizens who got something for this thing, which is forgotten itself; what still waits to be handed
    over or returned keeps its name until then.

    Locks: each award. Called by: whoever forgets the thing.
    """
    named = Award.objects.of(thing).filter(receiver=Receiver.CITIZEN).exclude(name="")
    done = named.exclude(state=AwardState.GRANTED).exclude(asked_back__gt=0, returned_on=None)
    return _forgotten(done.order_by("pk"), today(), actor)


@transaction.atomic
def _forgotten(awards: AwardQuerySet, day: date, actor: Any) -> int:
    count = 0
    for award in awards:
        award = locked(award)
        if not award.name:
            continue
        award.name, award.receipt, award.forgotten_on = "", "", day
        award.save(update_fields=["name", "receipt", "forgotten_on"])
        record(award, "forget", actor=actor)
        count += 1
    if count:
        moment = timezone.make_aware(datetime.combine(day, time()))
        Destruction.objects.create(log=Award._meta.db_table, before=moment, count=count)
    return count
