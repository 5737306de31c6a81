"""Words of panels and their sessions (O4, E7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chair(models.TextChoices):
    """What a seat is in its panel."""

    CHAIR = "chair", _("위원장")
    VICE = "vice", _("부위원장")
    MEMBER = "member", _("위원")
    SECRETARY = "secretary", _("간사")


VOTING = (Chair.CHAIR, Chair.VICE, Chair.MEMBER)


class Basis(models.TextChoices):
    """How somebody came to the seat: with the post, or for a term."""

    EX_OFFICIO = "ex_officio", _("당연직")
    APPOINTED = "appointed", _("위촉직")


class Sex(models.TextChoices):
    FEMALE = "female", _("여성")
    MALE = "male", _("남성")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("예정")
    HELD = "held", _("회의록 작성 중")
    CONFIRMED = "confirmed", _("회의록 확정")
    CANCELLED = "cancelled", _("취소")


class Outcome(models.TextChoices):
    PASSED = "passed", _("원안 의결")
    AMENDED = "amended", _("수정 의결")
    REJECTED = "rejected", _("부결")
    DEFERRED = "deferred", _("보류")
