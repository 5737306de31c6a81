"""Words of contests within the office (E5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContestState(models.TextChoices):
    DRAFT = "draft", _("준비")
    OPEN = "open", _("접수 공고")
    JUDGED = "judged", _("시상 확정")
    WITHDRAWN = "withdrawn", _("거둠")


class PracticeState(models.TextChoices):
    ASKED = "asked", _("작성 전")
    DRAFT = "draft", _("작성 중")
    WAITING = "waiting", _("부서장 확인 전")
    ENTERED = "entered", _("제출")
    MISSED = "missed", _("내지 않음")


OPEN_PRACTICES = (PracticeState.ASKED, PracticeState.DRAFT, PracticeState.WAITING)
WRITTEN = (PracticeState.ASKED, PracticeState.DRAFT)  # in which it is written
