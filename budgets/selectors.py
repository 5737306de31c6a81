"""Reading the budgets of a purse (V5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from basis.formats import won
from budgets.enums import BudgetKind
from budgets.models import Budget, BudgetEntry
from budgets.purses import Purse
from core.components import Share, shares


@dataclass(frozen=True)
class BudgetOverview:
    """Won of one year: `allocated` = `spent` + `reserved` + `free`. Without a budget all are nothing."""

    year: int
    code: str = ""
    allocated: int = 0
    reserved: int = 0
    spent: int = 0
    free: int = 0
    length: int = 0  # of its ledger

    @property
    def exists(self) -> bool:
        return self.length > 0

    @property
    def used(self) -> int:
        return self.allocated - self.free

    @property
    def percent(self) -> int:
        """Whole percent reserved or spent, rounded down."""
        return self.used * 100 // self.allocated if self.allocated else 0


@dataclass(frozen=True)
class Forecast:
    """`average` won a cause so far (by the plan, while there is none), `more` of them for what is free, and the day the
    money would be gone at this year's pace; None: it lasts, or there is no pace to go by."""

    average: int
    more: int | None
    ends: date | None


def forecast(purse: Purse, found: BudgetOverview, entries: Sequence[BudgetEntry], day: date) -> Forecast:
    """From what stands for the causes of the year. One that cost nothing counts too; what stands for many, of an
    earlier year, tells nothing of one."""
    cost = -sum(entry.amount for entry in entries if not entry.document)
    causes = sum(entry.kind != BudgetKind.REPAY for entry in entries if not entry.document)
    average = cost // causes if causes else purse.each.on(day)
    ends = None
    if cost and found.year == day.year:
        gone, ahead = (day - date(day.year, 1, 1)).days + 1, (date(day.year, 12, 31) - day).days
        left = found.free * gone // cost
        ends = day + timedelta(days=left) if left <= ahead else None
    return Forecast(average, found.free // average if average else None, ends)


def is_short(allocated: int, free: int, percent: int) -> bool:
    """Whether `percent` of what is allocated, or more, is reserved or spent."""
    return allocated > 0 and (allocated - free) * 100 >= percent * allocated


def _sum(kinds: list[BudgetKind]) -> Coalesce:
    return Coalesce(Sum("lines__amount", filter=Q(lines__kind__in=kinds)), 0)


def overviews(purse: Purse, **year: int) -> dict[int, BudgetOverview]:
    """All years that have a budget of the office, the latest first, by one query; `year=2026` only that one."""
    found = (
        Budget.objects.filter(kind=purse.key, holder="", length__gt=0, **year)
        .annotate(
            allocated=_sum([BudgetKind.ALLOCATE]),
            reserved=-_sum([BudgetKind.RESERVE, BudgetKind.RELEASE]),
            spent=-_sum([BudgetKind.SPEND, BudgetKind.REPAY]),
            free=F("balance"),
        )
        .order_by("-year")
        .values("year", "code", "allocated", "reserved", "spent", "free", "length")
    )
    return {values["year"]: BudgetOverview(**values) for values in found}


def budget_overview(purse: Purse, year: int) -> BudgetOverview:
    """One query. A year whose budget was never allocated has none."""
    return overviews(purse, year=year).get(year) or BudgetOverview(year)


def budget_bar(found: BudgetOverview) -> list[Share]:
    """Spent, reserved, free: the whole budget in one bar."""
    return shares(
        [
            (_("집행"), found.spent, won(found.spent)),
            (_("예정"), found.reserved, won(found.reserved)),
            (_("남음"), found.free, won(found.free)),
        ]
    )


def lines_of(purse: Purse, year: int) -> tuple[list[BudgetEntry], list[BudgetEntry]]:
    """What stands for the causes of a budget (spent or reserved, by their days), and its allocations in order: one
    query for both."""
    rows = BudgetEntry.objects.standing().described(purse).order_by("sequence")
    rows = rows.filter(account__kind=purse.key, account__year=year, account__holder="")
    found = list(rows.select_related("actor__department"))
    causes = [entry for entry in found if entry.kind != BudgetKind.ALLOCATE]
    causes.sort(key=lambda entry: (entry.spent_on, entry.cause_id or 0))
    return causes, [entry for entry in found if entry.kind == BudgetKind.ALLOCATE]
