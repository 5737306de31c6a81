"""Budgets of a year and the ledger of what became of each (V5)."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.official import check_document_number
from budgets.enums import BudgetKind
from budgets.purses import PURSES, Purse, seen_by
from core.ledger.models import LedgerAccount, LedgerEntry


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, user: Any) -> "BudgetQuerySet":
        return self.filter(kind__in=seen_by(user))


class Budget(LedgerAccount):
    """Won of one year in a purse (`kind`). `balance` is what is free: neither reserved nor spent, never below nothing.

    `holder`: whose it is, as a key of its purse; the office's own has none. `code`: the budget line's path (예산과목).
    """

    kind = models.CharField(gettext_lazy("구분"), max_length=20)
    year = models.PositiveSmallIntegerField(gettext_lazy("연도"))
    holder = models.CharField(gettext_lazy("사용 단위"), max_length=40, blank=True)
    code = models.CharField(gettext_lazy("예산과목"), max_length=200, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("예산")
        ordering = ["kind", "-year", "holder"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "holder"], name="one_budget_a_year"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="budget_not_overdrawn"),
        ]

    def __str__(self) -> str:
        return _("%(year)s년 %(purse)s") % {"year": self.year, "purse": self.purse.label}

    def get_absolute_url(self) -> str:
        return reverse("budgets:year", args=[self.kind, self.year])

    @property
    def purse(self) -> Purse:
        return PURSES[self.kind]


class BudgetEntryQuerySet(models.QuerySet["BudgetEntry"]):
    def visible_to(self, user: Any) -> "BudgetEntryQuerySet":
        return self.filter(account__kind__in=seen_by(user))

    def of(self, cause: models.Model) -> "BudgetEntryQuerySet":
        """What was done for one thing."""
        return self.filter(cause_type=ContentType.objects.get_for_model(cause), cause_id=cause.pk)

    def standing(self) -> "BudgetEntryQuerySet":
        """Neither taking back nor taken back."""
        return self.filter(reverses=None, reversal=None)

    def described(self, purse: Purse) -> "BudgetEntryQuerySet":
        """With `cause_title`, `cause_day` and `cause_place` as the causes of this purse say now."""
        causes = purse.causes
        rows = causes.model._default_manager.filter(pk=OuterRef("cause_id"))
        return self.annotate(
            cause_title=Subquery(rows.values(causes.title)[:1]),
            cause_day=Subquery(rows.values(causes.day)[:1]),
            cause_place=Subquery(rows.values(causes.place)[:1]),
        )


class BudgetEntry(LedgerEntry):
    """An allocation (more or less, with its decision document), or what a cause reserves and spends.

    What was wrongly paid and is paid back (REPAY) comes back to the budget. A release takes back its reservation; a
    spending is taken back by a spending of the opposite amount. What an earlier year spent in all has its document
    instead of causes (N1). `turn` counts how often the cause has reserved, or
    spent: again only after the last was taken back.
    """

    account = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    kind = models.CharField(gettext_lazy("구분"), max_length=10, choices=BudgetKind.choices)
    cause_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+", db_index=False)
    cause_id = models.PositiveBigIntegerField(null=True)
    cause = GenericForeignKey("cause_type", "cause_id")
    cause_title: str  # these three by `described`
    cause_day: date | None
    cause_place: str
    turn = models.PositiveSmallIntegerField(default=1)
    document = models.CharField(
        gettext_lazy("결정 문서번호"), max_length=60, blank=True, validators=[check_document_number]
    )

    objects = BudgetEntryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("예산 기록")
        ordering = ["account", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="budget_chain"),
            models.UniqueConstraint(
                fields=["cause_id", "cause_type", "kind", "turn"],
                condition=Q(reverses=None),
                name="a_cause_reserves_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.ALLOCATE, cause_type=None, cause_id=None) & ~Q(document="")
                | Q(kind=BudgetKind.SPEND, cause_type=None, cause_id=None) & ~Q(document="")
                | ~Q(kind=BudgetKind.ALLOCATE)
                & Q(cause_type__isnull=False, cause_id__isnull=False, document=""),
                name="budget_entry_has_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.ALLOCATE, reverses=None)
                | Q(kind=BudgetKind.RELEASE, amount__gte=0, reverses__isnull=False)
                | Q(kind=BudgetKind.RESERVE, amount__lte=0, reverses=None)
                | Q(kind=BudgetKind.SPEND, amount__lte=0, reverses=None)
                | Q(kind=BudgetKind.SPEND, amount__gte=0, reverses__isnull=False)
                | Q(kind=BudgetKind.REPAY, amount__gte=0, reverses=None),
                name="budget_entry_has_its_sign",
            ),
        ]
        indexes = [models.Index(fields=["cause_id", "cause_type"], name="budget_causes")]

    @property
    def spent_on(self) -> date:
        """The day of its cause, or of what stands for many."""
        return self.cause_day or self.day

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
