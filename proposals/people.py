"""Whose data looks at proposals show, for who must tell them of a leak (D7). Who made several proposals is one."""

import re
from collections.abc import Collection, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from evaluations.models import Entry, Judge
from evaluations.selectors.entries import entries_of
from leaks.sockets import Key, Shown, Source, ours, theirs
from letters.models import Letter
from letters.texts import Recipient
from proposals.models import Proposal, Proposer

PROPOSER = "proposals.proposer"
_NO_DIGIT = re.compile(r"\D")


def _marks(person: Proposer) -> Iterator[tuple[str, str]]:
    """By what somebody is known again: the name with a mail address or a telephone number."""
    if person.email:
        yield person.name, person.email.lower()
    if digits := _NO_DIGIT.sub("", person.phone):
        yield person.name, digits


def _keys(people: Collection[Proposer]) -> dict[int, Key]:
    """Of each row whose it is: one of ours, or the first row of the same citizen."""
    names = {person.name for person in people if person.user_id is None}
    first: dict[tuple[str, str], int] = {}
    for person in Proposer.objects.filter(user=None, name__in=names).exclude(name="").order_by("pk"):
        for mark in _marks(person):
            first.setdefault(mark, person.pk)
    found = {}
    for person in people:
        if person.user_id is not None:
            found[person.pk] = ours(person.user_id)
        else:
            marks = [first[mark] for mark in _marks(person) if mark in first]
            found[person.pk] = theirs(PROPOSER, min([person.pk, *marks]))
    return found


def proposers_of(proposals: Collection[int]) -> dict[int, list[Key]]:
    """Of each proposal, who made it; also whose data is destroyed by now, which the look had seen."""
    people = list(Proposer.objects.filter(proposal__in=proposals))
    keys = _keys(people)
    found: dict[int, list[Key]] = {}
    for person in people:
        found.setdefault(person.proposal_id, []).append(keys[person.pk])
    return found


def recipients_of(letters: Collection[int]) -> dict[int, list[Key]]:
    """Of each letter about a proposal, to whom of its proposers it goes."""
    kind = ContentType.objects.get_for_model(Proposal)
    rows = Letter.objects.filter(pk__in=letters, content_type=kind).values_list("pk", "object_id", "name")
    about = {pk: (proposal, name) for pk, proposal, name in rows}
    people = list(Proposer.objects.filter(proposal__in={proposal for proposal, _name in about.values()}))
    keys, found = _keys(people), {}
    for pk, (proposal, name) in about.items():
        same = [keys[one.pk] for one in people if one.proposal_id == proposal and one.name == name]
        if same:
            found[pk] = same
    return found


def entrants_of(entries: Collection[int]) -> dict[int, list[Key]]:
    """Of each entry of a contest, who made the proposal that a judge read by name."""
    rows = Entry.objects.filter(pk__in=entries, content_type=ContentType.objects.get_for_model(Proposal))
    about = dict(rows.values_list("pk", "object_id"))
    made = proposers_of(set(about.values()))
    return {pk: made[proposal] for pk, proposal in about.items() if proposal in made}


def signed_for(judges: Collection[int]) -> dict[int, list[Key]]:
    """Of each judge, the people whose names stood on the page of signing: all of what is scored in the stage."""
    found: dict[int, list[Key]] = {}
    for judge in Judge.objects.filter(pk__in=judges).select_related("stage"):
        made = entrants_of(list(entries_of(judge.stage).values_list("pk", flat=True)))
        if made:
            found[judge.pk] = list(dict.fromkeys(key for keys in made.values() for key in keys))
    return found


def named(keys: Collection[int]) -> Mapping[int, Recipient]:
    """Those whose data still stands."""
    rows = Proposer.objects.filter(pk__in=keys, anonymised_on=None)
    return {row.pk: Recipient(row.name, row.email, row.phone, row.address) for row in rows}


SOURCE = Source(PROPOSER, _("구민 제안자"), named)
SHOWN_HERE = (
    Shown("proposer", proposers_of),
    Shown("letter", recipients_of),
    Shown("entrant", entrants_of),
    Shown("entrants", signed_for),
)
