"""The briefings of a year: each kind, of bureaus each bureau, is a panel that meets (I5)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incentives.enums import BriefingKind
from meetings.models import Panel
from organization.models import Department
from organization.rules import is_staff


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def visible_to(self, user: Any) -> "BriefingQuerySet":
        """The plan is circulated to all staff; what was said stands with the sessions."""
        return self if is_staff(user) else self.none()


class Briefing(models.Model):
    """`bureau`: whose own it is. Who comes follows from who is named for the year's projects."""

    year = models.PositiveSmallIntegerField(_("연도"))
    kind = models.CharField(_("보고회"), max_length=10, choices=BriefingKind.choices)
    bureau: Any = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("국·소")
    )
    panel = models.OneToOneField(
        Panel, models.PROTECT, related_name="briefing", verbose_name=_("보고회 참석자")
    )

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("보고회")
        ordering = ["-year", "kind", "bureau__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "kind", "bureau"], name="one_briefing_a_bureau"),
            models.UniqueConstraint(
                fields=["year", "kind"], condition=models.Q(bureau=None), name="one_briefing_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.panel.name

    def get_absolute_url(self) -> str:
        return f"{reverse('incentives:briefings')}?year={self.year}#briefing-{self.pk}"
