"""The getters of the pages of results: 404 for what one may not know, which is also that there is a result at all."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.permissions import can
from evaluations.enums import TOLD, RoundState
from evaluations.kinds import kind_of
from evaluations.models import Correction, Entry, Objection, Result, Round
from evaluations.selectors.parts import fetch_parts, whole_rounds
from evaluations.selectors.told import known_to

AFTER = (RoundState.DRAFT, *TOLD)
SEE, SESSION = "evaluations.results", "evaluations.session"


def _rounds() -> QuerySet[Round]:
    return whole_rounds().filter(state__in=AFTER)


def get_results(user: Any, pk: int) -> Round:
    """Once all stages are closed, for who reads all and does not judge in it."""
    round: Round = get_object_or_404(_rounds(), pk=pk)
    if not can(user, SEE, round):
        raise Http404
    return fetch_parts(round)


def get_in_session(user: Any, pk: int) -> Round:
    """The same, and for the members of the panel that has it on its agenda (E8)."""
    round: Round = get_object_or_404(_rounds(), pk=pk)
    if not can(user, SEE, round) and not can(user, SESSION, round):
        raise Http404
    return fetch_parts(round)


def get_result(user: Any, pk: int) -> Result:
    rows = Result.objects.visible_to(user).select_related(
        "entry__round", "entry__division", "grade", "by_order"
    )
    result = get_object_or_404(rows.filter(entry__round__state=RoundState.CONFIRMED), pk=pk)
    if not can(user, SEE, result.entry.round):
        raise Http404
    return result


def get_told(user: Any, pk: int) -> Round:
    """What staff may know of what came of it."""
    return get_object_or_404(_rounds().filter(pk__in=known_to(user).values("pk")), pk=pk)


def get_own(user: Any, pk: int) -> Entry:
    """An entry of one's own in a round of which everybody may know the outcome."""
    rows = Entry.objects.select_related("round", "division").filter(round__state__in=TOLD)
    entry = get_object_or_404(rows, pk=pk)
    if not kind_of(entry.round).may_object(user, entry):
        raise Http404
    return entry


def get_objection(user: Any, pk: int) -> Objection:
    """For who reads all and does not judge in it, and for who asked."""
    rows = Objection.objects.visible_to(user).select_related(
        "round", "entry__division", "answered_by__department", "asked_by__department", "asked_by_pass"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.asked_by_id != user.pk and not can(user, "evaluations.objections", found):
        raise Http404
    return found


def get_correction(user: Any, pk: int) -> Correction:
    rows = Correction.objects.visible_to(user).select_related(
        "result__entry__round",
        "result__entry__division",
        "before",
        "after",
        "session__panel",
        "asked_by__department",
    )
    found = get_object_or_404(rows, pk=pk)
    if not can(user, SEE, found.result.entry.round):
        raise Http404
    return found


def outcome_of(user: Any, pk: int) -> str:
    """Where who does not watch a round reads what came of it; "" as long as there is nothing they may know."""
    round = _rounds().filter(pk=pk).first()
    if round is None:
        return ""
    if round.is_told and known_to(user).filter(pk=pk).exists():
        return reverse("evaluations:told_round", args=[pk])
    return reverse("evaluations:stability", args=[pk]) if can(user, SESSION, round) else ""
