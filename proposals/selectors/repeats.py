"""The same content again, after it was answered (P5)."""

from collections.abc import Iterable

from proposals.enums import OUTCOMES, State
from proposals.models import Proposal, Proposer
from proposals.policies import REPEAT_PERCENT, SIMILAR_PERCENT
from proposals.similar import TITLES

ANSWERED = (*OUTCOMES, State.ANSWERED)
LOOKED_AT = 20


def repeated_by(proposal: Proposal) -> list[Proposal]:
    """Earlier ones of the same content that were answered, latest first: the same person's under a like title, and
    whoever's with nearly the same title and text."""
    before = Proposal.objects.filter(state__in=ANSWERED, received_at__lt=proposal.received_at)
    near = {one.pk: one.score * 100 for one in TITLES.find(proposal.title, before, LOOKED_AT)}
    like = [pk for pk, score in near.items() if score >= SIMILAR_PERCENT.current()]
    same, least = _of_the_same(proposal, like), REPEAT_PERCENT.current()
    found = [
        one
        for one in Proposal.objects.filter(pk__in=like)
        if one.pk in same or (near[one.pk] >= least and _texts_alike(one, proposal) >= least)
    ]
    return sorted(found, key=lambda one: one.received_at, reverse=True)


def _texts_alike(one: Proposal, other: Proposal) -> float:
    """In percent."""
    return TITLES.score(_text(one), _text(other)) * 100


def _text(proposal: Proposal) -> str:
    return f"{proposal.problem} {proposal.improvement}"


def _of_the_same(proposal: Proposal, keys: Iterable[int]) -> set[int]:
    """Those of them that somebody made who also made this one, as far as one is still known."""
    own = {way for person in proposal.proposers.all() for way in _ways(person)}
    people = Proposer.objects.filter(proposal__in=list(keys))
    return {person.proposal_id for person in people if own & set(_ways(person))}


def _ways(person: Proposer) -> Iterable[str]:
    """By what one is known again: as staff, by number, by mail address."""
    if person.user_id:
        yield f"user:{person.user_id}"
    if digits := "".join(filter(str.isdecimal, person.phone)):
        yield digits
    if person.email:
        yield person.email.lower()
