"""Travel orders of general affairs (V2): recorded one by one or many at once, corrected, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Refused, Rejected
from basis.official import document_number
from benchmarking.services import cases
from core.transition import perform
from visits import notifications
from visits.models import FieldVisit
from visits.services.requests import locked


@dataclass(frozen=True)
class Outcome:
    """What became of one visit of many: `error` empty means recorded."""

    visit: FieldVisit
    number: str
    error: str = ""


@transaction.atomic
def order(visit: FieldVisit, number: str, *, actor: Any) -> FieldVisit:
    """Record the number of the travel order (`총무과-1131`); done by general affairs.

    Locks: case, review, visit. Raises: Rejected for what is no document number.
    """
    number = document_number(number, field="number")
    _review, visit = locked(visit)
    visit.order_number, visit.void_order = number, ""
    perform(visit, "order", actor=actor, data={"number": number})
    notifications.ordered(visit)
    return visit


@transaction.atomic
def order_many(numbers: Sequence[tuple[FieldVisit, str]], *, actor: Any) -> list[Outcome]:
    """Record the orders of many visits. One that will not do says why in its Outcome and does not hold up the
    others.

    Locks: all cases in the order of their keys, then as `order`.
    """
    cases.lock_all([visit.case_id for visit, _number in numbers if visit.case_id])
    results = []
    for visit, number in sorted(numbers, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                results.append(Outcome(order(visit, number, actor=actor), number.strip()))
        except Rejected as error:
            results.append(Outcome(visit, number.strip(), error.message))
        except Refused as error:
            results.append(Outcome(visit, number.strip(), error.message))
    return results


@transaction.atomic
def correct_order(visit: FieldVisit, number: str, *, reason: str, actor: Any) -> FieldVisit:
    """Correct a number that was written down wrongly.

    Locks: case, review, visit.
    """
    number = document_number(number, field="number")
    _review, visit = locked(visit)
    old, visit.order_number = visit.order_number, number
    if old == number:
        raise Rejected(_("지금 기록된 번호와 같습니다."), field="number")
    perform(visit, "correct_order", actor=actor, reason=reason, data={"from": old, "to": number})
    notifications.ordered(visit)
    return visit


@transaction.atomic
def void_order(visit: FieldVisit, *, actor: Any) -> FieldVisit:
    """Record that the order of a visit that will not be has been cancelled; done by general affairs.

    Locks: case, review, visit.
    """
    _review, visit = locked(visit)
    if not visit.void_order:
        raise Rejected(_("취소할 출장명령이 없습니다."))
    number, visit.void_order = visit.void_order, ""
    perform(visit, "void_order", actor=actor, data={"number": number})
    return visit
