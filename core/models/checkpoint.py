"""How long the accounts of the ledgers were, and how they ended, when the schedule last looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class LedgerCheckpoint(models.Model):
    """One account that had grown: `head` is the seal of its line number `length`. Only ever added, each sealed together
    with the one before (`core.ledger.checkpoints`); no foreign keys, so that it outlives what it tells of."""

    ledger = models.CharField(_("장부"), max_length=60)
    account = models.BigIntegerField(_("계정"))
    length = models.PositiveIntegerField(_("기록 수"))
    head = models.CharField(_("끝 기록의 봉인"), max_length=64)
    at = models.DateTimeField(_("점검 일시"), default=now, editable=False)
    seal = models.CharField(_("봉인"), max_length=64)

    class Meta:
        verbose_name = _("장부 점검점")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "account", "length"], name="one_checkpoint_a_length")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.account}/{self.length}"
