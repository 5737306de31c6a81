"""What each of the staff was given in a year, against what is free of tax (A2)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from awards.enums import AwardState, Receiver, Tax
from awards.models import Award
from awards.policies import TAX_FREE, TAX_WARNING


def last_day(year: int) -> date:
    return date(year, 12, 31)


@dataclass(frozen=True)
class Total:
    """Won of one person and year: `paid` handed over, `coming` decided and not yet."""

    user_id: int
    number: str
    department: str
    name: str
    paid: int
    coming: int
    limit: int
    warning: int

    @property
    def sum(self) -> int:
        return self.paid + self.coming

    @property
    def free(self) -> int:
        return min(self.paid, self.limit)

    @property
    def taxable(self) -> int:
        """Of what was paid, what is over the limit."""
        return max(0, self.paid - self.limit)

    @property
    def over(self) -> int:
        return max(0, self.sum - self.limit)

    @property
    def warns(self) -> bool:
        return self.sum * 100 >= self.limit * self.warning


def earned() -> Any:
    """Awards that are income of a person."""
    return Award.objects.standing().filter(receiver=Receiver.STAFF, tax=Tax.EARNED)


def totals(year: int, users: Collection[int] | None = None) -> list[Total]:
    """All who have anything in the year, by their numbers; one query."""
    rows = earned().filter(tax_year=year)
    if users is not None:
        rows = rows.filter(user__in=users)
    handed = Q(state=AwardState.HANDED)
    found = (
        rows.order_by()
        .values("user", "user__employee_number", "user__department__name", "user__name")
        .annotate(
            paid=Sum("amount", filter=handed, default=0), coming=Sum("amount", filter=~handed, default=0)
        )
        .order_by("user__employee_number")
    )
    limit, warning = TAX_FREE.on(last_day(year)), TAX_WARNING.on(last_day(year))
    return [
        Total(
            one["user"], one["user__employee_number"], one["user__department__name"] or "", one["user__name"],
            one["paid"], one["coming"], limit, warning,
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Over:
    """Who would come near the limit of a year (`warns`) or beyond it (`over` won)."""

    user: Any
    year: int
    before: int
    after: int
    limit: int

    @property
    def over(self) -> int:
        return max(0, self.after - self.limit)


def over_limit(gifts: Sequence[Any]) -> list[Over]:
    """Who would reach the warning of A2 by these gifts that are not granted yet: for previews, before anything is
    decided."""
    known = set(Award.objects.filter(key__in=[gift.key for gift in gifts]).values_list("key", flat=True))
    more: dict[tuple[int, int], int] = defaultdict(int)
    people: dict[int, Any] = {}
    for gift in gifts:
        if gift.key not in known and gift.receiver == Receiver.STAFF and gift.tax == Tax.EARNED:
            people[gift.user.pk] = gift.user
            more[gift.decided_on.year, gift.user.pk] += gift.amount
    found = []
    for year in sorted({year for year, _pk in more}):
        had = {total.user_id: total.sum for total in totals(year, list(people))}
        limit, warning = TAX_FREE.on(last_day(year)), TAX_WARNING.on(last_day(year))
        for (of, pk), amount in sorted(more.items()):
            after = had.get(pk, 0) + amount
            if of == year and after * 100 >= limit * warning:
                found.append(Over(people[pk], year, had.get(pk, 0), after, limit))
    return found


def years() -> list[int]:
    """Years with anything, the latest first."""
    return list(Award.objects.order_by("-tax_year").values_list("tax_year", flat=True).distinct())
