"""Words of the mileage ledger (M1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """What is counted, each in its own unit."""

    CREATIVITY = "creativity", _("창의마일리지")
    KNOWLEDGE = "knowledge", _("지식활동 점수")
    LEARNING = "learning", _("상시학습")
    PERFORMANCE = "performance", _("성과포인트")

    @property
    def unit(self) -> str:
        return str(_("시간") if self == Scheme.LEARNING else _("점"))
