"""Proposals of earlier years as the office's records have them (N1): their own numbers, days and departments of then,
without clocks, to-dos and notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from basis.days import Day, Precision
from core.actors import SYSTEM
from core.permissions import ensure
from core.rows import insert
from core.transition import record_many
from organization.naming import Named
from proposals.enums import State
from proposals.models import Decision, Proposal, Proposer
from proposals.services.intake import BATCH, moment
from proposals.services.numbers import numbers_back, numbers_for
from proposals.similar import TITLES

CONTENT = ("kind", "channel", "title", "field", "problem", "improvement", "effect", "hidden")


@dataclass(frozen=True)
class Record:
    """A proposal of `year`, numbered as it was then or after the last. `values`: CONTENT. `user` or `name`: who made
    it, as far as the record tells. `carry_out_on`: when it was, or was to be, carried out."""

    year: int
    number: int | None
    values: dict[str, Any]
    outcome: str = ""
    department: Named | None = None
    reason: str = ""
    received: Day | None = None
    decided: Day | None = None
    carry_out_on: date | None = None
    user: Any = None
    name: str = ""

    @property
    def state(self) -> str:
        return self.outcome or State.RECORDED

    @property
    def received_day(self) -> Day:
        """Statistics count it in its year, even where no day is known."""
        return self.received or Day(date(self.year, 1, 1), Precision.YEAR)


@transaction.atomic
def take_in(records: Sequence[Record], *, actor: Any) -> list[models.Model]:
    """Make them proposals; these.

    Locks: the numbers of the years.
    """
    if actor is not SYSTEM:  # the command line
        ensure(actor, "proposals.import")
    made: list[models.Model] = []
    numbers = iter(numbers_for((one.year, one.number) for one in records))
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        found = [_proposal(one, next(numbers)) for one in batch]
        insert(found)
        pairs = list(zip(found, batch, strict=True))
        if decisions := [decision_of(proposal, one) for proposal, one in pairs if is_told(one)]:
            insert(decisions)
        if people := [
            Proposer(proposal=proposal, user=one.user, name="" if one.user else one.name)
            for proposal, one in pairs
            if one.user or one.name
        ]:
            insert(people)
        TITLES.index(found)
        record_many(found, "record", actor=actor, data={"excel": True})
        made += found
    return made


def _proposal(one: Record, number: int) -> Proposal:
    proposal = Proposal(year=one.year, number=number, state=one.state, clock=None, **one.values)
    proposal.set_days({"received_on": one.received_day, "closed_on": one.decided})
    proposal.received_at = moment(one.received_day.date)
    proposal.sought = proposal.told_words()
    return proposal


def is_told(one: Record) -> bool:
    """Whether anything is left of its decision."""
    return bool(one.outcome or one.department or one.reason or one.carry_out_on)


def decision_of(proposal: Proposal, one: Record) -> Decision:
    """What is left of it, not saved."""
    adopted = one.outcome == State.ADOPTED
    return Decision(
        proposal=proposal,
        outcome=one.state,
        department=one.department and one.department.department,
        department_name=one.department.name if one.department else "",
        taken=one.reason if adopted else "",
        reason="" if adopted else one.reason,
        carry_out_on=one.carry_out_on,
        decided_on=one.decided and one.decided.date,
        decided_by=None,
    )


@transaction.atomic
def give_up(made: Sequence[Any], *, actor: Any) -> None:
    """All that `take_in` made is about to be deleted: numbers that nobody has taken since are given again.

    Called by: the undoing of an import.
    """
    ensure(actor, "proposals.import")
    numbers_back([row for row in made if isinstance(row, Proposal)])
