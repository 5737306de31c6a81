"""Tries to log in that were wrong so far (D4)."""

from django.db import models


class LoginTries(models.Model):
    """Counted for an account, a place, or both (organization.services.tries). `who` is a digest: what people type into
    the wrong box is often a password."""

    who = models.CharField(max_length=32, blank=True)
    place = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "place"], name="tries_once")]

    def __str__(self) -> str:
        return f"{self.who} {self.place} {self.count}"
