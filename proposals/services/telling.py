"""Citizens are told of their proposals by letter; staff have notifications."""

from datetime import date
from typing import Any

from basis.formats import date_weekday
from basis.official import in_office_language
from core.actors import SYSTEM
from letters.services import sending
from letters.services.writing import write
from letters.texts import Recipient
from proposals import letters
from proposals.models import Decision, Proposal, Proposer
from proposals.selectors.objections import may_ask_review


@in_office_language
def tell(
    proposal: Proposal, kind: str, *, due: date | None = None, only_mail: bool = False, **values: Any
) -> int:
    """Write a letter of this kind (`proposals.letters`) to each citizen who made it and is still known; `values` fill
    what the kind has beside the common places. The number of letters.

    Called by: the services of proposals, in their transactions, after the step.
    """
    people = proposal.proposers.filter(user=None, anonymised_on=None)
    filling = letters.common(proposal) | {name: _words(value) for name, value in values.items()}
    count = 0
    for person in people:
        if only_mail and not person.email:
            continue
        count += _write(proposal, kind, person, filling, due) is not None
    return count


def _write(
    proposal: Proposal, kind: str, person: Proposer, values: dict[str, Any], due: date | None = None
) -> Any:
    to = Recipient(person.name, person.email, person.phone, person.address)
    return write(letters.PREFIX + kind, proposal, to, values, actor=SYSTEM, about=proposal.code, due=due)


def _words(value: Any) -> str:
    return date_weekday(value) if isinstance(value, date) else str(value)


@in_office_language
def tell_decision(proposal: Proposal, decision: Decision) -> int:
    """Decided and told within the same days (P6): the letter waits for planning to word it until then."""
    due = proposal.clock.due if proposal.clock else None
    text = letters.decision_text(decision)
    if decision.is_partly and may_ask_review(proposal):
        text = f"{text}\n\n{letters.may_ask_for_the_rest()}"
    return tell(proposal, decision.outcome, due=due, decision=text)


def tell_taken_back(proposal: Proposal, reason: str) -> int:
    """What nobody has been told yet need not be taken back in words."""
    return 0 if sending.call_off(proposal) else tell(proposal, "taken_back", reason=reason)


def send_link(proposal: Proposal, email: str) -> bool:
    """A new link to who made it, if this is the mail address they gave (P3)."""
    person = proposal.proposers.filter(user=None, anonymised_on=None, email__iexact=email).first()
    if person is None:
        return False
    _write(proposal, "link", person, letters.common(proposal))
    return True
