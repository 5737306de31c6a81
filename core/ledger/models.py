"""What every ledger's tables have."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class LedgerAccount(models.Model):
    """Sum and end of a chain of entries. Locked while an entry is added, written by `append` alone."""

    balance = models.BigIntegerField(_("잔액"), default=0)
    length = models.PositiveIntegerField(_("기록 수"), default=0)
    seal = models.CharField(_("봉인"), max_length=64, blank=True)

    class Meta:
        abstract = True


class LedgerEntry(models.Model):
    """One line. A subclass adds `account` (related_name "lines") and what the line is about.

    `amount` and `balance` (after this line) are whole numbers of the account's smallest unit. `day` is the day of
    the event. A mistake is taken back by another line that `reverses` it, once.
    """

    account: Any
    account_id: int
    sequence = models.PositiveIntegerField(_("순번"))
    day = models.DateField(_("일자"))
    amount = models.BigIntegerField(_("금액"))
    balance = models.BigIntegerField(_("잔액"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("취소한 기록")
    )
    reason = models.CharField(_("사유"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # never searched by; each index costs every line
        verbose_name=_("처리자"),
    )
    recorded_at = models.DateTimeField(_("기록 일시"), default=now, editable=False)
    seal = models.CharField(_("봉인"), max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.account_id}/{self.sequence} {self.day} {self.amount:+,}"
