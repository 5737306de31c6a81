"""Open work as rows: a shadow of the states, so that one question finds what waits for somebody (R5)."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.models.clock import Clock


class OpenWorkQuerySet(models.QuerySet["OpenWork"]):
    def held_by(self, keys: Iterable[str]) -> "OpenWorkQuerySet":
        return self.filter(holders__key__in=list(keys)).distinct()

    def about(self, *kinds: type[models.Model]) -> "OpenWorkQuerySet":
        return self.filter(content_type__in=[*ContentType.objects.get_for_models(*kinds).values()])


class OpenWork(models.Model):
    """What one thing asks of somebody. Written only by `core.work.keep`; `department`: whose work it is, `day`: when
    the thing takes place, `begun`: from when the deadline counts, `since`: from when it has been asked."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    ask = models.CharField(max_length=40)
    due = models.DateField(null=True)
    paused = models.BooleanField(default=False)
    begun = models.DateField(null=True)
    clock = models.ForeignKey(Clock, models.CASCADE, null=True, related_name="+")
    department = models.BigIntegerField(null=True)
    title = models.CharField(max_length=400)
    detail = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    url = models.CharField(max_length=200)
    since = models.DateField(null=True)
    personal = models.BooleanField(default=False)
    bundled = models.BooleanField(default=False)

    objects = OpenWorkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "ask"], name="work_once")]
        indexes = [models.Index(fields=["content_type", "department", "due"], name="work_of_departments")]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} {self.ask}"


class WorkHolder(models.Model):
    """A key of `core.work.holders`."""

    work = models.ForeignKey(OpenWork, models.CASCADE, related_name="holders")
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "work"], name="work_held_once")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.key}"
