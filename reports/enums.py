"""Words of reports (R1, R2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    WAITING = "waiting", _("만드는 중")
    MADE = "made", _("완료")
    FAILED = "failed", _("실패")
