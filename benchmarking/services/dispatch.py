"""Sending cases to departments, adding departments, and sending again (B3, B6)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from benchmarking import notifications
from benchmarking.enums import CaseState, Decision, RoundKind
from benchmarking.models import Case, Review, ReviewRound
from benchmarking.services.outcome import refresh
from benchmarking.services.reviewing import REVIEWS
from core.now import now
from core.transition import perform
from core.work import keep
from organization.models import Department
from reviews.services import sending
from reviews.services.sending import Order, Outcome, open_review


def dispatch(
    cases: Sequence[Case],
    departments: Sequence[Department],
    *,
    note: str = "",
    document: str = "",
    actor: Any,
) -> list[Outcome]:
    """Send each case to each department, as `send`."""
    return send([Order(case, departments) for case in cases], note=note, document=document, actor=actor)


@transaction.atomic
def send(orders: Sequence[Order], *, note: str = "", document: str = "", actor: Any) -> list[Outcome]:
    """Send each case to its departments (B3). A case that cannot be sent says why in its Outcome and does not hold
    up the others.

    Locks: departments, then cases. Raises: Rejected where no department is named at all or one has ended.
    """
    results = sending.send(REVIEWS, orders, partial(_send, note=note, document=document, actor=actor))
    notifications.dispatched([review for result in results for review in result.reviews], note)
    return results


def _send(
    case: Case,
    departments: Sequence[Department],
    days: int | None,
    *,
    note: str,
    document: str,
    actor: Any,
) -> list[Review]:
    if not departments:
        raise Rejected(_("부서를 정하지 않아 보내지 않았습니다."))
    current = case.rounds.order_by("-number").first()
    if case.state == CaseState.IN_REVIEW and current is not None:
        asked = set(current.reviews.live().values_list("department_id", flat=True))
        departments = [d for d in departments if d.pk not in asked]
        if not departments:
            raise Rejected(_("고른 부서에는 이미 보냈습니다."))
        step, round_ = "add_departments", current
    else:
        if case.state == CaseState.DECIDED and case.outcome == Decision.ADOPT:
            raise Rejected(_("도입하기로 결정된 사례는 다시 보낼 수 없습니다."))
        step, round_ = "dispatch", _new_round(case, current, note, document, actor)
    perform(
        case,
        step,
        actor=actor,
        reason=note,
        data={"departments": [d.name for d in departments], "round": round_.number},
    )
    reviews = [open_review(REVIEWS, department, days, case=case, round=round_) for department in departments]
    keep.refresh(*reviews)
    refresh(case)
    return reviews


def _new_round(case: Case, previous: ReviewRound | None, note: str, document: str, actor: Any) -> ReviewRound:
    case.round_number = previous.number + 1 if previous else 1
    return ReviewRound.objects.create(
        case=case,
        number=case.round_number,
        kind=RoundKind.AGAIN if case.outcome else RoundKind.FIRST,
        previous=previous,
        note=note,
        document=document,
        dispatched_by=actor,
        dispatched_at=now(),
    )
