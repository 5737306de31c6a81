"""Learning hours: what there is, and what has been handed over to general affairs (M7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.permissions import can
from mileage.enums import HandoverState, Scheme
from mileage.models import Entry, Handover, HandoverLine
from organization.models import Posting

CHUNK = 500  # so many keys in one question


def learning(user: Any) -> QuerySet[Entry]:
    """Every line of learning hours that counts for something, for those who look after them."""
    rows = of_learning(Entry.objects.all())
    return rows if can(user, "mileage.view_hours") else rows.none()


def of_learning(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Learning hours among them; not what a cap left nothing of."""
    return rows.filter(account__scheme=Scheme.LEARNING).exclude(amount=0)


def with_handover(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """`handed` (id), `handed_number`, `waiting` (is to be handed over), `position` of the day."""
    standing = HandoverLine.objects.filter(entry=OuterRef("pk"), stands=True)
    posting = (
        Posting.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=OuterRef("day")),
            user=OuterRef("account__user"),
            valid_from__lte=OuterRef("day"),
        )
        .order_by("-valid_from", "-pk")
        .values("position")[:1]
    )
    return rows.annotate(
        handed=Subquery(standing.values("handover")[:1]),
        handed_number=Subquery(standing.values("handover__number")[:1]),
        waiting=_waiting(),
        position=Subquery(posting, output_field=CharField()),
    )


def waiting(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those not yet handed over: not what was taken back before it was, and of what was taken back after, the
    reversal alone."""
    return rows.filter(_waiting())


def _waiting() -> Q:
    handed = HandoverLine.objects.filter(stands=True)
    free = ~Exists(handed.filter(entry=OuterRef("pk")))
    taken_back_after = Exists(handed.filter(entry=OuterRef("reverses")))
    return Q(free, Q(reverses=None, reversal=None) | Q(taken_back_after, reverses__isnull=False))


def handed_text(number: int | None, waiting: bool, amount: int) -> str:
    """`제3호`; nothing for what is never handed over."""
    if number:
        return _("제%(number)d호") % {"number": number}
    return _("인계 전") if waiting and amount else ""


@dataclass(frozen=True)
class HandedOver:
    number: int
    day: date
    handover: int


def handed_over(entry_ids: Iterable[int]) -> dict[int, HandedOver]:
    """When which of these entries was handed over; what was not is left out."""
    found: dict[int, HandedOver] = {}
    keys = sorted(set(entry_ids))
    for start in range(0, len(keys), CHUNK):
        rows = HandoverLine.objects.filter(entry__in=keys[start : start + CHUNK], stands=True)
        for line in rows.select_related("handover"):
            found[line.entry_id] = HandedOver(line.handover.number, line.handover.handed_on, line.handover_id)
    return found


def latest() -> Handover | None:
    """The last one that stands: the only one that can be withdrawn."""
    return Handover.objects.filter(state=HandoverState.MADE).order_by("-number").first()


def lines_of(handover: Handover) -> QuerySet[HandoverLine]:
    return handover.lines.annotate(day=F("entry__day"), title=F("entry__title"), amount=F("entry__amount"))
