"""Accounts of points and hours, their entries, and the totals that follow them (M1–M4)."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ledger.models import LedgerAccount, LedgerEntry
from core.permissions import can
from mileage.enums import Scheme
from organization.models import Department


class Account(LedgerAccount):
    """What one person has of one scheme, in hundredths."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="mileage_accounts",
        db_index=False,  # the constraint's index begins with it
        verbose_name=_("직원"),
    )
    scheme = models.CharField(_("구분"), max_length=20, choices=Scheme.choices)

    class Meta:
        verbose_name = _("마일리지 계정")
        constraints = [models.UniqueConstraint(fields=["user", "scheme"], name="one_account_a_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.user_id}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """The own; planning and audit see all (M6)."""
        if can(user, "mileage.view_all"):
            return self
        return self.filter(account__user=user)

    def standing(self) -> "EntryQuerySet":
        """Neither a reversal nor reversed."""
        return self.filter(reverses=None, reversal=None)


class Entry(LedgerEntry):
    """One award or its reversal. `asked` is what the rule gives, `amount` what a cap left of it (M4).

    `event` names what happened; `turn` counts how often it was earned: again only after a reversal
    that was not made by hand (M3).
    `department` is the one held on the day, as far as was known when it was recorded: sums and lists ask the postings
    (`selectors.served`, O2). `title` is what the source was called.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_index=False)
    rule = models.CharField(_("기준"), max_length=40)
    event = models.CharField(max_length=80)
    turn = models.PositiveSmallIntegerField(default=1)
    asked = models.BigIntegerField(_("기준 점수"))
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # never searched by
        verbose_name=_("기록한 때의 부서"),
    )
    title = models.CharField(_("내용"), max_length=200)
    source_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+", db_index=False)
    source_id = models.BigIntegerField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("마일리지 기록")
        ordering = ["account", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="mileage_chain"),
            models.UniqueConstraint(
                fields=["account", "event", "rule", "turn"],
                condition=models.Q(reverses=None),
                name="an_event_earns_once",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "rule", "day", "amount"], name="mileage_cap"),
            models.Index(fields=["day"], name="mileage_day"),
            models.Index(
                fields=["source_type", "source_id"],
                condition=~models.Q(source_id=None),
                name="mileage_source",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("mileage:entry", args=[self.pk])

    @property
    def capped(self) -> int:
        """Hundredths that the cap held back."""
        return self.asked - self.amount


class Total(models.Model):
    """The sum of one account in one month, quarter or year by the day of the events. Follows the entries."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="totals", db_index=False)
    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    period = models.CharField(max_length=8)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "period"], name="one_total_a_period")]
        indexes = [models.Index(fields=["scheme", "period", "-amount"], name="mileage_highest")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.period} {self.amount}"
