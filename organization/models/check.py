"""The monthly check of the access log, and what it found (D6)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.now import now
from core.permissions import can
from organization.enums import CheckState


class AccessCheckQuerySet(models.QuerySet["AccessCheck"]):
    def visible_to(self, user: Any) -> "AccessCheckQuerySet":
        return self if can(user, "organization.check_looks") else self.none()


class AccessCheck(models.Model):
    """Of one month. Checked, it keeps what was unusual when it was."""

    month = models.DateField(_("점검 대상 월"), unique=True)  # its first day
    state = models.CharField(_("상태"), max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    version = models.PositiveIntegerField(default=1)
    looks = models.PositiveIntegerField(_("열람 건수"), default=0)
    unusual = models.JSONField(_("특이 사항"), default=list)
    result = models.CharField(_("점검 결과"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(
        "organization.User", models.PROTECT, null=True, related_name="+", verbose_name=_("점검자")
    )
    checked_at = models.DateTimeField(_("점검 일시"), null=True)
    made_at = models.DateTimeField(default=now, editable=False)

    objects = AccessCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("열람 기록 점검")
        ordering = ["-month"]

    def __str__(self) -> str:
        return _now("%(year)d년 %(month)d월 열람 기록 점검") % {
            "year": self.month.year,
            "month": self.month.month,
        }

    def get_absolute_url(self) -> str:
        return reverse("access_check", args=[self.pk])
