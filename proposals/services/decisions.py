"""Decisions given, and those that stand no longer."""

from collections.abc import Mapping
from typing import Any

from core.now import today
from proposals.enums import State
from proposals.models import Decision, Proposal
from proposals.services import following
from proposals.services.telling import tell_decision


def give(proposal: Proposal, outcome: str, notice: Mapping[str, Any], *, actor: Any) -> Decision:
    """The decision that stands from today; what is adopted is followed.

    Called by: the services that decide, under the proposal's lock, once its state is the outcome.
    """
    department = notice.get("department")
    decision = Decision.objects.create(
        proposal=proposal,
        outcome=outcome,
        **notice,
        department_name=department.name if department else "",
        decided_on=today(),
        decided_by=actor,
    )
    tell_decision(proposal, decision)
    if outcome == State.ADOPTED:
        following.follow(proposal, decision, actor=actor)
    return decision


def set_aside(proposal: Proposal) -> None:
    """The decision that stands becomes an earlier one; another may follow.

    Called by: the services that take a decision back, under the proposal's lock.
    """
    for decision in Decision.objects.filter(proposal=proposal):
        decision.proposal, decision.earlier_of, decision.ended_on = None, proposal, today()
        decision.save()
