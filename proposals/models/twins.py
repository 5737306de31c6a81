"""What stays of an idea that was not taken, and who is named when a later one is (P8)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import today
from proposals.enums import Field, Kind, State
from proposals.models.proposal import Proposal, proposal_code

USER = settings.AUTH_USER_MODEL


class Fingerprint(models.Model):
    """The idea without its proposer: number, kind, title, and what became of it. It stays when the proposal goes."""

    proposal: Any = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, related_name="fingerprint", verbose_name=_("제안")
    )
    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("번호"))
    kind = models.CharField(_("구분"), max_length=10, choices=Kind.choices)
    field = models.CharField(_("분야"), max_length=15, choices=Field.choices)
    title = models.CharField(_("제목"), max_length=100)
    state = models.CharField(_("결과"), max_length=12, choices=State.choices)
    closed_on = models.DateField(_("마친 날"))
    made_on = models.DateField(_("남긴 날"), default=today)

    class Meta:
        verbose_name = _("지난 제안의 자취")
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="fingerprint_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return proposal_code(self.year, self.number)


class Credit(models.Model):
    """An adopted proposal names an earlier one with the same idea: the proposal while it is there, else what stayed of
    it."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="credits", verbose_name=_("채택된 제안")
    )
    earlier: Any = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="credited", verbose_name=_("먼저 낸 제안")
    )
    fingerprint: Any = models.ForeignKey(
        Fingerprint, models.PROTECT, null=True, related_name="credited", verbose_name=_("먼저 낸 제안의 자취")
    )
    made_on = models.DateField(_("밝힌 날"), default=today)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("밝힌 직원"))

    class Meta:
        verbose_name = _("먼저 낸 제안 밝힘")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "earlier"], name="credited_once"),
            models.UniqueConstraint(fields=["proposal", "fingerprint"], name="fingerprint_credited_once"),
            models.CheckConstraint(
                condition=models.Q(earlier=None, fingerprint__isnull=False)
                | models.Q(earlier__isnull=False, fingerprint=None),
                name="credits_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.earlier or self.fingerprint)
