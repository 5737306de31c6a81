"""The travel budget of a year and the ledger of what became of it (V5)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.enums import BudgetKind
from core.ledger.models import LedgerAccount, LedgerEntry
from core.official import check_document_number
from core.permissions import can

CODE_PATH = (  # of the plan of 2016, offered for the first budget
    "기획 > 창의행정 역량강화 및 건전한 재정운영 > 구정혁신추진 > 창의학습 활동지원 > 여비 > 국내여비"
)


class TravelBudgetQuerySet(models.QuerySet["TravelBudget"]):
    def visible_to(self, user: Any) -> "TravelBudgetQuerySet":
        return self if can(user, "budgets.view") else self.none()


class TravelBudget(LedgerAccount):
    """Won of one year for field visits. `balance` is what is free: neither reserved nor spent, never below nothing.

    `code` is the budget line's path (예산과목)."""

    year = models.PositiveSmallIntegerField(gettext_lazy("연도"), unique=True)
    code = models.CharField(gettext_lazy("예산과목"), max_length=200, default=CODE_PATH)

    objects = TravelBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("여비 예산")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="travel_budget_not_overdrawn"),
        ]

    def __str__(self) -> str:
        return _("%(year)s년 여비 예산") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("budgets:year", args=[self.year])


class BudgetEntryQuerySet(models.QuerySet["BudgetEntry"]):
    def visible_to(self, user: Any) -> "BudgetEntryQuerySet":
        return self if can(user, "budgets.view") else self.none()

    def standing(self) -> "BudgetEntryQuerySet":
        """Neither taking back nor taken back."""
        return self.filter(reverses=None, reversal=None)


class BudgetEntry(LedgerEntry):
    """An allocation (more or less, with its decision document), or what a visit reserves and spends.

    A release takes back its reservation; a spending is taken back by a spending of the opposite amount. `turn`
    counts how often the visit has reserved, or spent: again only after the last was taken back.
    """

    account = models.ForeignKey(TravelBudget, models.PROTECT, related_name="lines")
    kind = models.CharField(gettext_lazy("구분"), max_length=10, choices=BudgetKind.choices)
    visit = models.ForeignKey(
        "visits.FieldVisit",
        models.PROTECT,
        null=True,
        related_name="budget_entries",
        verbose_name=gettext_lazy("현장체험"),
    )
    turn = models.PositiveSmallIntegerField(default=1)
    document = models.CharField(
        gettext_lazy("결정 문서번호"), max_length=60, blank=True, validators=[check_document_number]
    )

    objects = BudgetEntryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("여비 예산 기록")
        ordering = ["account", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="budget_chain"),
            models.UniqueConstraint(
                fields=["visit", "kind", "turn"], condition=Q(reverses=None), name="a_visit_reserves_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.ALLOCATE, visit=None) & ~Q(document="")
                | ~Q(kind=BudgetKind.ALLOCATE) & Q(visit__isnull=False, document=""),
                name="budget_entry_has_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.ALLOCATE, reverses=None)
                | Q(kind=BudgetKind.RELEASE, amount__gte=0, reverses__isnull=False)
                | Q(kind=BudgetKind.RESERVE, amount__lte=0, reverses=None)
                | Q(kind=BudgetKind.SPEND, amount__lte=0, reverses=None)
                | Q(kind=BudgetKind.SPEND, amount__gte=0, reverses__isnull=False),
                name="budget_entry_has_its_sign",
            ),
        ]

    @property
    def label(self) -> str:
        return entry_label(self.kind, self.sequence, self.amount)


def entry_label(kind: str, sequence: int, amount: int) -> str:
    """What a line does, in words."""
    if kind == BudgetKind.SPEND and amount > 0:
        return _("집행 취소")
    if kind == BudgetKind.ALLOCATE and sequence > 1:
        return _("증액") if amount > 0 else _("감액")
    return str(BudgetKind(kind).label)
