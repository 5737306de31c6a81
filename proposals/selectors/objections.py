"""Until when what may be looked at again (P5, P7)."""

from datetime import date

from basis.clock import Unit
from core import deadlines
from core.now import today
from proposals.enums import ObjectionKind, ObjectionState, State
from proposals.models import Proposal
from proposals.policies import LATER_MONTHS, OBJECTION_DAYS, REOPEN_MONTHS, REREVIEW_DAYS

OF = {
    ObjectionKind.OBJECTION: State.NO_PROPOSAL,
    ObjectionKind.REVIEW: State.REJECTED,
    ObjectionKind.LATER: State.REJECTED,
}


def notified_on(proposal: Proposal) -> date | None:
    """When the decision that stands was told; of a record of earlier years nothing is asked (N1)."""
    decision = None if proposal.is_record else getattr(proposal, "decision", None)
    return decision.decided_on if decision else None


def until(proposal: Proposal, kind: str) -> date | None:
    """The last day on which this may be asked for, by the rules of the day of the notice."""
    told = notified_on(proposal)
    if told is None or not _stands(proposal, kind):
        return None
    if kind == ObjectionKind.LATER:
        return deadlines.preview(told, LATER_MONTHS.on(told), unit=Unit.MONTHS).due
    length = (OBJECTION_DAYS if kind == ObjectionKind.OBJECTION else REREVIEW_DAYS).on(told)
    return deadlines.preview(told, length).due


def _stands(proposal: Proposal, kind: str) -> bool:
    """The decision is one of which this may be asked. Of what was adopted in part, the rest may be reviewed (P7)."""
    if kind == ObjectionKind.REVIEW and proposal.state == State.ADOPTED:
        return bool(proposal.decision.is_partly)
    return proposal.state == OF[ObjectionKind(kind)]


def reopen_until(proposal: Proposal) -> date | None:
    """The last day on which the office may take up again what it rejected."""
    told = notified_on(proposal)
    if told is None or proposal.state != State.REJECTED:
        return None
    return deadlines.preview(told, REOPEN_MONTHS.on(told), unit=Unit.MONTHS).due


def may_ask(proposal: Proposal, kind: str) -> bool:
    """In time, once, and not beside another that waits. What was withdrawn has not used up the one time."""
    last = until(proposal, kind)
    if last is None or today() > last:
        return False
    asked = [one for one in proposal.objections.all() if one.state != ObjectionState.WITHDRAWN]
    return not any(one.kind == kind or one.is_waiting for one in asked)


def is_waiting(proposal: Proposal) -> bool:
    """Something that was asked for is neither decided nor withdrawn."""
    return any(one.is_waiting for one in proposal.objections.all())


def may_object(proposal: Proposal) -> bool:
    return may_ask(proposal, ObjectionKind.OBJECTION)


def may_ask_review(proposal: Proposal) -> bool:
    return may_ask(proposal, ObjectionKind.REVIEW)


def may_ask_later(proposal: Proposal) -> bool:
    return may_ask(proposal, ObjectionKind.LATER)


def may_reopen(proposal: Proposal) -> bool:
    """Not while the committee has it."""
    last = reopen_until(proposal)
    return last is not None and today() <= last and not is_waiting(proposal)
