"""What planning has looked at and found nothing wrong with."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Cleared(models.Model):
    """`key` names the case, `newest` the last of its rows: with later ones it is shown again."""

    key = models.CharField(_("살펴본 것"), max_length=120, unique=True)
    label = models.CharField(_("내용"), max_length=300)
    newest = models.BigIntegerField(_("마지막 기록"))
    reason = models.CharField(_("사유"), max_length=500)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("살펴본 직원")
    )
    at = models.DateTimeField(_("살펴본 때"))

    class Meta:
        verbose_name = _("이상 없음 기록")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.label
