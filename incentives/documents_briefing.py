"""What is put before a briefing: the agenda, where each project stands, what is weak and why, what is asked of others
(I5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.formats import NOTHING, date_weekday
from basis.official import in_office_language
from core.now import now, today
from core.office import office_name
from incentives.models import Briefing, WeekReport
from incentives.selectors.briefings import divisions_of
from incentives.selectors.indicators import Standing, end_of, standing_of
from incentives.selectors.projects import owners_of
from incentives.selectors.wording import measured, percent, points
from meetings.enums import Chair
from meetings.models import Session


@in_office_language
def briefing_paper(briefing: Briefing, session: Session) -> Document:
    """As things were known at the end of its day, or are now."""
    moment = min(end_of(session.held_on), now())
    divisions = list(divisions_of(briefing, judged=True).prefetch_related("parts"))
    found = standing_of(divisions, moment)
    blocks: list[Any] = [
        KeyValues(_facts(session)),
        Heading(_("Ⅰ. 안건"), 1),
        *_agenda(session),
        Heading(_("Ⅱ. 사업별 추진 현황"), 1),
        _projects(found),
        Heading(_("Ⅲ. 부진 지표와 대응 방안"), 1),
        *_weak(found),
        Heading(_("Ⅳ. 문제점과 협조 사항"), 1),
        *_words(found, _last_reports(found, session)),
    ]
    return Document(
        title=_("%(name)s 보고 자료") % {"name": session},
        office=office_name(),
        made_on=today(),
        subtitle=date_weekday(session.held_on),
        blocks=tuple(blocks),
        orientation="landscape",
    )


def _facts(session: Session) -> tuple[tuple[Entry, ...], ...]:
    seats = session.panel.seats.on(session.held_on).select_related("user__department")
    chair = next((one.label for one in seats if one.chair == Chair.CHAIR), NOTHING)
    when = f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}"
    come = _("%(count)d명") % {"count": len(seats)}
    return (
        (Entry(_("일시"), when), Entry(_("장소"), session.place)),
        (Entry(_("주관"), chair), Entry(_("참석"), come)),
    )


def _agenda(session: Session) -> list[Paragraph]:
    items = session.items.order_by("order")
    found = [Paragraph(f"○ {item.title}", "bullet") for item in items]
    return found or [Paragraph(_("정한 안건이 없습니다."), "body")]


def _projects(found: Sequence[Standing]) -> Table:
    columns = (
        Column(_("사업(부문)"), width=3),
        Column(_("주관 부서"), width=1.6),
        Column(_("상태"), align="center", width=1),
        Column(_("지금 점수"), "decimal", width=0.8),
        Column(_("연말 예상"), "decimal", width=0.8),
        Column(_("부진 지표"), "int", width=0.7),
        Column(_("실적 없는 지표"), "int", width=0.8),
    )
    rows = tuple(
        row(
            str(one.division),
            owners_of(one.division.parts.all()),
            str(one.division.get_state_display()),
            points(one.total.score) if one.leaves else NOTHING,
            points(one.expected.plain) if one.leaves else NOTHING,
            len(one.weak),
            len(one.missing),
        )
        for one in found
    )
    return Table(columns=columns, rows=rows, row_header=False)


def _weak(found: Sequence[Standing]) -> list[Any]:
    rows = tuple(
        row(
            str(one.division),
            leaf.indicator.name,
            measured(leaf),
            percent(leaf.pace),
            str(leaf.indicator.person.full_label) if leaf.indicator.person else NOTHING,
            leaf.indicator.response or NOTHING,
        )
        for one in found
        for leaf in one.weak
    )
    if not rows:
        return [Paragraph(_("목표 경로에 크게 못 미치는 지표가 없습니다."), "body")]
    columns = (
        Column(_("사업(부문)"), width=2),
        Column(_("지표"), width=1.6),
        Column(_("실적"), width=1.2),
        Column(_("목표 경로 대비"), align="center", width=0.8),
        Column(_("담당자"), width=1.2),
        Column(_("대응 방안"), width=2.4),
    )
    return [Table(columns=columns, rows=rows, row_header=False)]


def _last_reports(found: Sequence[Standing], session: Session) -> Mapping[int, WeekReport]:
    """Of each division what it last reported by that day."""
    rows = WeekReport.objects.filter(
        division__in=[one.division.pk for one in found], week__due_on__lte=session.held_on
    )
    latest: dict[int, WeekReport] = {}
    for one in rows.exclude(written_by=None).order_by("week__due_on"):
        latest[one.division_id] = one
    return latest


def _words(found: Sequence[Standing], said: Mapping[int, WeekReport]) -> list[Any]:
    rows = []
    for one in found:
        report = said.get(one.division.pk)
        texts = (report.problems, report.plans, report.asked_of_others) if report else ()
        if any(texts):
            rows.append(row(str(one.division), *(text or NOTHING for text in texts)))
    if not rows:
        return [Paragraph(_("주간 보고에 적은 문제점이나 협조 사항이 없습니다."), "body")]
    columns = (
        Column(_("사업(부문)"), width=1.6),
        Column(_("문제점"), width=2),
        Column(_("다음 주 할 일"), width=2),
        Column(_("협조를 구할 것"), width=2),
    )
    return [Table(columns=columns, rows=tuple(rows), row_header=False)]
