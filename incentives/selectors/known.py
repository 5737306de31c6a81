"""What was known of indicators at a moment: nothing is kept for it, it follows from the values (I3b)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from basis.formats import NOTHING, number
from incentives.enums import Shape
from incentives.models import Indicator, Value


def known(moment: datetime) -> Subquery:
    """For an Indicator query: the key of the latest value that was known at the moment."""
    rows = Value.objects.filter(indicator=OuterRef("pk")).known(moment)
    return Subquery(rows.order_by("-as_of", "-pk").values("pk")[:1])


def measured(divisions: Iterable[Any]) -> QuerySet[Indicator]:
    """The leaves of these divisions, in their order."""
    rows = Indicator.objects.filter(division__in=divisions, ended_on=None).exclude(shape="")
    return rows.order_by("division", "order", "pk")


@dataclass(frozen=True)
class Change:
    """An indicator of which something else was known: `before` and `after` are none where nothing was."""

    indicator: Indicator
    before: Value | None
    after: Value | None

    @property
    def corrects(self) -> bool:
        return self.after is not None and self.before is not None and self.after.corrects_id == self.before.pk


def changes(divisions: Iterable[Any], first: datetime, last: datetime) -> dict[int, list[Change]]:
    """By division: what is known at `last` otherwise than at `first`. Two questions."""
    rows = Indicator.objects.filter(division__in=list(divisions)).exclude(shape="")
    rows = rows.annotate(first=known(first), last=known(last)).order_by("division", "order", "pk")
    differing = [one for one in rows if one.first != one.last]
    keys = {pk for one in differing for pk in (one.first, one.last) if pk is not None}
    values = {one.pk: one for one in Value.objects.filter(pk__in=keys).select_related("recorded_by")}
    found: dict[int, list[Change]] = {}
    for one in differing:
        change = Change(one, values.get(one.first), values.get(one.last))
        found.setdefault(one.division_id, []).append(change)
    return found


def amount(indicator: Indicator, value: Decimal | None) -> str:
    """`1,234.5건`, of what is done or not `이행`; `–` for what is not known."""
    if value is None:
        return NOTHING
    if indicator.shape == Shape.YES:
        return _("이행") if value else _("미이행")
    return f"{number(plain(value))}{indicator.unit}"


def plain(value: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def told(change: Change) -> tuple[str, str]:
    before, after = change.before, change.after
    return (
        amount(change.indicator, before.value if before else None),
        amount(change.indicator, after.value if after else None),
    )
