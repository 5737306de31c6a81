"""States of an intake, and the steps in which it is worked on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntakeState(models.TextChoices):
    OPEN = "open", _("작성 중")
    SAVED = "saved", _("저장됨")
    UNDONE = "undone", _("되돌림")
    DROPPED = "dropped", _("그만둠")


class Step(models.TextChoices):
    FILE = "file", _("파일")
    TABLES = "tables", _("표")
    WORDS = "words", _("열과 값")
    ROWS = "rows", _("고칠 행")
    SAVE = "save", _("확인하고 저장")
