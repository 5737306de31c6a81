"""The result sheet as it leaves the system: page to print, Excel, HWPX (E4, E7)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from basis.documents.model import Block, Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.formats import NOTHING, date_weekday
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from evaluations.models import Division, Result, Round, Stage
from evaluations.selectors.outcome import divisions_of

MOST = 1_000  # rows of a division on paper; Excel of the list has all


def _overview(round: Round, stages: Sequence[Stage]) -> KeyValues:
    session = round.session
    rows = [
        (
            Entry(_("심사"), round.title),
            Entry(_("상태"), str(round.get_state_display())),
        ),
        (
            Entry(_("의결한 회의"), f"{session.panel} {session.title}" if session else NOTHING),
            Entry(_("회의일"), date_weekday(session.held_on) if session else NOTHING),
        ),
    ]
    for stage in stages:
        way = str(stage.get_way_display())
        if stage.way_before:
            way += _(" (처음에는 %(before)s, 바꾼 사유: %(reason)s)") % {
                "before": stage.get_way_before_display(),
                "reason": stage.way_reason,
            }
        rows.append((Entry(stage.title, f"{stage.share}%"), Entry(_("점수 계산"), way)))
    return KeyValues(tuple(rows))


def _table(division: Division, stages: Sequence[Stage], changed: bool) -> Table:
    results = Result.objects.filter(entry__division=division).select_related("entry", "by_order", "grade")
    columns = [
        Column(_("순위"), "int", align="center", width=0.6),
        Column(_("번호"), "int", align="center", width=0.6),
        Column(_("제목"), width=3),
        Column(_("점수"), "decimal", width=0.8),
        *(Column(stage.title, "decimal", width=0.8) for stage in stages if len(stages) > 1),
        *([Column(_("바꾸기 전 순위"), "text", align="center", width=0.8)] if changed else []),
        Column(_("점수 순 등급"), width=0.9),
        Column(_("등급"), width=0.9),
        Column(_("사유"), width=2),
    ]
    rows = [
        row(
            one.place or NOTHING,
            one.entry.number,
            one.entry.title,
            one.score,
            *(part_of(one, stage) for stage in stages if len(stages) > 1),
            *([str(one.by_way_before.get("place", NOTHING))] if changed else []),
            str(one.by_order or NOTHING),
            str(one.grade or NOTHING),
            one.reason or (one.entry.out_reason if one.entry.out else ""),
        )
        for one in results[:MOST]
    ]
    return Table(tuple(columns), tuple(rows), caption=division.title, unit=_("점"), row_header=False)


def part_of(result: Result, stage: Stage) -> str:
    part = result.parts.get(str(stage.order))
    return str(part["score"]) if part else NOTHING


@in_office_language
def result_sheet(round: Round) -> Document:
    stages = list(round.stages.order_by("order"))
    changed = any(stage.way_before for stage in stages)
    blocks: list[Block] = [_overview(round, stages)]
    for division in divisions_of(round):
        blocks += [Heading(division.title), _table(division, stages, changed)]
    if not round.is_confirmed:
        blocks.append(Paragraph(_("※ 아직 확정하지 않은 결과임"), "note"))
    return Document(
        title=_("심사 결과"),
        subtitle=round.title,
        office=office_name(),
        made_on=today(),
        blocks=tuple(blocks),
        orientation="landscape",
    )
