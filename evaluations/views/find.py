"""The getters of pages: 404 for what one may not know (E3)."""

from typing import Any

from django.db.models import OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.beside import gather, gathering
from core.permissions import can
from evaluations.enums import JudgeState
from evaluations.models import Conflict, Entry, Judge, Round, Sheet, Stage
from evaluations.selectors.parts import counting, with_judging

SEE = "evaluations.see"


def get_round(user: Any, pk: int) -> Round:
    """For who runs or watches it; never for who judges in it."""
    rows = with_judging(Round.objects.visible_to(user)).select_related("run_by__department")
    round = get_object_or_404(rows, pk=pk)
    if not can(user, SEE, round):
        raise Http404
    return round


def get_stage(user: Any, pk: int) -> Stage:
    rows = Stage.objects.visible_to(user).select_related("round__run_by", "panel")
    live = Entry.objects.filter(round=OuterRef("round"), out=False, stage__gte=OuterRef("order"))
    stage = get_object_or_404(counting(with_judging(rows, "round"), live), pk=pk)
    if not can(user, SEE, stage):
        raise Http404
    return stage


def get_entry(user: Any, pk: int) -> Entry:
    rows = Entry.objects.select_related("round", "division")
    entry = get_object_or_404(rows.filter(round__in=Round.objects.visible_to(user).values("pk")), pk=pk)
    if not can(user, SEE, entry.round):
        raise Http404
    return entry


def get_seated(user: Any, pk: int) -> Judge:
    """Somebody who judges, for who runs it."""
    rows = Judge.objects.visible_to(user).select_related("stage__round", "stage__panel", "user__department")
    judge = get_object_or_404(rows, pk=pk)
    if not can(user, SEE, judge):
        raise Http404
    return judge


def get_judge(user: Any, pk: int) -> Judge:
    """One's own seat in a stage."""
    rows = Judge.objects.of(user).exclude(state=JudgeState.DECLINED)
    return get_object_or_404(rows.select_related("stage__round", "stage__panel", "user"), pk=pk)


def get_sheet(user: Any, pk: int) -> Sheet:
    """One's own, once signed: content is nobody's before (E3)."""
    rows = Sheet.objects.of(user).filter(judge__state=JudgeState.SIGNED).exclude(state="void")
    related = rows.filter(entry__out=False).select_related(
        "judge__stage__round", "judge__user", "entry__division"
    )
    sheet = get_object_or_404(gathering(related, "judge__stage__criteria"), pk=pk)
    gather(sheet, "judge__stage__criteria")
    return sheet


def get_challenge(user: Any, pk: int) -> Conflict:
    rows = Conflict.objects.visible_to(user)
    conflict = get_object_or_404(
        rows.select_related("judge__stage__round", "judge__user", "entry__division", "asked_by"), pk=pk
    )
    if user.pk not in conflict.deciders() and not can(user, SEE, conflict):
        raise Http404
    return conflict
