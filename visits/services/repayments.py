"""Travel money claimed falsely: paid back with a multiple of it on top, through the ledger of the budget (V4b)."""

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from basis.official import document_number
from budgets import services as budget
from core.transition import perform
from organization.models import User
from visits import notifications
from visits.models import FieldVisit, Repayment
from visits.policies import SURCHARGE
from visits.services.requests import locked


@transaction.atomic
def repay(
    visit: FieldVisit,
    *,
    user: User,
    amount: int,
    document: str,
    reason: str,
    actor: Any,
    version: int | None = None,
) -> Repayment:
    """Record that `user` pays back so much of a settled visit, and the surcharge of the day of travel on top; decided
    by planning on a document.

    Locks: case, review, visit, budget. Raises: Outdated, Rejected for more than the person had.
    """
    _review, visit = locked(visit, version)
    had = visit.expenses.filter(user=user).aggregate(sum=Sum("amount"))["sum"] or 0
    back = visit.repayments.filter(user=user).aggregate(sum=Sum("amount"))["sum"] or 0
    if not 0 < amount <= had - back:
        raise Rejected(
            _("이 직원에게 지급한 여비(%(had)s)에서 이미 환수한 금액을 뺀 범위에서 입력해 주세요.")
            % {"had": won(had)},
            field="amount",
        )
    surcharge = amount * SURCHARGE.on(visit.visited_on)
    made = Repayment.objects.create(
        visit=visit,
        user=user,
        amount=amount,
        surcharge=surcharge,
        document=document_number(document, field="document"),
        reason=reason.strip(),
    )
    perform(visit, "repay", actor=actor, reason=reason, data={"amount": won(amount + surcharge)})
    budget.repay(visit, amount, reason=reason.strip(), actor=actor)
    notifications.repaid(visit, made)
    return made
