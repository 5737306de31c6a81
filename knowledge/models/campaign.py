"""Registration days: a while in which everybody brings what others should know (K4)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.formats import days_between
from knowledge.enums import CampaignState
from organization.selectors import departments_of, reads_all


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """What has begun or was withdrawn since, to all staff; what is planned, to who reads all."""
        if reads_all(user):
            return self
        return self.exclude(state=CampaignState.PLANNED) if departments_of(user) else self.none()


class Campaign(models.Model):
    """What was brought is what was submitted within the days: it stands nowhere else."""

    month = models.CharField(_("달"), max_length=8)
    title = models.CharField(_("이름"), max_length=100)
    text = models.TextField(_("무엇을 찾나요?"), max_length=2_000, blank=True)
    begins_on = models.DateField(_("시작일"))
    ends_on = models.DateField(_("마감일"))
    state = models.CharField(
        _("상태"), max_length=10, choices=CampaignState.choices, default=CampaignState.PLANNED
    )
    version = models.PositiveIntegerField(default=1)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("지식등록의 날")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=~models.Q(state=CampaignState.WITHDRAWN),
                name="one_campaign_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="campaign_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:campaign", args=[self.pk])

    @property
    def days(self) -> str:
        return days_between(self.begins_on, self.ends_on)
