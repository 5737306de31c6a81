"""Tables of the knowledge board for reports, in Korean like all official papers (K1–K6)."""

from collections.abc import Sequence
from typing import Any

from basis.documents.model import Block, Cell, Column, Paragraph, Table, Value, row
from knowledge.enums import Area, Counted, Type, Validity
from knowledge.selectors.quarter import (
    Activity,
    Days,
    by_department,
    by_kind,
    campaigns,
    list_filter,
    most_read,
    validity,
)
from knowledge.selectors.quarter import best_rated as rated
from reports.blocks import LIST_ROWS, figure
from reports.links import to_list

STEPS = (
    Column("올림", "int"),
    Column("승인", "int"),
    Column("승인 전", "int"),
    Column("승인하지 않음", "int", width=1.4),
)
OWN = (Counted.BROUGHT, Counted.STANDING, Counted.WAITING, Counted.REJECTED)
ALL = (*OWN, Counted.RESULTS)


def kind_table(days: Days) -> Table:
    """By area and type; lines without anything are left out."""
    found, lines = by_kind(days), []
    for area in Area:
        for kind in Type:
            if counts := found.get((area, kind)):
                of = {"area": area.value, "type": kind.value}
                numbers = [_led(days, name, counts[name], **of) for name in ALL]
                lines.append(row(str(area.label), str(kind.label), *numbers))
    sums = [_led(days, name, sum(counts[name] for counts in found.values())) for name in ALL]
    columns = (
        Column("영역", width=1.4),
        Column("유형", width=1.2),
        *STEPS,
        Column("다른 업무의 결과", "int", width=1.5),
    )
    return Table(columns, tuple(lines), caption="영역·유형별 지식", unit="건", totals=(row("계", "", *sums),))


def _led(days: Days, what: str, value: int, **of: Any) -> Cell:
    """A figure that leads to its posts."""
    return figure(value, to_list("knowledge:list", list_filter(days, what, **of)))


def department_table(days: Days) -> Table:
    rows = by_department(days)
    lines = [
        row(
            one.name,
            *(_led(days, name, getattr(one, name), department=one.pk) for name in OWN),
            one.views,
            one.opinions,
        )
        for one in rows[:LIST_ROWS]
    ]
    own = [_led(days, name, sum(getattr(one, name) for one in rows)) for name in OWN]
    sums = [*own, *(sum(getattr(one, name) for one in rows) for name in ("views", "opinions"))]
    columns = (Column("부서", width=1.8), *STEPS, Column("조회", "int"), Column("의견", "int"))
    return Table(columns, tuple(lines), caption="부서별 지식과 활동", unit="건", totals=(row("계", *sums),))


def validity_table() -> Table:
    """Each figure leads to its posts."""
    found = validity()
    lines = [row(str(kind.label), *_valid(found, kind.value)) for kind in Type]
    columns = (
        Column("유형", width=1.4),
        *(Column(str(one.label), "int") for one in Validity),
        Column("계", "int"),
    )
    totals = (row("계", *_valid(found, "")),)
    return Table(columns, tuple(lines), caption="게시된 지식의 유효 여부", unit="건", totals=totals)


def _valid(found: dict[tuple[str, str], int], kind: str) -> list[Cell]:
    own = {
        one: sum(n for (of, valid), n in found.items() if valid == one and kind in ("", of))
        for one in Validity
    }
    asked = {"type": kind} if kind else {}
    cells = [figure(n, to_list("knowledge:list", {**asked, "validity": one.value})) for one, n in own.items()]
    return [*cells, figure(sum(own.values()), to_list("knowledge:list", asked))]


def read_table(days: Days) -> list[Block]:
    lines = [
        row(Cell(post.title, url=post.get_absolute_url()), post.department_name, n)
        for post, n in most_read(days)
    ]
    if not lines:
        return [Paragraph("이 기간에 읽은 지식이 없습니다.", "note")]
    columns = (Column("제목", width=4.0), Column("부서", width=1.4), Column("조회(건)", "int"))
    return [Table(columns, tuple(lines), caption="많이 읽은 지식")]


def rated_table() -> list[Block]:
    lines = [
        row(
            Cell(post.title, url=post.get_absolute_url()),
            post.department_name,
            round(post.mean, 1),  # type: ignore[attr-defined]  # annotated
            post.raters,
        )
        for post in rated()
    ]
    if not lines:
        return [Paragraph("여러 직원이 평가한 지식이 없습니다.", "note")]
    columns = (
        Column("제목", width=4.0),
        Column("부서", width=1.4),
        Column("평균(점)", "decimal"),
        Column("평가(명)", "int"),
    )
    return [Table(columns, tuple(lines), caption="높이 평가한 지식")]


def campaign_table(days: Days) -> list[Block]:
    lines = [
        row(Cell(one.title, url=one.get_absolute_url()), one.days, asked, standing)
        for one, asked, standing in campaigns(days)
    ]
    if not lines:
        return [Paragraph("이 기간에 지식등록의 날이 없었습니다.", "note")]
    columns = (
        Column("이름", width=2.0),
        Column("기간", width=2.0),
        Column("올림(건)", "int"),
        Column("승인(건)", "int"),
    )
    return [Table(columns, tuple(lines), caption="지식등록의 날")]


def comparison_table(lines: Sequence[tuple[str, Activity]]) -> Table:
    """The period itself and those before."""
    columns = (
        Column("기간", width=1.6),
        *STEPS,
        Column("다른 업무의 결과", "int", width=1.5),
        Column("조회", "int"),
        Column("읽은 직원", "int"),
        Column("의견", "int"),
    )
    return Table(columns, tuple(row(label, *_cells(one)) for label, one in lines), caption="지난 기간과 비교")


def _cells(one: Activity) -> tuple[Value, ...]:
    steps = (one.brought, one.standing, one.waiting, one.rejected, one.results)
    return (*steps, one.views, one.readers, one.opinions)
