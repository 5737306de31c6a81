"""A week put together as a paper, page, workbook and mail (I4)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from basis.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Table,
    row,
)
from basis.formats import NOTHING, date_weekday, datetime_ko
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from incentives.enums import Role, WeekState
from incentives.models import Week
from incentives.selectors.known import Change, told
from incentives.selectors.projects import names_of
from incentives.selectors.weekly import Compiled, Line, compiled


@in_office_language
def week_paper(week: Week) -> Document:
    found = compiled(week)
    return Document(
        title=_("%(week)s 공동협력사업 추진 상황") % {"week": week},
        office=office_name(),
        made_on=today(),
        subtitle=standing(week),
        blocks=(*figures(found), *blocks(found)),
    )


def standing(week: Week) -> str:
    """When it was reported, and whether its figures stand."""
    day = _("%(day)s 보고") % {"day": date_weekday(week.due_on)}
    if week.state == WeekState.FROZEN and week.frozen_at:
        return f"{day} · " + _("%(moment)s 마감") % {"moment": datetime_ko(week.frozen_at)}
    return f"{day} · " + _("마감 전")


def figures(found: Compiled) -> list[Block]:
    return [
        Figures(
            (
                Figure(_("대상"), len(found.lines), _("개")),
                Figure(_("보고"), found.count(unchanged=False), _("개")),
                Figure(_("변동 없음"), found.count(unchanged=True), _("개")),
                Figure(lacking(found.week), len(found.lacking), _("개")),
                Figure(_("바뀐 실적"), found.changed, _("건")),
            )
        )
    ]


def lacking(week: Week) -> str:
    return _("빠짐") if week.state == WeekState.FROZEN else _("확인 전")


def blocks(found: Compiled) -> list[Block]:
    """The missing first, then what changed, then all of the week."""
    return [
        Heading(
            _("Ⅰ. 빠진 보고") if found.week.state == WeekState.FROZEN else _("Ⅰ. 아직 확인하지 않은 보고")
        ),
        *_missing(found.lacking),
        Heading(_("Ⅱ. 사업별 보고")),
        *_lines(found.lines),
    ]


def _missing(lines: Sequence[Line]) -> list[Block]:
    if not lines:
        return [Paragraph(_("모든 부문이 보고하고 팀장이 확인했습니다."), "body")]
    columns = (
        Column(_("사업(부문)"), width=2.4),
        Column(_("주관 부서"), width=1.4),
        Column(_("상태"), align="center"),
        Column(_("지난주"), align="center", width=0.8),
    )
    rows = tuple(
        row(
            Cell(str(one.report.division), url=one.report.get_absolute_url()),
            _owners(one),
            str(one.report.get_state_display()),
            _("빠짐") if one.missed else NOTHING,
        )
        for one in lines
    )
    return [Table(columns, rows, caption=_("팀장이 확인하지 않은 보고"))]


def _lines(lines: Iterable[Line]) -> list[Block]:
    columns = (
        Column(_("사업(부문)"), width=1.4),
        Column(_("주관 부서"), width=1.0),
        Column(_("바뀐 실적(지난주 → 이번 주)"), width=2.2),
        Column(_("문제점"), width=1.8),
        Column(_("협조를 구할 것"), width=1.4),
        Column(_("상태"), align="center", width=0.8),
    )
    rows = tuple(
        row(
            Cell(str(one.report.division), url=one.report.get_absolute_url()),
            _owners(one),
            "\n".join(map(change_text, one.changes)) or NOTHING,
            one.report.problems or NOTHING,
            one.report.asked_of_others or NOTHING,
            state_of(one),
        )
        for one in lines
    )
    return [Table(columns, rows, caption=_("바뀐 실적과 문제점"))]


def _owners(line: Line) -> str:
    return names_of(line.report.division.parts.all(), Role.OWNER)


def state_of(line: Line) -> str:
    report = line.report
    if report.unchanged and not line.lacking:
        return _("변동 없음")
    return str(report.get_state_display())


def change_text(change: Change) -> str:
    """`구축 실적: 12개소 → 15개소(정정)`."""
    was, now = told(change)
    text = f"{change.indicator.name}: {was} → {now}"
    return text + _("(정정)") if change.corrects else text
