"""Tables of learning clubs for reports, in Korean like all official papers (C1–C4)."""

from collections.abc import Iterable, Sequence

from basis.documents.model import Block, Cell, Column, HeadCell, Paragraph, Table, Value, row
from basis.formats import date_weekday
from clubs.enums import LIVED, ClubKind
from clubs.models import Report
from clubs.selectors.figures import ClubDid, Did, together
from reports.blocks import LIST_ROWS, figure
from reports.links import to_list

LIVED_STATES = [state.value for state in LIVED]


def _columns(*first: Column) -> tuple[Column, ...]:
    return (
        *first,
        Column("회원(명)", "int"),
        Column("정기", "int"),
        Column("그 밖", "int"),
        Column("참석률", "percent"),
        Column("상시학습(시간)", "decimal", width=1.2),
        Column("제출", "int"),
        Column("안 냄", "int"),
        Column("한도", "int", width=1.4),
        Column("사용·예정", "int", width=1.4),
    )


def _heads(*first: str) -> tuple[tuple[HeadCell, ...], ...]:
    """Of two rows, as the columns have them."""
    above = (
        *(HeadCell(name, rowspan=2) for name in (*first, "회원(명)")),
        HeadCell("모임(회)", colspan=2),
        *(HeadCell(name, rowspan=2) for name in ("참석률", "상시학습(시간)")),
        HeadCell("보고서(건)", colspan=2),
        HeadCell("지원(원)", colspan=2),
    )
    return above, tuple(HeadCell(name) for name in ("정기", "그 밖", "제출", "안 냄", "한도", "사용·예정"))


def _cells(did: Did) -> tuple[Value, ...]:
    return (
        did.members,
        did.met,
        did.others,
        did.rate,
        did.hours,
        did.sent,
        did.missing,
        did.allotted,
        did.used,
    )


def kind_table(rows: Sequence[ClubDid], year: int) -> Table:
    """By kind of club; the number of clubs leads to them."""
    lines = []
    for kind in ClubKind:
        own = [one for one in rows if one.club.kind == kind]
        if own:
            params = {"year": year, "kind": kind.value, "state": LIVED_STATES}
            number = figure(len(own), to_list("clubs:list", params))
            lines.append(row(str(kind.label), number, *_cells(together(own))))
    total = figure(len(rows), to_list("clubs:list", {"year": year, "state": LIVED_STATES}))
    return Table(
        _columns(Column("구분", width=2.0), Column("동아리(개)", "int")),
        tuple(lines),
        head_rows=_heads("구분", "동아리(개)"),
        caption="구분별 운영 현황",
        totals=(row("계", total, *_cells(together(rows))),),
    )


def club_table(rows: Sequence[ClubDid]) -> Table:
    """Each club leads to its page."""
    lines = [
        row(one.club.place, Cell(one.club.name, url=one.club.get_absolute_url()), *_cells(one.did))
        for one in rows[:LIST_ROWS]
    ]
    return Table(
        _columns(Column("국·소", width=1.6), Column("동아리", width=2.0)),
        tuple(lines),
        head_rows=_heads("국·소", "동아리"),
        caption="동아리별 운영 현황",
        totals=(row("계", "", *_cells(together(rows))),),
    )


def missing_table(rows: Iterable[Report]) -> list[Block]:
    """Papers that are late, the longest first."""
    lines = [
        row(
            one.club.place,
            one.club.name,
            f"{one.period_label} {one.get_kind_display()}",
            date_weekday(one.due_on),
        )
        for one in list(rows)[:LIST_ROWS]
    ]
    if not lines:
        return [Paragraph("기한을 넘긴 보고서가 없습니다.", "note")]
    heads = (
        Column("국·소", width=1.2),
        Column("동아리", width=1.4),
        Column("보고서", width=2.6),
        Column("기한"),
    )
    return [Table(heads, tuple(lines), caption="기한을 넘긴 보고서")]


def comparison_table(lines: Sequence[tuple[str, Did]]) -> Table:
    """The period itself and those before."""
    return Table(
        _columns(Column("기간", width=1.6), Column("동아리(개)", "int")),
        tuple(row(label, did.clubs, *_cells(did)) for label, did in lines),
        head_rows=_heads("기간", "동아리(개)"),
        caption="지난 기간과 비교",
    )
