"""Papers that leave the system: the review report of one department or of a case (B11)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.clock import deadline_badge
from basis.documents.model import (
    Document,
    Entry,
    Heading,
    KeyValues,
    Paragraph,
    SignatureLine,
    Signer,
)
from basis.formats import UNRECORDED
from basis.official import in_office_language
from benchmarking.enums import Decision
from benchmarking.models import Case, Review
from core.models import Dated
from core.now import today
from core.office import office_name
from organization.models import User
from reviews.enums import ReviewState


def _or_none(*known: Any) -> str:
    """What a record of earlier years may lack (N1)."""
    return " · ".join(str(part) for part in known if part) or str(UNRECORDED)


def _day(label: str, thing: Dated, name: str) -> Entry:
    value = thing.day_value(name)
    return Entry(label, value, "date") if isinstance(value, date) else Entry(label, value or str(UNRECORDED))


def _case_entries(case: Case) -> KeyValues:
    return KeyValues(
        (
            (Entry(_("사례 번호"), case.code), Entry(_("분야"), _or_none(case.get_field_display()))),
            (Entry(_("사례명"), case.title),),
            (
                Entry(_("기관"), _or_none(case.get_source_kind_display(), case.source_name)),
                Entry(_("발굴 경로"), _or_none(case.get_channel_display())),
            ),
            (
                _day(_("발굴일"), case, "found_on"),
                Entry(_("예산 구분"), _or_none(case.get_cost_class_display())),
            ),
        )
    )


def _review_entries(review: Review, *, answer: bool = True) -> KeyValues:
    """Without `answer` only who has it and until when."""
    if review.is_record:
        return KeyValues(
            (
                (Entry(_("검토 부서"), review.department_name), _day(_("완료일"), review, "completed_on")),
                (Entry(_("검토 결과"), _or_none(review.get_decision_display())),),
                (Entry(_("검토 의견"), _or_none(review.reason)),),
            )
        )
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
        f"{office_name()} {review.department_name}",
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
    return _document(_("벤치마킹 우수사례 검토 현황"), f"{office_name()} 기획예산과", case.title, blocks)
