"""Words of awards (A1–A5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receiver(models.TextChoices):
    STAFF = "staff", _("직원")
    DEPARTMENT = "department", _("부서")
    CITIZEN = "citizen", _("구민")


class AwardState(models.TextChoices):
    GRANTED = "granted", _("지급 전")
    HANDED = "handed", _("지급함")
    WITHHELD = "withheld", _("지급 보류")
    REVOKED = "revoked", _("취소")


STANDING = (AwardState.GRANTED, AwardState.HANDED, AwardState.WITHHELD)


class Tax(models.TextChoices):
    """How a prize is taxed: a citizen's from the district not at all; staff's with their pay, up to a limit free."""

    FREE = "free", _("비과세")
    EARNED = "earned", _("근로소득")
    NONE = "none", _("해당 없음")  # no money
