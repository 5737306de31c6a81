"""Fields of knowledge, each with who keeps it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.Model):
    """`keeper`: approves what is written in it, as planning does. A `closed` one is offered no more; what stands in it
    stays."""

    name = models.CharField(_("분야 이름"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("순서"), default=0)
    keeper: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("분야 담당"),
    )
    closed = models.BooleanField(_("쓰지 않음"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("지식 분야")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
