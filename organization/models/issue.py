"""First passwords given to many at once (D4)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.now import now
from organization.enums import IssueWay


class PasswordIssueQuerySet(models.QuerySet["PasswordIssue"]):
    def visible_to(self, user: Any) -> "PasswordIssueQuerySet":
        """Whoever gave them out, and nobody else."""
        return self.filter(made_by=user)


class PasswordIssue(models.Model):
    """The passwords themselves stand nowhere: they follow from `seed` and the system's key (services.passwords), until
    the seed is destroyed."""

    way = models.CharField(_("방법"), max_length=10, choices=IssueWay.choices)
    people = models.JSONField(_("직원"), default=list)  # keys
    seed = models.CharField(_("발급 값"), max_length=64, blank=True)
    made_by = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="+", verbose_name=_("발급자")
    )
    made_at = models.DateTimeField(_("발급 일시"), default=now, editable=False)
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+", verbose_name=_("작업"))

    objects = PasswordIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("처음 비밀번호 발급")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return _now("처음 비밀번호 %(count)d명") % {"count": len(self.people)}

    def get_absolute_url(self) -> str:
        return reverse("password_issue", args=[self.pk])
