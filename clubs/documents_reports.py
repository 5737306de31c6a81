"""A club's report as it leaves the system: page for printing, HWPX, Excel (C2). Attendance and hours are reckoned from
the meetings, never typed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.model import (
    Column,
    Document,
    Entry,
    Heading,
    KeyValues,
    Paragraph,
    SignatureLine,
    Signer,
    Table,
    row,
)
from basis.formats import counted, date_weekday
from basis.official import in_office_language
from clubs.enums import ReportState
from clubs.kinds import ClubPanel
from clubs.models import Report
from clubs.selectors import members
from clubs.selectors.meeting import Came, Held, Met, of_report
from core.attachments import files_of
from core.editing import label_of
from core.now import today
from core.office import office_name
from meetings.enums import Chair
from mileage.rules import amount_text

BEFORE_CAP = gettext_lazy("인정 시간은 반기 한도를 적용하기 전의 시간입니다.")


@in_office_language
def report_paper(report: Report) -> Document:
    """활동보고서."""
    held, files = of_report(report), list(files_of(report))
    chair = members.president(report.club)
    numbers = iter(range(1, 9))
    blocks: list[Any] = [
        Heading(_("%(number)d. 동아리 개요") % {"number": next(numbers)}, 1),
        _outline(report, held, chair),
        Heading(_("%(number)d. 모임") % {"number": next(numbers)}, 1),
        _meetings(held),
    ]
    if held.people:
        blocks += [
            Heading(_("%(number)d. 참석과 인정 시간") % {"number": next(numbers)}, 1),
            _people(held.people),
            Paragraph(f"※ {BEFORE_CAP}", "note"),
        ]
    for name in ("done", "findings", "next"):
        if text := getattr(report, name).strip():
            title = f"{next(numbers)}. {label_of(report, name)}"
            blocks += [Heading(title, 1), *[Paragraph(line) for line in text.splitlines() if line.strip()]]
    if files:
        blocks += [
            Heading(_("%(number)d. 붙임") % {"number": next(numbers)}, 1),
            *[Paragraph(f"{place}. {one.name}") for place, one in enumerate(files, start=1)],
        ]
    blocks.append(
        SignatureLine(
            (
                Signer(_("작성자"), report.written_by.full_label if report.written_by else "–"),
                Signer(_("회장"), chair.user.full_label if chair else "–"),
            )
        )
    )
    title = f"{report.club} {report.get_kind_display()}"
    return Document(
        title=title if report.state == ReportState.SENT else _("%(title)s (제출 전)") % {"title": title},
        office=office_name(),
        made_on=report.sent_on or today(),
        subtitle=report.period_label,
        blocks=tuple(blocks),
    )


def _outline(report: Report, held: Held, chair: Any) -> KeyValues:
    club = report.club
    topics = [str(one.topic) for one in club.teams.select_related("topic") if one.topic]
    sent = date_weekday(report.sent_on) if report.sent_on else "–"
    return KeyValues(
        (
            (Entry(_("동아리"), club.name), Entry(_("국·소"), club.place)),
            (Entry(_("회장"), chair.user.full_label if chair else "–"), Entry(_("제출일"), sent)),
            (Entry(_("연구 과제"), "\n".join(topics) or "–"),),
            (
                Entry(_("모임"), counted(len(held.met), _("회"))),
                Entry(_("인정 시간"), counted(amount_text(held.hours), _("시간"))),
            ),
        )
    )


def _meetings(held: Held) -> Table | Paragraph:
    if not held.met:
        return Paragraph(_("이 기간에 연 모임이 없습니다."))
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("일시"), width=1.6),
        Column(_("모임"), width=0.9),
        Column(_("장소"), width=1.2),
        Column(_("참석"), align="center", width=0.8),
        Column(_("인정 시간"), align="right", width=0.7),
        Column(_("사진"), "int", "right", 0.5),
    )
    rows = tuple(_meeting(place, one) for place, one in enumerate(held.met, start=1))
    return Table(columns=columns, rows=rows, row_header=False)


def _meeting(place: int, one: Met) -> Any:
    return row(
        place,
        one.when,
        str(one.session.get_sort_display()),
        one.session.place,
        _("%(came)d명 / %(all)d명") % {"came": len(one.came), "all": len(one.people)},
        amount_text(one.hours) if one.stands else _("확정 전"),
        len(one.pictures),
    )


def _people(people: Sequence[Came]) -> Table:
    columns = (
        Column(_("분임"), align="center", width=0.5),
        Column(_("직책"), align="center", width=0.6),
        Column(_("소속·직위·성명"), width=2.2),
        Column(_("참석 / 모임"), align="center", width=0.8),
        Column(_("인정 시간"), align="right", width=0.7),
    )
    rows = tuple(
        row(
            str(one.team or "–"),
            chair_label(one.chair),
            one.label,
            f"{one.came} / {one.of}",
            amount_text(one.hours),
        )
        for one in people
    )
    return Table(columns=columns, rows=rows, row_header=False)


def chair_label(chair: str) -> str:
    """As clubs call it."""
    return str(ClubPanel.chairs.get(Chair(chair), Chair(chair).label))
