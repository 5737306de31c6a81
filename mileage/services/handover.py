"""Handing learning hours over to general affairs, each entry once (M7)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import document_number
from core.now import today
from core.once import next_numbers
from core.permissions import ensure
from core.transition import perform, record
from mileage.models import Entry, Handover, HandoverLine
from mileage.selectors import handover as selectors
from organization.enums import position_text

NUMBERS = "mileage.handover"
BATCH = 500


@transaction.atomic
def hand_over(
    entries: QuerySet[Entry], *, document: str, handed_on: date, actor: Any, conditions: str = ""
) -> Handover:
    """Hand over all of these that have not been handed over.

    Locks: the row of the handovers' number, so that they take turns and each sees what the one before took. Raises:
    Rejected for nothing to hand over, a day to come, no document.
    """
    ensure(actor, "mileage.hand_over")
    if handed_on > today():
        raise Rejected(_("인계일은 오늘 또는 이전이어야 합니다."), field="handed_on")
    document = document_number(document, field="document")
    (number,) = next_numbers(NUMBERS)
    credited = selectors.of_learning(entries)
    rows = selectors.with_handover(selectors.waiting(credited)).annotate(
        department_of_day=F("served__department")
    )
    found = list(rows.select_related("account__user").order_by("pk"))
    if not found:
        raise Rejected(_("인계할 기록이 없습니다. 조건을 바꾸거나 인계 여부를 확인해 주세요."))
    handover = Handover.objects.create(
        number=number,
        handed_on=handed_on,
        document=document,
        count=len(found),
        amount=sum(entry.amount for entry in found),
        made_by=actor,
    )
    HandoverLine.objects.bulk_create([_line(handover, entry) for entry in found], batch_size=BATCH)
    record(handover, "make", actor=actor, data={"count": len(found), "conditions": conditions})
    return handover


def _line(handover: Handover, entry: Any) -> HandoverLine:
    """An entry with the place that it is listed with. A reversal stands as what it takes back stood, so that general
    affairs finds it."""
    user, position = entry.account.user, entry.position
    return HandoverLine(
        handover=handover,
        entry=entry,
        employee_number=user.employee_number,
        name=user.name,
        department_id=entry.department_of_day,
        department_name=entry.place or "",
        position=position_text(position),
    )


@transaction.atomic
def withdraw(handover: Handover, *, reason: str, actor: Any) -> None:
    """Undo the latest handover; its entries are free again. An earlier one may have later lines that build on it.

    Locks: the row of the number, then the handover. Raises: Rejected for any but the latest.
    """
    next_numbers(NUMBERS, 0)  # no other is made meanwhile
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    last = selectors.latest()
    perform(handover, "withdraw", actor=actor, reason=reason)
    if last != handover:
        raise Rejected(_("가장 최근 인계만 취소할 수 있습니다."))
    handover.lines.update(stands=False)


def hours(entries: QuerySet[Entry]) -> int:
    """Hundredths of an hour, all together."""
    return entries.aggregate(sum=Sum("amount"))["sum"] or 0
