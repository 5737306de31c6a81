"""Reading the travel budget of a year (V5)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from benchmarking.enums import BudgetKind
from benchmarking.models import TravelBudget
from benchmarking.policies import BUDGET_WARNING_PERCENT


@dataclass(frozen=True)
class BudgetOverview:
    """Won of one year: `allocated` = `spent` + `reserved` + `free`. Without a budget all are nothing."""

    year: int
    code: str = ""
    allocated: int = 0
    reserved: int = 0
    spent: int = 0
    free: int = 0

    @property
    def exists(self) -> bool:
        return bool(self.code)

    @property
    def used(self) -> int:
        return self.allocated - self.free

    @property
    def percent(self) -> int:
        """Whole percent reserved or spent, rounded down."""
        return self.used * 100 // self.allocated if self.allocated else 0

    def warned(self, day: date) -> bool:
        return is_short(self.allocated, self.free, BUDGET_WARNING_PERCENT.on(day))


def is_short(allocated: int, free: int, percent: int) -> bool:
    """Whether `percent` of what is allocated, or more, is reserved or spent."""
    return allocated > 0 and (allocated - free) * 100 >= percent * allocated


def _sum(kinds: list[BudgetKind]) -> Coalesce:
    return Coalesce(Sum("lines__amount", filter=Q(lines__kind__in=kinds)), 0)


def budget_overview(year: int) -> BudgetOverview:
    """One query. A year whose budget was never allocated has none."""
    found = (
        TravelBudget.objects.filter(year=year, length__gt=0)
        .annotate(
            allocated=_sum([BudgetKind.ALLOCATE]),
            reserved=-_sum([BudgetKind.RESERVE, BudgetKind.RELEASE]),
            spent=-_sum([BudgetKind.SPEND]),
        )
        .values("code", "allocated", "reserved", "spent", "balance")
        .first()
    )
    if found is None:
        return BudgetOverview(year)
    return BudgetOverview(year=year, free=found.pop("balance"), **found)
