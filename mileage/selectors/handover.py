"""Learning hours: what there is, and what has been handed over to general affairs (M7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.permissions import can
from mileage.catalogue import OPENINGS
from mileage.enums import HandoverState, Scheme
from mileage.models import Entry, Handover, HandoverLine
from mileage.rules import amount_text
from mileage.selectors.served import with_posting

CHUNK = 500  # so many keys in one question


def learning(user: Any) -> QuerySet[Entry]:
    """Every line of learning hours that counts for something, for those who look after them."""
    rows = of_learning(Entry.objects.all())
    return rows if can(user, "mileage.view_hours") else rows.none()


def of_learning(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Learning hours among them; not what a cap left nothing of."""
    return rows.filter(account__scheme=Scheme.LEARNING).exclude(amount=0)


def with_handover(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """`handed` (id), `handed_number`, `waiting` (is to be handed over), `place` and `position` of the day."""
    standing = HandoverLine.objects.filter(entry=OuterRef("pk"), stands=True)
    return with_posting(rows).annotate(
        handed=Subquery(standing.values("handover")[:1]),
        handed_number=Subquery(standing.values("handover__number")[:1]),
        waiting=_waiting(),
        place=F("served__department__name"),
        position=F("served__position"),
    )


def waiting(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those not yet handed over: not what was taken back before it was, and of what was taken back after, the
    reversal alone."""
    return rows.filter(_waiting())


def _waiting() -> Q:
    handed = HandoverLine.objects.filter(stands=True)
    free = ~Exists(handed.filter(entry=OuterRef("pk")))
    taken_back_after = Exists(handed.filter(entry=OuterRef("reverses")))
    return ~Q(rule__in=OPENINGS) & Q(
        free, Q(reverses=None, reversal=None) | Q(taken_back_after, reverses__isnull=False)
    )


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


def with_what_followed(rows: QuerySet[HandoverLine]) -> QuerySet[Any]:
    """`taken_back` (hundredths, None where the entry stands) and `corrected` (number of the handover that says so)."""
    correction = HandoverLine.objects.filter(entry__reverses=OuterRef("entry"), stands=True)
    return rows.annotate(
        taken_back=F("entry__reversal__amount"),
        corrected=Subquery(correction.values("handover__number")[:1]),
    )


def followed_text(taken_back: int | None, corrected: int | None, stands: bool) -> str:
    """`취소됨 · -4시간 인계 전`: what became of the entry of a line; nothing where it stands."""
    if taken_back is None:
        return ""
    words = {"hours": amount_text(taken_back, Scheme.LEARNING), "number": corrected}
    if corrected:
        return _("취소됨 · %(hours)s 제%(number)d호로 인계") % words
    return _("취소됨 · %(hours)s 인계 전") % words if stands else _("취소됨")


@dataclass(frozen=True)
class Uncorrected:
    """Lines of a handover that were taken back since, and of those what no later handover says."""

    count: int
    hours: int
    waiting: int


def taken_back_since(handover: Handover) -> Uncorrected:
    rows = with_what_followed(handover.lines.filter(stands=True)).filter(taken_back__isnull=False)
    found = list(rows.values_list("taken_back", "corrected"))
    return Uncorrected(
        len(found), sum(hours for hours, _number in found), sum(number is None for _hours, number in found)
    )


def handed_over_of(source: Model) -> list[Entry]:
    """Entries that stand, came of this, and have been handed over: taking them back needs a correction."""
    rows = Entry.objects.standing().filter(
        source_type=ContentType.objects.get_for_model(source),
        source_id=source.pk,
        handover_lines__stands=True,
    )
    return list(rows.select_related("account__user").order_by("account__user__employee_number"))


def latest() -> Handover | None:
    """The last one that stands: the only one that can be withdrawn."""
    return Handover.objects.filter(state=HandoverState.MADE).order_by("-number").first()


def lines_of(handover: Handover) -> QuerySet[HandoverLine]:
    return handover.lines.annotate(day=F("entry__day"), title=F("entry__title"), amount=F("entry__amount"))
