"""Stretches of the texts of things, as a search finds them, and which files were read for them."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.attachment import Attachment
from core.now import now


class Place(models.IntegerChoices):
    """Where in a thing a text stands; first what says most of it."""

    TITLE = 1, _("제목")
    TAGS = 2, _("꼬리표")
    BODY = 3, _("본문")
    FILE_NAME = 4, _("파일 이름")
    FILE = 5, _("첨부 파일")


class Passage(models.Model):
    """One stretch of a text of one thing. `core.finding` alone writes and reads them; the index over `dense` is the
    database's own (`core.finding.database`).

    `number`: which stretch of its text; they overlap. `weight`, of a hundred, and `day`, a number, are those of the
    thing.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False, related_name="+")
    object_id = models.BigIntegerField()
    place = models.PositiveSmallIntegerField(choices=Place.choices)
    weight = models.PositiveSmallIntegerField()
    day = models.IntegerField()
    file = models.ForeignKey(Attachment, models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    text = models.TextField()
    dense = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.place} {self.object_id}"


class Reading(models.Model):
    """A file was read for its text, or could not be: `reason` says why, to people."""

    file = models.OneToOneField(Attachment, models.CASCADE, primary_key=True, related_name="reading")
    read_at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200, blank=True)
    cut = models.BooleanField(default=False)  # longer than what is read of a file

    def __str__(self) -> str:
        return self.reason or "read"
