"""What the head of every published decision has."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# The states that the mechanism knows, whatever a kind of decision calls them.
DRAFT, ANNOUNCED, CONFIRMED = "draft", "announced", "confirmed"


class Publication(models.Model):
    """A draft until it is confirmed; from then on the database refuses to change it. A subclass adds what was decided,
    and `state` with choices of its own (`state_field`).

    `confirmed_version` is the version that whoever confirmed it had seen. `seal` signs all that is frozen.
    """

    state: Any
    version = models.PositiveIntegerField(default=1)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("확정자")
    )
    confirmed_at = models.DateTimeField(_("확정 일시"), null=True)
    confirmed_version = models.PositiveIntegerField(_("확정한 판"), null=True, editable=False)
    seal = models.CharField(_("봉인"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return bool(self.state == CONFIRMED)


class Announced(Publication):
    """One that may stand as 예정 first: everybody sees it, and objects until a day."""

    objections_until = models.DateField(_("이의신청 마감일"), null=True)

    class Meta:
        abstract = True

    def takes_objections(self, day: date) -> bool:
        until = self.objections_until
        return self.state == ANNOUNCED and until is not None and day <= until

    def open_objections(self) -> int:
        """How many wait for an answer: a kind whose objections are rows counts them here."""
        return 0


def state_field(states: type[models.TextChoices]) -> "models.CharField[str, str]":
    """For a kind's own words and further states; DRAFT and CONFIRMED are among them."""
    return models.CharField(_("상태"), max_length=10, choices=states.choices, default=DRAFT)
