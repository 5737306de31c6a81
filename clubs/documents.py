"""Papers of clubs that leave the system: the roll, the map of all clubs (C1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.formats import counted, date_weekday
from basis.official import in_office_language
from clubs.kinds import ClubPanel
from clubs.models import Club
from clubs.selectors.months import MEANINGS, MONTHS, SYMBOLS, Bureau, Mark
from core.now import today
from core.office import office_name
from meetings.enums import Chair
from meetings.models import Seat

_RANK = {Chair.CHAIR: 0, Chair.LEADER: 1, Chair.SECRETARY: 2}


def in_order(seat: Seat) -> tuple[Any, ...]:
    """The president first, then team by team: leader, secretary, members."""
    return (seat.chair != Chair.CHAIR, seat.team or 0, _RANK.get(Chair(seat.chair), 3), seat.pk)


@in_office_language
def roll(club: Club, day: date) -> Document:
    """회원 명부 of a day."""
    assert club.panel is not None
    teams = {one.number: one for one in club.teams.all()}
    seats = sorted((one for one in club.panel.seats.all() if one.sits_on(day)), key=in_order)
    facts = (
        (Entry(_("동아리"), club.name), Entry(_("연도"), str(club.year))),
        (
            Entry(_("구분"), str(club.get_kind_display())),
            Entry(_("국·소"), club.bureau.name if club.bureau else "–"),
        ),
        (Entry(_("회원"), counted(len(seats), _("명"))), Entry(_("기준일"), date_weekday(day))),
    )
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("직책"), align="center", width=0.8),
        Column(_("분임"), align="center", width=0.9),
        Column(_("소속"), width=1.4),
        Column(_("직위"), align="center", width=0.8),
        Column(_("성명"), align="center", width=0.9),
        Column(_("활동 시작일"), align="center", width=1.5),
    )
    rows = tuple(
        row(
            place,
            str(ClubPanel.chairs[Chair(one.chair)]),
            str(teams.get(one.team, "–")) if one.team else "–",
            one.user.department.name if one.user.department else "–",
            str(one.user.get_position_display()),
            one.user.name,
            date_weekday(one.starts_on),
        )
        for place, one in enumerate(seats, start=1)
    )
    none = _("연구 과제를 정하지 않았습니다.")
    topics = [Paragraph(f"○ {one}: {one.topic or none}", "bullet") for one in teams.values()]
    return Document(
        title=_("%(club)s 회원 명부") % {"club": club.name},
        office=office_name(),
        made_on=today(),
        subtitle=f"{club.year} · {club.place}",
        blocks=(
            Heading(_("1. 동아리"), 1),
            KeyValues(facts),
            *topics,
            Heading(_("2. 회원"), 1),
            Table(columns=columns, rows=rows, row_header=False),
        ),
    )


@in_office_language
def months(year: int, bureaus: Sequence[Bureau], day: date) -> Document:
    """All clubs of a year, month by month."""
    columns = (
        Column(_("국·소"), width=1.4),
        Column(_("동아리"), width=1.8),
        *(Column(_("%(month)d월") % {"month": month}, align="center", width=0.8) for month in MONTHS),
        Column(_("회원(명)"), "int", width=0.7),
        Column(_("모임(회)"), "int", width=0.7),
        Column(_("참석률(%)"), "int", width=0.8),
        Column(_("상시학습(시간)"), "decimal", width=0.9),
        Column(_("남은 지원금(원)"), "money", width=1.2),
    )
    rows = tuple(
        row(
            bureau.label,
            line.name,
            *(f"{SYMBOLS[mark]} {Mark(mark).label}".strip() for mark in line.marks(day)),
            line.did.members,
            line.did.meetings,
            line.did.percent,
            line.did.hours,
            line.did.left,
        )
        for bureau in bureaus
        for line in bureau.lines
    )
    legend = [
        Paragraph(f"※ {SYMBOLS[mark]} {Mark(mark).label}: {text}", "note") for mark, text in MEANINGS.items()
    ]
    return Document(
        title=_("%(year)d년 학습동아리 현황") % {"year": year},
        office=office_name(),
        made_on=today(),
        subtitle=date_weekday(day),
        blocks=(Table(columns=columns, rows=rows, row_header=False), *legend),
    )
