"""What was looked for and not found: the topics that are wanted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Miss(models.Model):
    """Nothing of who looked: only the words, how often in a month, and when last."""

    words = models.CharField(_("찾은 말"), max_length=100)
    month = models.DateField(_("달"))
    times = models.PositiveIntegerField(_("횟수"), default=0)
    last_on = models.DateField(_("마지막으로 찾은 날"))

    class Meta:
        verbose_name = _("찾지 못한 말")
        constraints = [models.UniqueConstraint(fields=["words", "month"], name="a_miss_once_a_month")]
        indexes = [models.Index(fields=["month", "-times"], name="miss_most")]

    def __str__(self) -> str:
        return self.words
