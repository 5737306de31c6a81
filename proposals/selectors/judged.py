"""What pages of a proposal say of the contests it was judged in (E4, P13)."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from awards.selectors.lists import public_notes
from core import beside
from evaluations.enums import ObjectionState
from evaluations.models import Entry
from evaluations.selectors.corrected import grade_now
from evaluations.selectors.why import Why, entries_of_thing, why
from evaluations.services.conflicts import panel_of
from proposals.models import Proposal


@dataclass(frozen=True)
class Honour:
    """A grade that a round gave it, as everybody reads it; `url`: of the round's public page."""

    round: str
    grade: str
    url: str


def honours(proposal: Proposal) -> dict[str, Any]:
    """Grades, and what is said in public of awards that were revoked."""
    if not beside.has(proposal, "entries"):
        return {"honours": [], "revoked": []}
    found = []
    for entry in entries_of_thing(proposal):
        result = getattr(entry, "result", None)
        if result and (grade := grade_now(result)):
            url = reverse("outcomes:round", args=[entry.round_id])
            found.append(Honour(entry.round.title, grade.name, url))
    return {"honours": found, "revoked": public_notes(proposal)}


@dataclass(frozen=True)
class Judged:
    """Why the own entry has its place, and what may be done about it, with where (below the proposer's own page)."""

    why: Why
    object: str
    withdraw: str


def own(proposal: Proposal, actor: Any, root: str) -> list[Judged]:
    found = []
    for entry in entries_of_thing(proposal):
        if one := why(entry, actor):
            asked = one.objection is not None and one.objection.state == ObjectionState.ASKED
            below = f"{root}entries/{entry.pk}/"
            found.append(
                Judged(
                    one,
                    f"{below}object/" if one.may_object else "",
                    f"{below}withdraw/" if asked else "",
                )
            )
    return found


def being_judged(proposal: Proposal) -> list[Entry]:
    """Entries whose panel may be challenged now (기피)."""
    kind = ContentType.objects.get_for_model(proposal)
    rows = Entry.objects.filter(content_type=kind, object_id=proposal.pk, out=False, round__state="running")
    return [entry for entry in rows.select_related("round", "division") if panel_of(entry)]
