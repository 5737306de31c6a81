"""What pages of a proposal say of the contests it was judged in (E4, P13)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from awards.selectors.lists import public_notes
from core import beside
from evaluations.selectors.corrected import grade_now
from evaluations.selectors.why import entries_of_thing
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
