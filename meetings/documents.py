"""The minutes of a session as they leave the system: page for printing, HWPX, Excel (E7)."""

from typing import Any

from django.utils.translation import gettext as _

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
from core.attachments import files_of
from core.now import today
from core.office import office_name
from meetings.enums import STANDS, Chair
from meetings.models import Attendance, Item, Session
from meetings.selectors import seated, votes_of
from mileage.rules import amount_text


@in_office_language
def minutes(session: Session) -> Document:
    """회의록."""
    people = list(session.attendances.select_related("seat__panel", "stand_in__department"))
    items, votes = list(session.items.all()), session.panel.kind_of.resolves
    blocks: list[Any] = [
        Heading(_("1. 회의 개요"), 1),
        _outline(session, people),
        Heading(_("2. 출석"), 1),
        _attendance(people) if votes else _hours(people),
        Heading(_("3. 안건과 의결") if votes else _("3. 안건"), 1),
        _items(items) if votes else _talks(items),
        Heading(_("4. 회의 내용"), 1),
        *[Paragraph(line) for line in session.minutes.splitlines() if line.strip()],
        *_decisions(session),
        *([] if votes else _pictures(session)),
        *_corrections(session),
        SignatureLine(
            (
                Signer(_("작성자"), _named(session.written_by)),
                Signer(_("확정자"), _named(session.confirmed_by)),
            )
        ),
    ]
    title = _("%(panel)s 회의록") % {"panel": session.panel.name}
    return Document(
        title=title if session.state in STANDS else _("%(title)s (확정 전)") % {"title": title},
        office=office_name(),
        made_on=today(),
        subtitle=f"{session.title} · {date_weekday(session.held_on)}",
        blocks=tuple(blocks),
    )


def _named(person: Any) -> str:
    return person.full_label if person else "–"


def _time(session: Session) -> str:
    ended = f" ~ {session.ends_at:%H:%M}" if session.ends_at else ""
    return f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}{ended}"


def _outline(session: Session, people: list[Attendance]) -> KeyValues:
    if not session.panel.kind_of.resolves:
        return _group_outline(session, people)
    return KeyValues(
        (
            (Entry(_("회의"), session.title), Entry(_("회차"), str(session.number))),
            (
                Entry(_("일시"), _time(session)),
                Entry(_("장소"), session.place),
            ),
            (
                Entry(_("출석한 위원"), counted(session.came or 0, _("명"))),
                Entry(_("의사 정족수"), counted(session.needed or 0, _("명"))),
            ),
        )
    )


def _group_outline(session: Session, people: list[Attendance]) -> KeyValues:
    came, asked = counted(sum(one.present for one in people), _("명")), counted(len(people), _("명"))
    return KeyValues(
        (
            (Entry(_("모임"), session.title), Entry(_("구분"), session.get_sort_display())),
            (Entry(_("일시"), _time(session)), Entry(_("장소"), session.place)),
            (
                Entry(_("참석"), f"{came} / {asked}"),
                Entry(_("외부 전문가"), session.guest or "–"),
            ),
        )
    )


def presence(one: Attendance) -> str:
    if not one.seat.panel.kind_of.resolves:
        return str(one.get_presence_display())
    if one.present:
        return _("출석")
    return _("제척·회피") if one.excused else _("불참")


def _hours(people: list[Attendance]) -> Table:
    """Of a group: how each was there, who came instead, what it is worth."""
    return Table(
        columns=(
            Column(_("직책"), width=0.9),
            Column(_("소속·직위·성명"), width=1.9),
            Column(_("출석"), align="center", width=0.7),
            Column(_("인정 시간"), align="right", width=0.7),
            Column(_("비고"), width=1.6),
        ),
        rows=tuple(
            row(
                one.seat.place,
                one.label,
                presence(one),
                amount_text(one.hours, "learning") if one.hours else "–",
                _noted(one),
            )
            for one in people
        ),
        row_header=False,
    )


def _noted(one: Attendance) -> str:
    instead = _("%(who)s 대신 참석") % {"who": one.stand_in.full_label} if one.stand_in else ""
    return " · ".join(filter(None, [instead, one.note])) or "–"


def _talks(items: list[Item]) -> Table | Paragraph:
    if not items:
        return Paragraph(_("미리 정한 안건이 없습니다."))
    return Table(
        columns=(
            Column(_("연번"), "int", "center", 0.4),
            Column(_("안건"), width=2.0),
            Column(_("논의한 내용"), width=3.0),
        ),
        rows=tuple(row(item.order, item.title, item.resolution or "–") for item in items),
        row_header=False,
    )


def _pictures(session: Session) -> list[Any]:
    names = [file.name for file in files_of(session) if file.mime.startswith("image/")]
    return [Heading(_("사진"), 1), *(Paragraph(f"· {name}") for name in names)] if names else []


@in_office_language
def attendance_sheet(session: Session) -> Document:
    """출석부: to be signed on paper."""
    seats = seated(session.panel, session.held_on)
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("직책"), width=1.3),
        Column(_("소속·직위·성명"), width=2.2),
        Column(_("서명"), width=1.4),
        Column(_("비고"), width=1.0),
    )
    rows = tuple(row(number, one.place, one.label, "", "") for number, one in enumerate(seats, start=1))
    return Document(
        title=_("%(panel)s 출석부") % {"panel": session.panel.name},
        office=office_name(),
        made_on=today(),
        subtitle=f"{session.title} · {_time(session)} · {session.place}",
        blocks=(Table(columns=columns, rows=rows, row_header=False),),
    )


def _attendance(people: list[Attendance]) -> Table:
    return Table(
        columns=(
            Column(_("직책"), width=0.7),
            Column(_("소속·직위·성명"), width=2.0),
            Column(_("출석"), align="center", width=0.7),
            Column(_("비고"), width=1.4),
        ),
        rows=tuple(
            row(str(Chair(one.chair).label), one.label, presence(one), one.note or "–") for one in people
        ),
        row_header=False,
    )


def _items(items: list[Item]) -> Table:
    return Table(
        columns=(
            Column(_("연번"), "int", "center", 0.4),
            Column(_("안건"), width=1.8),
            Column(_("의결"), align="center", width=0.8),
            Column(_("의결 내용"), width=2.0),
            Column(_("표결"), width=1.3),
        ),
        rows=tuple(
            row(
                item.order,
                item.title,
                item.get_outcome_display() or "–",
                item.resolution or "–",
                votes_of(item) or "–",
            )
            for item in items
        ),
        row_header=False,
    )


def _decisions(session: Session) -> list[Any]:
    found = list(session.decisions.select_related("person__department", "department"))
    if not found:
        return []
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("할 일"), width=2.4),
        Column(_("맡은 사람·부서"), width=1.6),
        Column(_("기한"), align="center", width=1.1),
    )
    rows = tuple(
        row(one.order, one.text, one.whose, date_weekday(one.until) if one.until else "–") for one in found
    )
    return [Heading(_("결정 사항"), 1), Table(columns=columns, rows=rows, row_header=False)]


def _corrections(session: Session) -> list[Any]:
    made = [one for one in session.corrections.all() if one.accepted]
    if not made:
        return []
    lines = [
        Paragraph(
            _("※ %(day)s 정정: %(reason)s")
            % {"day": date_weekday(one.decided_on or one.asked_on), "reason": one.reason},
            "note",
        )
        for one in made
    ]
    return [Heading(_("5. 정정"), 1), *lines]
