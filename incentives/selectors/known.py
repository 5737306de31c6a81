"""What was known of indicators at a moment: it follows from the values, and from what each indicator asked for then
(I3b)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.formats import NOTHING, number
from incentives import sheet
from incentives.enums import Shape
from incentives.models import Former, Indicator, Value


def known(moment: datetime) -> Subquery:
    """For an Indicator query: the key of the latest value that was known at the moment."""
    rows = Value.objects.filter(indicator=OuterRef("pk")).known(moment)
    return Subquery(rows.order_by("-as_of", "-pk").values("pk")[:1])


def measured(divisions: Iterable[Any]) -> QuerySet[Indicator]:
    """The leaves of these divisions, in their order."""
    rows = Indicator.objects.filter(division__in=divisions, ended_on=None).exclude(shape="")
    return rows.order_by("division", "order", "pk")


class Definitions:
    """What these indicators asked for, at any moment from `since` on. One question."""

    def __init__(self, indicators: Iterable[int], since: datetime) -> None:
        self._formers: dict[int, list[Former]] = {}
        rows = Former.objects.filter(indicator__in=list(indicators), until__gt=since)
        for one in rows.select_related("changed_by").order_by("until", "pk"):
            self._formers.setdefault(one.indicator_id, []).append(one)

    def at(self, one: Indicator, moment: datetime) -> Indicator:
        """With the terms that it had then."""
        then = next((former for former in self.changed(one) if former.until > moment), None)
        return then.worn_by(one) if then else one

    def changed(self, one: Indicator) -> Sequence[Former]:
        return self._formers.get(one.pk, ())


def there(one: Indicator, moment: datetime) -> bool:
    """Whether it was evaluated at the moment, given with the terms that it had then."""
    made = one.made_at is None or one.made_at <= moment
    return made and (one.ended_on is None or one.ended_on > timezone.localdate(moment))


@dataclass(frozen=True)
class Change:
    """An indicator of which something else was known: `before` and `after` are none where nothing was. `was`: with the
    terms that it had before."""

    indicator: Indicator
    before: Value | None
    after: Value | None
    was: Indicator

    @property
    def corrects(self) -> bool:
        return self.after is not None and self.before is not None and self.after.corrects_id == self.before.pk


def changes(divisions: Iterable[Any], first: datetime, last: datetime) -> dict[int, list[Change]]:
    """By division: what is known at `last` otherwise than at `first`. Three questions."""
    rows = Indicator.objects.filter(division__in=list(divisions)).exclude(shape="")
    rows = rows.annotate(first=known(first), last=known(last)).order_by("division", "order", "pk")
    differing = [one for one in rows if one.first != one.last]
    keys = {pk for one in differing for pk in (one.first, one.last) if pk is not None}
    values = {one.pk: one for one in Value.objects.filter(pk__in=keys).select_related("recorded_by")}
    terms = Definitions([one.pk for one in differing], first) if differing else None
    found: dict[int, list[Change]] = {}
    for one in differing:
        assert terms is not None
        then, was = terms.at(one, last), terms.at(one, first)
        change = Change(then, values.get(one.first), values.get(one.last), was)
        found.setdefault(one.division_id, []).append(change)
    return found


@dataclass(frozen=True)
class Redefined:
    """A column of an indicator that says something else, by whom and when last; the indicator itself where it came or
    went."""

    indicator: Indicator
    label: str
    before: str
    after: str
    at: datetime | None
    by: Any


def redefined(divisions: Iterable[Any], first: datetime, last: datetime) -> dict[int, list[Redefined]]:
    """By division: targets, weights and other terms that are otherwise at `last` than at `first`, with what came and
    went. Two questions."""
    rows = Indicator.objects.filter(division__in=list(divisions)).exclude(shape="")
    rows = rows.filter(Q(formers__until__gt=first) | Q(made_at__gt=first)).distinct()
    known = list(rows.order_by("division", "order", "pk"))
    terms = Definitions([one.pk for one in known], first)
    found: dict[int, list[Redefined]] = {}
    for one in known:
        if lines := list(_redefined(one, terms, first, last)):
            found[one.division_id] = [*found.get(one.division_id, ()), *lines]
    return found


def _redefined(one: Indicator, terms: Definitions, first: datetime, last: datetime) -> Iterator[Redefined]:
    was, then = terms.at(one, first), terms.at(one, last)
    changed = [former for former in terms.changed(one) if former.until <= last]
    at, by = (changed[-1].until, changed[-1].changed_by) if changed else (one.made_at, None)
    came, stayed = not there(was, first) and there(then, last), there(was, first)
    if came:
        yield Redefined(then, str(_("지표")), NOTHING, _("새로 적음"), at, by)
    elif stayed and not there(then, last):
        yield Redefined(then, str(_("지표")), then.name, _("뺌"), at, by)
    elif stayed:
        before, after = sheet.texts_of(was), sheet.texts_of(then)
        for key in sheet.TERMS:
            if before[key] != after[key]:
                old, new = (sheet.shown(key, text) or NOTHING for text in (before[key], after[key]))
                yield Redefined(then, str(sheet.ALL[key].label), old, new, at, by)


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
        amount(change.was, before.value if before else None),
        amount(change.indicator, after.value if after else None),
    )
