"""Pieces of the texts of things: how similar ones are found, the same on every database."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class Gram(models.Model):
    """One piece of the text of one thing. `core.similar` alone writes and reads them."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, db_index=False, related_name="+")
    object_id = models.BigIntegerField()
    gram = models.CharField(max_length=3)  # two letters; with a mark before them, the beginning of a word

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "gram", "object_id"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return self.gram
