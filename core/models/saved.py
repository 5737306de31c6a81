"""Conditions and order of a list that somebody has given a name."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now

LONGEST = 1000  # characters of the conditions of a list


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: Any) -> "SavedFilterQuerySet":
        """One's own."""
        return self.filter(owner_id=user.pk)


class SavedFilter(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(_("목록"), max_length=200)
    label = models.CharField(_("이름"), max_length=30)
    query = models.CharField(_("조건"), max_length=LONGEST)
    saved_at = models.DateTimeField(_("저장한 때"), default=now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["path", "label"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "path", "label"], name="one_saved_filter_per_name")
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The list as it was saved."""
        return f"{self.path}?{self.query}"
