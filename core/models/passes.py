"""The right to one thing for whoever holds a token, and the two columns of who acted."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class Pass(models.Model):
    """Of the token only the hash is kept. Log rows name their pass for ever, so passes end and are never deleted."""

    token_hash = models.CharField(_("링크 확인값"), max_length=64, unique=True, editable=False)
    kind = models.CharField(
        _("구분"), max_length=40, help_text="What it opens, e.g. proposals.link (core.passes.BearerKind)"
    )
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("대상 구분")
    )
    object_id = models.BigIntegerField(_("대상"))
    subject = GenericForeignKey()
    label = models.CharField(_("소지자"), max_length=100)
    expires_at = models.DateTimeField(_("만료 일시"))
    revoked_at = models.DateTimeField(_("회수 일시"), null=True)
    made_at = models.DateTimeField(_("발급 일시"), default=now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("발급자")
    )

    class Meta:
        verbose_name = _("소지자 링크")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.label

    @property
    def stands(self) -> bool:
        return self.revoked_at is None and now() < self.expires_at


def by_pass(on_delete: Any = models.PROTECT) -> Any:
    """The column `…_pass` beside a column that names a user (core.actors.columns)."""
    return models.ForeignKey(Pass, on_delete, null=True, related_name="+", db_index=False)


def one_actor(name: str, constraint: str) -> models.CheckConstraint:
    """A user or a bearer, never both; neither is the system."""
    by_user, by_bearer = models.Q(**{name: None}), models.Q(**{f"{name}_pass": None})
    return models.CheckConstraint(condition=by_user | by_bearer, name=constraint)
