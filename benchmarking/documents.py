"""Papers that leave the system: the review report of one department or of a case (B11), the travel budget (V5)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from benchmarking.enums import BudgetKind, Decision, ReviewState
from benchmarking.models import BudgetEntry, Case, Review
from benchmarking.selectors.budget import BudgetOverview
from core.clock import deadline_badge
from core.documents.model import (
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
from core.formats import won_formal
from core.now import today
from core.official import in_office_language
from organization.models import User


def _case_entries(case: Case) -> KeyValues:
    return KeyValues(
        (
            (Entry(_("사례 번호"), case.code), Entry(_("분야"), str(case.get_field_display()))),
            (Entry(_("사례명"), case.title),),
            (
                Entry(_("기관"), f"{case.get_source_kind_display()} · {case.source_name}"),
                Entry(_("발굴 경로"), str(case.get_channel_display())),
            ),
            (
                Entry(_("발굴일"), case.found_on, "date"),
                Entry(_("예산 구분"), str(case.get_cost_class_display())),
            ),
        )
    )


def _review_entries(review: Review, *, answer: bool = True) -> KeyValues:
    """Without `answer` only who has it and until when."""
    rows: list[tuple[Entry, ...]] = [
        (Entry(_("검토 부서"), review.department_name), Entry(_("검토자"), str(review.reviewer or "–"))),
        (Entry(_("통보일"), review.notified_on, "date"), Entry(_("검토 기한"), review.clock.due, "date")),
    ]
    if review.completed_on:
        done = deadline_badge(review.clock.due, today(), False, review.completed_on).text
        rows.append((Entry(_("완료일"), review.completed_on, "date"), Entry(_("처리"), done)))
    decided = review.get_decision_display() if answer and review.decision else _("검토 중")
    rows.append((Entry(_("검토 결과"), str(decided)),))
    if not answer:
        return KeyValues(tuple(rows))
    rows.append((Entry(_("검토 의견"), review.reason or "–"),))
    if review.decision == Decision.ADOPT:
        rows.append((Entry(_("추진 내용"), review.plan_what),))
        rows.append(
            (
                Entry(_("시행 예정일"), review.plan_on, "date"),
                Entry(_("소요 예산"), review.plan_budget, "money"),
            )
        )
    return KeyValues(tuple(rows))


def named(person: User | None) -> str:
    """As people sign: `부서 직위 성명`."""
    return person.full_label if person is not None else ""


def _document(title: str, office: str, subtitle: str, blocks: list[Any]) -> Document:
    return Document(title=title, office=office, made_on=today(), subtitle=subtitle, blocks=tuple(blocks))


@in_office_language
def review_report(review: Review) -> Document:
    """벤치마킹 우수사례 검토보고 of one department."""
    case = review.case
    signers = [Signer(_("검토자"), named(review.reviewer))]
    if review.needs_confirmation:
        signers.append(Signer(_("부서장"), named(review.confirmed_by)))
    blocks: list[Any] = [
        Heading(_("1. 사례 개요"), 1),
        _case_entries(case),
        Paragraph(case.summary),
        Heading(_("2. 검토 결과"), 1),
        _review_entries(review),
        SignatureLine(tuple(signers)),
    ]
    return _document(
        _("벤치마킹 우수사례 검토보고"),
        f"{settings.OFFICE_NAME} {review.department_name}",
        case.title,
        blocks,
    )


@in_office_language
def case_report(case: Case, reviews: list[Review]) -> Document:
    """The case with the answers of the departments one may see; an answer counts once it is confirmed (B4)."""
    outcome = case.get_outcome_display() if case.outcome else case.get_state_display()
    blocks: list[Any] = [
        Heading(_("1. 사례 개요"), 1),
        _case_entries(case),
        Paragraph(case.summary),
        Heading(_("2. 결정: %(outcome)s") % {"outcome": outcome}, 1),
    ]
    for review in reviews:
        confirmed = review.state == ReviewState.COMPLETED
        blocks += [Heading(f"□ {review.department_name}", 2), _review_entries(review, answer=confirmed)]
    if not reviews:
        blocks.append(Paragraph(_("아직 검토 결과가 없습니다.")))
    return _document(
        _("벤치마킹 우수사례 검토 현황"), f"{settings.OFFICE_NAME} 기획예산과", case.title, blocks
    )


def budget_visits(entries: Sequence[BudgetEntry], urls: dict[int, str]) -> Table:
    """What has reserved or spent the money; `urls`: of the visits by their id, for the page."""
    rows = tuple(
        row(
            Cell(entry.visit.visited_on, "date", url=urls.get(entry.visit.pk, "")),
            entry.visit.department_name,
            entry.visit.host,
            entry.label,
            -entry.amount,
        )
        for entry in entries
        if entry.visit
    )
    spent = -sum(entry.amount for entry in entries if entry.kind == BudgetKind.SPEND)
    total = -sum(entry.amount for entry in entries)
    return Table(
        columns=(
            Column(_("방문일"), "date", width=1.6),
            Column(_("방문 부서"), width=1.6),
            Column(_("방문 기관"), width=1.8),
            Column(_("구분"), align="center"),
            Column(_("금액"), "int", width=1.2),
        ),
        rows=rows,
        unit=_("원"),
        totals=(
            row(Cell(_("집행"), colspan=4), spent),
            row(Cell(_("예정"), colspan=4), total - spent),
            row(Cell(_("계"), colspan=4), total),
        ),
    )


def budget_allocations(lines: Sequence[BudgetEntry]) -> Table:
    """The first allocation and its changes, with what there was after each."""
    rows, allocated = [], 0
    for line in lines:
        allocated += line.amount
        who = str(line.actor or _("시스템"))
        rows.append(row(line.day, line.label, line.amount, allocated, line.document, line.reason, who))
    return Table(
        columns=(
            Column(_("처리일"), "date", width=1.8),
            Column(_("구분"), align="center"),
            Column(_("증감액"), "int", width=1.2),
            Column(_("편성액"), "int", width=1.2),
            Column(_("결정 문서번호"), width=1.8),
            Column(_("사유"), width=2.6),
            Column(_("처리자"), width=1.8),
        ),
        rows=tuple(rows),
        unit=_("원"),
    )


@in_office_language
def budget_report(
    found: BudgetOverview, entries: Sequence[BudgetEntry], lines: Sequence[BudgetEntry]
) -> Document:
    """The year's budget on paper: how much, what of it is spent, reserved and free, by what decisions."""
    return Document(
        title=_("%(year)s년 현장체험 여비 예산 현황") % {"year": found.year},
        office=f"{settings.OFFICE_NAME} 기획예산과",
        made_on=today(),
        blocks=(
            Heading(_("Ⅰ. 예산 현황")),
            KeyValues(
                (
                    (Entry(_("예산과목"), found.code),),
                    (Entry(_("편성액"), won_formal(found.allocated)),),
                    (Entry(_("집행액"), won_formal(found.spent)),),
                    (Entry(_("집행 예정액"), won_formal(found.reserved)),),
                    (Entry(_("남은 예산"), won_formal(found.free)),),
                )
            ),
            Heading(_("Ⅱ. 현장체험별 여비")),
            budget_visits(entries, {})
            if entries
            else Paragraph(_("○ 집행했거나 집행할 여비가 없습니다."), "bullet"),
            Heading(_("Ⅲ. 편성 내역")),
            budget_allocations(lines),
        ),
    )
