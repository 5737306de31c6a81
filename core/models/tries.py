"""Tries that were wrong, or many (core.tries)."""

from django.db import models


class Tries(models.Model):
    """Counted for somebody, a place, or both. `who` is a digest: what people type into the wrong box is often a
    password."""

    who = models.CharField(max_length=32, blank=True)
    place = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "place"], name="tries_counted_once")]

    def __str__(self) -> str:
        return f"{self.who} {self.place} {self.count}"
