"""What a person has: balances, totals by period, sums by rule (M6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, Q, QuerySet, Sum, Value, When

from mileage.enums import Scheme
from mileage.models import Account, Entry

ALWAYS = (Scheme.CREATIVITY, Scheme.LEARNING)  # shown before anything is earned


@dataclass(frozen=True)
class Standing:
    """`balances` by scheme; `totals` by scheme and period, in hundredths."""

    balances: dict[str, int]
    totals: dict[tuple[str, str], int]

    def schemes(self) -> list[Scheme]:
        """Those with entries, and those that everyone meets."""
        return [scheme for scheme in Scheme if scheme in self.balances or scheme in ALWAYS]

    def balance(self, scheme: str) -> int:
        return self.balances.get(scheme, 0)

    def total(self, scheme: str, period: str) -> int:
        return self.totals.get((scheme, period), 0)

    def latest_year(self, scheme: str, upto: int) -> int | None:
        """The last one with entries, be it that caps left nothing of them: a period with entries has a total."""
        years = [int(period) for of, period in self.totals if of == scheme and period.isdecimal()]
        return max((year for year in years if year <= upto), default=None)


def standing(user: Any, periods: Iterable[str]) -> Standing:
    """One question. `periods`: keys of months, quarters, years (`rules.TOTALLED`)."""
    return _standing(user, Q(totals__period__in=list(periods)))


def standing_in(user: Any, scheme: Scheme) -> Standing:
    """All totals of one scheme, the balances of all. One question."""
    return _standing(user, Q(totals__scheme=scheme))


def _standing(user: Any, wanted: Q) -> Standing:
    rows = (
        Account.objects.filter(user=user)
        .annotate(total=FilteredRelation("totals", condition=wanted))
        .values_list("scheme", "balance", "total__period", "total__amount")
    )
    balances: dict[str, int] = {}
    totals: dict[tuple[str, str], int] = {}
    for scheme, balance, period, amount in rows:
        balances[scheme] = balance
        if period:
            totals[scheme, period] = amount
    return Standing(balances, totals)


@dataclass(frozen=True)
class RuleSum:
    """`count`: entries that stand; `held_back`: what caps kept from them; `lines`: entries and reversals."""

    rule: str
    count: int
    amount: int
    held_back: int
    lines: int


NET = Sum(Case(When(reverses=None, then=Value(1)), default=Value(-1)))


def by_rule(entries: QuerySet[Entry]) -> list[RuleSum]:
    """The most first."""
    rows = (
        entries.order_by()
        .values("rule")
        .annotate(count=NET, sum=Sum("amount"), held_back=Sum(F("asked") - F("amount")), lines=Count("pk"))
        .values_list("rule", "count", "sum", "held_back", "lines")
    )
    return sorted((RuleSum(*row) for row in rows), key=lambda one: (-one.amount, one.rule))


def by_scheme(entries: QuerySet[Entry]) -> list[tuple[Scheme, int, int]]:
    """Lines and their sum of each scheme."""
    rows = entries.order_by().values("account__scheme").annotate(n=Count("pk"), sum=Sum("amount"))
    found = {scheme: (n, total) for scheme, n, total in rows.values_list("account__scheme", "n", "sum")}
    return [(scheme, *found[scheme]) for scheme in Scheme if scheme in found]


def all_by_scheme() -> list[tuple[Scheme, int, int]]:
    """The same of all entries, read from the accounts."""
    rows = Account.objects.order_by().values("scheme").annotate(n=Sum("length"), sum=Sum("balance"))
    found = {scheme: (n, total) for scheme, n, total in rows.values_list("scheme", "n", "sum")}
    return [(scheme, *found[scheme]) for scheme in Scheme if found.get(scheme, (0, 0))[0]]
