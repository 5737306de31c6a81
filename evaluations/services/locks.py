"""Rows of judging under their locks: round, stage, judges, sheets, in this order."""

from typing import Any

from core.editing import check_seen
from evaluations.models import Judge, Round, Sheet, Stage


def round_(round: Round | int, seen: int | None = None) -> Round:
    """Raises: Outdated if it is no longer the version that was `seen`."""
    pk = round if isinstance(round, int) else round.pk
    fresh = Round.objects.select_for_update(of=("self",)).get(pk=pk)
    check_seen(fresh, seen)
    return fresh


def stage(stage: Stage, seen: int | None = None) -> Stage:
    """With its round. Raises: Outdated."""
    round_(stage.round_id)
    fresh = Stage.objects.select_for_update(of=("self",)).select_related("round", "panel").get(pk=stage.pk)
    check_seen(fresh, seen)
    return fresh


def judge(judge: Judge | int) -> Judge:
    """One alone: what a judge does waits for nobody but whoever closes the stage, who has all its judges."""
    pk = judge if isinstance(judge, int) else judge.pk
    Judge.objects.select_for_update(of=("self",)).get(pk=pk)
    # Read after the lock, so that a stage that was closed meanwhile is seen closed.
    return Judge.objects.select_related("stage__round", "user").get(pk=pk)


def judges(stage: Stage) -> list[Judge]:
    rows = Judge.objects.select_for_update(of=("self",)).filter(stage=stage).order_by("pk")
    found = list(rows.select_related("user"))
    for one in found:
        one.stage = stage
    return found


def sheet(sheet: Sheet) -> Sheet:
    """With its judge, who is locked first."""
    mine = judge(sheet.judge_id)
    fresh: Any = Sheet.objects.select_for_update(of=("self",)).select_related("entry").get(pk=sheet.pk)
    fresh.judge = mine
    return fresh
