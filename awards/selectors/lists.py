"""Awards of things, of a year's leave and merit lists, and what stands in the prize list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, Sum

from awards.enums import AwardState, Receiver
from awards.models import Award, AwardQuerySet
from awards.policies import MERIT_MOST, MERIT_PERCENT
from awards.selectors.tax import last_day

HUNDREDTHS = 100


def of_things(model: type[Model], pks: Collection[Any]) -> dict[int, list[Award]]:
    """The standing awards of things of one kind, by the thing's key; one query."""
    kind = ContentType.objects.get_for_model(model)
    found: dict[int, list[Award]] = {}
    rows = Award.objects.standing().filter(content_type=kind, object_id__in=pks)
    for award in rows.select_related("user", "handed_by__department").order_by("number"):
        found.setdefault(award.object_id, []).append(award)
    return found


def public_notes(thing: Model) -> list[str]:
    """What everybody may read of awards for this thing that were revoked (P13)."""
    rows = Award.objects.of(thing).filter(state=AwardState.REVOKED).exclude(note="")
    return list(dict.fromkeys(rows.order_by("pk").values_list("note", flat=True)))


@dataclass(frozen=True)
class Sums:
    """What rows of the prize list come to. `late`: not handed over in time."""

    count: int
    given: int
    handed: int
    waiting: int
    waiting_amount: int
    owed: int


def sums(rows: AwardQuerySet) -> Sums:
    """One query. What was revoked is no prize."""
    stands, handed = ~Q(state=AwardState.REVOKED), Q(state=AwardState.HANDED)
    waiting = Q(state__in=(AwardState.GRANTED, AwardState.WITHHELD))
    found = rows.order_by().aggregate(
        count=Count("pk", filter=stands),
        given=Sum("amount", filter=stands, default=0),
        handed=Sum("amount", filter=handed, default=0),
        waiting=Count("pk", filter=waiting),
        waiting_amount=Sum("amount", filter=waiting, default=0),
        owed=Sum("asked_back", filter=Q(returned_on=None), default=0),
    )
    return Sums(**found)


def leave_of(year: int) -> list[Award]:
    """Leave that was decided on in the year, by the numbers of those who have it (A4)."""
    rows = Award.objects.standing().filter(year=year, leave_days__gt=0, receiver=Receiver.STAFF)
    return list(rows.select_related("user").order_by("user__employee_number", "number"))


@dataclass
class Merit:
    """What a person's performance points of the year come to on the merit list, and what the limit leaves of all that
    there ever were (A4, P16)."""

    number: str
    department: str
    name: str
    before: Decimal
    most: int
    lines: list[tuple[Award, Decimal]] = field(default_factory=list)

    @property
    def of_year(self) -> Decimal:
        return sum((merit for _award, merit in self.lines), Decimal(0))

    @property
    def shown(self) -> Decimal:
        """So much more than stood on earlier lists, never beyond the limit in all."""
        return max(Decimal(0), min(self.before + self.of_year, Decimal(self.most)) - self.before)


def merit_of(award: Award) -> Decimal:
    """`2.0` → `0.2`, exactly, by the percent of the day of the decision."""
    return Decimal(award.points) / HUNDREDTHS * MERIT_PERCENT.on(award.decided_on) / 100


def merits(year: int) -> list[Merit]:
    """Those with performance points of the year; one query for all years up to it."""
    rows = Award.objects.standing().filter(year__lte=year, points__gt=0, receiver=Receiver.STAFF)
    rows = rows.select_related("user__department").order_by("user__employee_number", "number")
    most = MERIT_MOST.on(last_day(year))
    found: dict[int, Merit] = {}
    for award in rows:
        assert award.user is not None
        place = award.user.department.name if award.user.department else ""
        one = found.setdefault(
            award.user.pk, Merit(award.user.employee_number, place, award.user.name, Decimal(0), most)
        )
        if award.year == year:
            one.lines.append((award, merit_of(award)))
        else:
            one.before = min(one.before + merit_of(award), Decimal(most))
    return [one for one in found.values() if one.lines]


def decided_years() -> list[int]:
    """Years in which anything was decided, the latest first."""
    return list(Award.objects.order_by("-year").values_list("year", flat=True).distinct())


def values_of(name: str) -> list[str]:
    """What stands in this field of any award."""
    return list(Award.objects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())
