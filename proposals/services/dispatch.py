"""Asking departments about proposals (P6)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.transition import perform
from core.work import keep
from organization.models import Department
from organization.selectors import leaders_of
from proposals import notifications
from proposals.enums import State
from proposals.models import Proposal, ProposalReview
from proposals.services.reviewing import REVIEWS
from reviews.services import sending
from reviews.services.sending import Order, Outcome, open_review


@transaction.atomic
def send(orders: Sequence[Order], *, note: str = "", document: str = "", actor: Any) -> list[Outcome]:
    """Ask each proposal's departments. One that cannot be sent says why in its Outcome and does not hold up the others.

    Locks: departments, then proposals. Raises: Rejected where no department is named at all or one has ended.
    """
    results = sending.send(REVIEWS, orders, partial(_send, note=note, document=document, actor=actor))
    notifications.dispatched([review for result in results for review in result.reviews], note)
    return results


def _send(
    proposal: Proposal,
    departments: Sequence[Department],
    days: int | None,
    *,
    note: str,
    document: str,
    actor: Any,
) -> list[ProposalReview]:
    if not departments:
        raise Rejected(_("부서를 정하지 않아 보내지 않았습니다."))
    asked = set(proposal.reviews.live().values_list("department_id", flat=True))
    departments = [department for department in departments if department.pk not in asked]
    if not departments:
        raise Rejected(_("고른 부서에는 이미 보냈습니다."))
    step = "add_departments" if proposal.state == State.REVIEW else "dispatch"
    names = [department.name for department in departments]
    perform(proposal, step, actor=actor, reason=note, data={"departments": names})
    reviews = [
        open_review(REVIEWS, department, days, proposal=proposal, note=note, document=document)
        for department in departments
    ]
    for review in reviews:
        _waive(review)
    keep.refresh(*reviews)
    return reviews


def _waive(review: ProposalReview) -> None:
    """Where those who would confirm have made the proposal themselves, planning alone decides on the answer (D9)."""
    leaders = {leader.pk for leader in leaders_of(review.department_id)}
    if leaders and leaders <= set(REVIEWS.excluded(review)):
        review.needs_confirmation = False
        review.save(update_fields=["needs_confirmation"])
