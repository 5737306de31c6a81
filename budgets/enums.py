"""Words of budgets (V5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BudgetKind(models.TextChoices):
    """What an entry of a budget does (V5)."""

    ALLOCATE = "allocate", _("편성")
    RESERVE = "reserve", _("예정")
    RELEASE = "release", _("예정 해제")
    SPEND = "spend", _("집행")
    REPAY = "repay", _("환수")
