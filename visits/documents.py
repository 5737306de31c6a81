"""Forms of field visits that leave the system (B11): the plan and the result report."""

from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import (
    Cell,
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
from basis.formats import counted, date_weekday, won_formal
from basis.official import in_office_language
from benchmarking.documents import named
from core.now import today
from core.office import office_name
from organization.models import User
from organization.selectors import heads_of
from visits.models import FieldVisit, VisitExpense
from visits.rates import total


def _travel_days(visit: FieldVisit) -> str:
    first = date_weekday(visit.visited_on)
    return first if visit.days == 1 else f"{first} ~ {date_weekday(visit.ends_on)}"


def _head_of(visit: FieldVisit) -> User | None:
    """Who signs for the department; nobody while it has no head, or more than one."""
    heads = heads_of(visit.department_id)
    return heads[0] if len(heads) == 1 else None


def _outline(visit: FieldVisit, headcount: int) -> KeyValues:
    case = visit.case
    rows: list[tuple[Entry, ...]] = [
        (Entry(_("방문 기관"), visit.host), Entry(_("방문 기관 담당"), visit.contact or "–")),
        (Entry(_("방문일"), _travel_days(visit)), Entry(_("교통편"), str(visit.get_means_display()))),
        (Entry(_("방문 지역"), str(visit.get_place_display())),),
        (
            Entry(_("방문 부서"), visit.department_name),
            Entry(_("인원"), counted(headcount, _("명"))),
        ),
    ]
    if case is not None:
        rows.append((Entry(_("관련 사례"), f"{case.code} {case.title}"),))
    rows.append((Entry(_("방문 목적"), visit.purpose),))
    if visit.order_number:
        rows.append((Entry(_("출장명령"), visit.order_number),))
    return KeyValues(tuple(rows))


def _team(visit: FieldVisit, *, went: bool = False) -> Table:
    members = [m for m in visit.members.all() if m.took_part or not went]
    return Table(
        columns=(Column(_("연번"), "int", "center", 0.4), Column(_("소속·직위·성명"), width=2.0)),
        rows=tuple(row(place, member.label) for place, member in enumerate(members, start=1)),
        row_header=False,
    )


def _estimate(visit: FieldVisit) -> list[Any]:
    lines = [line.as_line() for line in visit.lines.all()]
    table = Table(
        columns=(
            Column(_("비목"), width=0.8),
            Column(_("산출 기초"), width=2.0),
            Column(_("조정"), "money"),
            Column(_("금액"), "money"),
            Column(_("조정 사유"), width=1.6),
        ),
        rows=tuple(
            row(
                line.label, f"{line.formula}\n{line.why}", line.adjustment or "", line.sum, line.reason or "–"
            )
            for line in lines
        ),
        totals=(row(_("합계"), "", "", Cell(total(lines)), "", emphasis=True),),
    )
    return [table, Paragraph(_("소요 예산: %(sum)s") % {"sum": won_formal(total(lines))})]


@in_office_language
def visit_plan(visit: FieldVisit) -> Document:
    """벤치마킹 현장체험 계획서."""
    blocks: list[Any] = [
        Heading(_("1. 개요"), 1),
        _outline(visit, len(visit.members.all())),
        Heading(_("2. 살펴볼 내용"), 1),
        Paragraph(visit.look_at or "–"),
        Heading(_("3. 현장체험단"), 1),
        _team(visit),
        Heading(_("4. 예상 경비"), 1),
        *_estimate(visit),
        SignatureLine(
            (Signer(_("신청자"), named(visit.recorded_by)), Signer(_("부서장"), named(_head_of(visit))))
        ),
    ]
    return _document(_("벤치마킹 현장체험 계획서"), visit, blocks)


@in_office_language
def visit_result(visit: FieldVisit, *, costs: bool) -> Document:
    """벤치마킹 현장체험 결과보고서; the expenses for whoever may see them."""
    report = visit.report
    blocks: list[Any] = [
        Heading(_("1. 개요"), 1),
        _outline(visit, visit.headcount),
        Heading(_("2. 다녀온 직원"), 1),
        _team(visit, went=True),
        Heading(_("3. 보고 들은 내용"), 1),
        Paragraph(report.findings),
        Heading(_("4. 우리 구에 적용할 내용"), 1),
        Paragraph(report.taken_over),
    ]
    if costs:
        blocks += [
            Heading(_("5. 집행 경비"), 1),
            *_spent(list(visit.expenses.select_related("user__department")), visit.labels),
        ]
    blocks.append(SignatureLine((Signer(_("보고자"), named(report.reported_by)),)))
    return _document(_("벤치마킹 현장체험 결과보고서"), visit, blocks)


def _spent(expenses: list[VisitExpense], labels: dict[int, str]) -> list[Any]:
    if not expenses:
        return [Paragraph(_("집행한 경비가 없습니다."))]
    sum_ = sum(expense.amount for expense in expenses)
    table = Table(
        columns=(
            Column(_("비목"), width=0.8),
            Column(_("직원"), width=1.8),
            Column(_("금액"), "money"),
            Column(_("영수증 번호"), width=1.2),
            Column(_("비고"), width=1.4),
        ),
        rows=tuple(
            row(
                str(e.get_kind_display()),
                labels.get(e.user_id, e.user.full_label),
                e.amount,
                e.receipt or "–",
                e.note or "–",
            )
            for e in expenses
        ),
        totals=(row(_("합계"), "", Cell(sum_), "", "", emphasis=True),),
    )
    return [table, Paragraph(_("집행액: %(sum)s") % {"sum": won_formal(sum_)})]


def _document(title: str, visit: FieldVisit, blocks: list[Any]) -> Document:
    return Document(
        title=title,
        office=f"{office_name()} {visit.department_name}",
        made_on=today(),
        subtitle=f"{visit.host} · {_travel_days(visit)}",
        blocks=tuple(blocks),
    )
