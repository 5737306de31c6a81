"""Reports of a public text (personal data, defamation, advertising): hidden at once, then decided on."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Clock
from core.now import now
from organization.selectors import departments_of, reads_all
from proposals.enums import Complaint as Ground
from proposals.enums import ComplaintState
from proposals.models.proposal import Proposal


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: Any) -> "ComplaintQuerySet":
        """Planning, executives and audit; whose proposal it is hears of it otherwise."""
        return self if reads_all(user) and departments_of(user) else self.none()


class Complaint(models.Model):
    """All that is reported of one text until it is decided on. `hid`: the text was hidden by the first report."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="complaints", verbose_name=_("제안"))
    state = models.CharField(
        _("상태"), max_length=10, choices=ComplaintState.choices, default=ComplaintState.OPEN
    )
    hid = models.BooleanField(_("바로 가림"), default=True)
    opened_on = models.DateField(_("신고일"))
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, related_name="complaint", verbose_name=_("신고 처리 기한")
    )
    decided_on = models.DateField(_("처리일"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("처리한 직원")
    )
    reason = models.TextField(_("처리한 까닭"), max_length=1_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("신고")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(state=ComplaintState.OPEN), name="one_open_complaint"
            )
        ]
        indexes = [models.Index(fields=["state", "opened_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:desk_complaint", args=[self.pk])

    @property
    def title(self) -> str:
        return _("신고: %(title)s") % {"title": self.proposal.title}


class Voice(models.Model):
    """One report. Who it was stands nowhere; `network` is a keyed hash, another each day, which goes with its day."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="voices", verbose_name=_("신고"))
    ground = models.CharField(_("신고 사유"), max_length=12, choices=Ground.choices)
    text = models.TextField(_("신고 내용"), max_length=1_000)
    at = models.DateTimeField(_("신고 일시"), default=now, editable=False)
    network = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("신고 내용")
        ordering = ["pk"]
        indexes = [models.Index(fields=["network", "at"])]

    def __str__(self) -> str:
        return self.get_ground_display()
