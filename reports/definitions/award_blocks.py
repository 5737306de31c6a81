"""Tables of awards for reports, in Korean like all official papers. Citizens' names are personal data and stay in the
prize list; a paper that is mailed says numbers and works (A1, A5)."""

from collections.abc import Sequence

from awards.enums import STANDING, AwardState, Receiver
from awards.models import Award
from awards.selectors.lists import Merit
from awards.selectors.tax import Total
from awards.selectors.year import KindSums
from basis.documents.model import Block, Cell, Column, Paragraph, Table, row
from basis.formats import number
from evaluations.selectors.awarded import Of
from reports.blocks import LIST_ROWS, figure
from reports.links import to_list

PIECES = "건"


def _count(label: str) -> Column:
    return Column(label, "int")


def _won(label: str) -> Column:
    return Column(label, "int", width=1.6)


def of_rounds(of: Of) -> list[Block]:
    """Grades by division, with their prizes; before anything is confirmed only that."""
    if not of.rounds:
        return [Paragraph("아직 확정한 심사 결과가 없습니다.", "note")]
    columns = (
        Column("등급", width=1.2),
        *(_count(title) for title in of.divisions),
        _count("계"),
        _won("시상금(원)"),
    )
    lines = [
        row(one.name, *(one.counts.get(title, 0) for title in of.divisions), one.count, one.prize)
        for one in of.grades
    ]
    sums = [sum(one.counts.get(title, 0) for one in of.grades) for title in of.divisions]
    total = row("계", *sums, sum(sums), sum(one.prize for one in of.grades))
    return [Table(columns, tuple(lines), caption="부문별·등급별 시상", unit=PIECES, totals=(total,))]


def kind_table(year: int, kinds: Sequence[KindSums]) -> Table:
    """Each figure of how many leads to its rows of the prize list."""
    columns = (
        Column("시상 구분", width=2.2),
        *(_count(str(label)) for label in (Receiver.STAFF.label, Receiver.DEPARTMENT.label)),
        _count(str(Receiver.CITIZEN.label)),
        _count("계"),
        _won("시상금(원)"),
        _won("지급(원)"),
    )
    lines = [_kind_line(one.kind or "그 밖의 시상", [one], _all_of(year, one.kind)) for one in kinds]
    total = _kind_line("계", kinds, _all_of(year))
    return Table(columns, tuple(lines), caption="시상 구분별 시상", totals=(total,))


Params = dict[str, object]


def _all_of(year: int, kind: str | None = None) -> Params | None:
    """As the prize list is asked for it; it cannot be asked for those without a kind."""
    if kind == "":
        return None
    return {"year": year, "state": [str(state) for state in STANDING]} | ({"kind": kind} if kind else {})


def _kind_line(name: str, of: Sequence[KindSums], params: Params | None) -> tuple[Cell, ...]:
    def cell(value: int, **more: str) -> Cell:
        return figure(value, to_list("awards:list", params | more)) if params else Cell(value)

    return row(
        name,
        cell(sum(one.staff for one in of), receiver=Receiver.STAFF),
        cell(sum(one.departments for one in of), receiver=Receiver.DEPARTMENT),
        cell(sum(one.citizens for one in of), receiver=Receiver.CITIZEN),
        cell(sum(one.count for one in of)),
        sum(one.given for one in of),
        sum(one.handed for one in of),
    )


def award_table(all_awards: Sequence[Award]) -> list[Block]:
    """Who got what for what."""
    awards, whole = all_awards[:LIST_ROWS], len(all_awards)
    columns = (
        Column("번호", width=1.1),
        Column("상 이름", width=2.6),
        Column("공적", width=3.0),
        Column("받는 사람", width=1.9),
        Column("결정일", "date", width=1.3),
        _won("시상금(원)"),
        Column("상태", align="center", width=1.0),
    )
    lines = tuple(
        row(
            Cell(one.code, url=one.get_absolute_url()),
            f"{one.title} {one.grade}".strip(),
            one.work,
            _who(one),
            one.decided_on,
            one.amount,
            str(AwardState(one.state).label),
        )
        for one in awards
    )
    said = ["구민의 성명은 이 문서에 적지 않습니다. ‘심사와 시상’의 ‘시상 대장’에서 번호로 확인해 주세요."]
    if whole > len(awards):
        said.append(f"{number(whole)}건 가운데 {number(len(awards))}건입니다. 나머지는 시상 대장에 있습니다.")
    notes = [Paragraph(text, "note") for text in said]
    return [Table(columns, lines, caption="시상 내역"), *notes]


def _who(award: Award) -> str:
    return str(Receiver.CITIZEN.label) if award.receiver == Receiver.CITIZEN else award.who


def tax_table(totals: Sequence[Total]) -> Table:
    columns = (
        *_person_columns(),
        _won("지급(원)"),
        _won("지급 예정(원)"),
        _won("비과세(원)"),
        _won("한도 초과(원)"),
    )
    lines = [
        row(one.number, one.department, one.name, one.paid, one.coming, one.free, one.taxable)
        for one in totals
    ]
    sums = [sum(getattr(one, name) for one in totals) for name in ("paid", "coming", "free", "taxable")]
    total = row(Cell("계", colspan=3), *sums)
    return Table(columns, tuple(lines), caption="직원별 시상금과 비과세", totals=(total,), row_header=False)


def leave_table(awards: Sequence[Award]) -> Table:
    columns = (
        *_person_columns(),
        Column("상 이름", width=2.6),
        _count("특별휴가(일)"),
        Column("사용 기한", "date", width=1.3),
    )
    lines = [
        row(
            one.user.employee_number if one.user else "",
            one.department_name,
            one.name,
            f"{one.title} {one.grade}".strip(),
            one.leave_counted,
            one.leave_until,
        )
        for one in awards
    ]
    return Table(columns, tuple(lines), caption="특별휴가", row_header=False)


def merit_table(merits: Sequence[Merit]) -> Table:
    columns = (
        *_person_columns(),
        Column("올해", "decimal"),
        Column("명단에 적을 점수", "decimal", width=1.3),
    )
    lines = [row(one.number, one.department, one.name, one.of_year, one.shown) for one in merits]
    return Table(columns, tuple(lines), caption="실적가점 명단", row_header=False)


def _person_columns() -> tuple[Column, ...]:
    return Column("직원번호", width=1.1), Column("부서", width=1.7), Column("성명", width=1.1)
