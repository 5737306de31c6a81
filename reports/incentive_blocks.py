"""Tables of what incentive projects brought, in Korean like all official papers (I6, I7)."""

from collections.abc import Sequence

from basis.documents.model import Block, Cell, Column, Paragraph, Table, row
from basis.formats import number
from incentives.enums import Kind, Tier
from incentives.models import Division, Result
from incentives.selectors.results import owners_of, prize_of
from incentives.selectors.years import KindLine, millions
from reports.blocks import figure
from reports.links import to_list

NONE = "–"
MILLION = 1_000_000


def kind_table(year: int, lines: Sequence[KindLine]) -> Table:
    """Results and money of each kind; each number leads to its results."""
    rows = tuple(
        row(
            str(Kind(one.kind).label),
            figure(len(one.results), to_list("incentives:results", {"year": year, "kind": one.kind})),
            millions(one.amount),
            one.named or NONE,
        )
        for one in lines
    )
    total = row(
        "계",
        figure(sum(len(one.results) for one in lines), to_list("incentives:results", {"year": year})),
        millions(sum(one.amount for one in lines)),
        "",
    )
    columns = (
        Column("평가 구분", width=1.6),
        Column("수상(건)", "int", width=0.7),
        Column("수상금(백만원)", align="right", width=0.9),
        Column("평가 결과별", width=3),
    )
    return Table(columns, rows, caption="평가 구분별 수상", totals=(total,))


def told_table(lines: Sequence[KindLine]) -> list[Block]:
    """The paper's own counts beside ours, where they differ."""
    rows = []
    for one in lines:
        found = one.compared
        if found is not None and found.differs:
            rows.append(
                row(
                    str(Kind(one.kind).label),
                    sum(line.said for line in found.lines),
                    len(one.results),
                    found.named,
                    found.words(),
                )
            )
    if not rows:
        return []
    columns = (
        Column("평가 구분", width=1.4),
        Column("계획서(건)", "int", width=0.7),
        Column("결과(건)", "int", width=0.7),
        Column("계획서의 수상 내역", width=2.2),
        Column("다른 점", width=1.8),
    )
    return [
        Table(columns, tuple(rows), caption="계획서의 집계와 다른 곳"),
        Paragraph("※ 계획서에 적힌 수를 그대로 두고, 결과를 하나씩 센 수와 다른 곳을 밝힙니다.", "note"),
    ]


def result_table(results: Sequence[Result]) -> Table:
    """Each result, with the bonus that follows from it."""
    rows = tuple(
        row(
            str(one.number or ""),
            Cell(one.title, url=one.get_absolute_url()),
            one.grade,
            str(Tier(one.tier).label) if one.tier else "정해지지 않음",
            millions(amount) if (amount := prize_of(one)) else "-",
            owners_of(one.shares.all()),
            "정해지지 않음" if one.payout.amount is None else number(one.payout.amount),
        )
        for one in results
    )
    paid = sum(one.payout.amount or 0 for one in results)
    total = row("계", "", "", "", millions(sum(prize_of(one) for one in results)), "", number(paid))
    columns = (
        Column("연번", align="center", width=0.4),
        Column("평가 이름", width=2.6),
        Column("평가 결과", align="center", width=0.9),
        Column("급", align="center", width=0.8),
        Column("수상금(백만원)", align="right", width=0.8),
        Column("주관 부서", width=1.2),
        Column("포상금(원)", align="right", width=1),
    )
    return Table(columns, rows, caption="평가 결과", totals=(total,), row_header=False)


def project_table(divisions: Sequence[Division]) -> Table:
    """The year's projects, a row a budget line: number and name over all lines of a project."""
    lines: list[tuple[Cell, ...]] = []
    seen: set[int] = set()
    for one in divisions:
        of = [other for other in divisions if other.project_id == one.project_id]
        budget = one.budget // MILLION if one.budget else None
        names = ", ".join(part.department_name for part in one.parts.all())
        rest = (Cell(budget), Cell(one.evaluator or NONE), Cell(names or NONE))
        if one.project_id in seen:
            lines.append(rest)
            continue
        seen.add(one.project_id)
        project = one.project
        first = Cell(str(project.number), rowspan=len(of))
        lines.append((first, Cell(project.name, rowspan=len(of), url=project.get_absolute_url()), *rest))
    total = row(
        "계",
        f"{len(seen)}개 사업",
        sum(one.budget or 0 for one in divisions) // MILLION,
        f"{len(divisions)}줄",
        "",
    )
    columns = (
        Column("연번", align="center", width=0.4),
        Column("사업명", width=2.4),
        Column("사업비", "int", width=0.7),
        Column("평가 부서", align="center", width=1.1),
        Column("주관·협조 부서", width=2.2),
    )
    return Table(
        columns, tuple(lines), caption="공동협력사업 현황", unit="백만원", totals=(total,), row_header=False
    )
