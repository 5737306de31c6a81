"""What the pages of rounds and stages show. Of sheets no more than that they are there (E3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from basis.formats import days_between
from core.components import Event
from core.timeline import event_of
from core.transition import latest_first
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.models import Judge, Round, Sheet, Stage


@dataclass(frozen=True)
class Seated:
    """A judge with how many sheets there are and how many are done or abstained from."""

    judge: Judge
    count: int
    ready: int

    @property
    def left(self) -> int:
        return self.count - self.ready


def seated(stage: Stage) -> list[Seated]:
    live = Sheet.objects.filter(judge=OuterRef("pk"), entry__out=False).exclude(state=SheetState.VOID)
    ready = live.filter(state__in=(SheetState.DONE, SheetState.ABSTAINED))
    rows = stage.judges.select_related("user__department", "seat")
    counted = rows.annotate(all_sheets=_many(live), ready=_many(ready)).order_by("number")
    return [Seated(row, row.all_sheets, row.ready) for row in counted]


def _many(sheets: QuerySet[Sheet]) -> Coalesce:
    """How many: each judge's are counted alone, which is a tenth of the work of joining all of them."""
    found = sheets.order_by().values("judge").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def missing(stage: Stage) -> list[str]:
    """Who has what left, before a stage is closed."""
    found = [
        _("%(judge)s: %(count)d건") % {"judge": one.judge.user or one.judge, "count": one.left}
        for one in seated(stage)
        if one.left and one.judge.state == JudgeState.SIGNED
    ]
    unsigned = stage.judges.filter(state=JudgeState.INVITED).count()
    if unsigned:
        found.append(_("서약하지 않은 심사자가 %(count)d명 있습니다.") % {"count": unsigned})
    return found


def log_of(round: Round, stages: Sequence[Stage]) -> list[Event]:
    """Steps of the round and its stages; not those of judges and sheets."""
    titles = {stage.pk: stage.title for stage in stages}
    return [
        event_of(row, titles.get(row.object_id, "") if row.kind.model_class() is Stage else "")
        for row in latest_first(round, *stages)
    ]


def facts_of(stage: Stage) -> list[tuple[Any, Any]]:
    days = ""
    if stage.opens_on and stage.closes_on:
        days = days_between(stage.opens_on, stage.closes_on)
    split = (
        _("대상마다 %(count)d명이 나누어 심사") % {"count": stage.per_entry}
        if stage.is_split
        else _("모두가 모든 대상을 심사")
    )
    way = (
        f"{stage.get_way_display()} ({stage.way_reason})"
        if stage.way_reason
        else str(stage.get_way_display())
    )
    if stage.way_before:
        before = stage.get_way_before_display()
        way = _("%(way)s (바꾸기 전: %(before)s, 사유: %(reason)s)") % {
            "way": way,
            "before": before,
            "reason": stage.way_reason,
        }
    return [
        (_("심사자"), str(stage.panel or stage.get_body_display())),
        (_("채점 기간"), days),
        (_("배정"), split),
        (_("점수 계산"), way),
        (
            _("반영"),
            _("다음 단계로 %(count)d건") % {"count": stage.passes} if stage.passes else f"{stage.share}%",
        ),
        *([(_("배정 추첨 값"), stage.seed)] if stage.seed and stage.state == StageState.CLOSED else []),
    ]


def counts_of(round: Round) -> Mapping[int, int]:
    """How many entries each division has."""
    rows = round.entries.filter(out=False).values_list("division").annotate(n=Count("pk"))
    return dict(rows)
