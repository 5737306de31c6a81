"""A file that belongs to a thing. Stored under a random name outside the web root."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.passes import by_pass, one_actor
from core.now import now


def random_path(_instance: models.Model, _name: str) -> str:
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Attachment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    subject = GenericForeignKey()
    file = models.FileField(upload_to=random_path, max_length=80)
    name = models.CharField(_("파일 이름"), max_length=200)
    size = models.PositiveBigIntegerField(_("크기"))
    mime = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    carries_code = models.BooleanField(_("프로그램 포함"), default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_by_pass = by_pass()
    uploaded_at = models.DateTimeField(default=now, editable=False)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_by_pass = by_pass()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            one_actor("uploaded_by", "file_one_uploader"),
            one_actor("removed_by", "file_one_remover"),
        ]

    def __str__(self) -> str:
        return self.name
