"""What a proposal waits for beside its departments, and what the proposer is told meanwhile (P6)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from proposals.enums import InterimState
from proposals.models.proposal import TEXT, Proposal

USER = settings.AUTH_USER_MODEL


class Opinion(models.Model):
    """What an agency or expert outside was asked, and what they said. The clock stands still until `due` at most."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions", verbose_name=_("제안"))
    office = models.CharField(_("의견을 물은 곳"), max_length=60)
    question = models.TextField(_("물은 내용"), max_length=2_000)
    asked_on = models.DateField(_("요청일"))
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("요청한 직원"))
    due = models.DateField(_("회신 기한"))
    answer = models.TextField(_("회신 내용"), max_length=TEXT, blank=True)
    ended_on = models.DateField(_("회신일"), null=True)  # without an answer: the days were over

    class Meta:
        verbose_name = _("외부 의견")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(ended_on=None), name="one_open_opinion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.asked_on}"


class Interim(models.Model):
    """An answer that is due although nothing is decided: on the last day, and again after some days (policy). It is
    counted, and never a decision."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="interims", verbose_name=_("제안"))
    number = models.PositiveSmallIntegerField(_("회차"))
    due_on = models.DateField(_("알릴 날"))
    state = models.CharField(
        _("상태"), max_length=10, choices=InterimState.choices, default=InterimState.DRAFT
    )
    reason = models.TextField(_("늦어지는 까닭"), max_length=2_000)
    answer_on = models.DateField(_("새로 답할 날"))
    sent_on = models.DateField(_("알린 날"), null=True)
    sent_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("알린 직원")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("중간 답변")
        ordering = ["proposal", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="interim_number")]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.proposal.code} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:interim_send", args=[self.pk])
