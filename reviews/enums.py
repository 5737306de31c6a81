"""States of a department's review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("검토자 지정 대기")
    ASSIGNED = "assigned", _("검토 중")
    SUBMITTED = "submitted", _("확인 대기")
    COMPLETED = "completed", _("검토 완료")
    RECALLED = "recalled", _("회수")


OPEN_REVIEW_STATES = (ReviewState.WAITING, ReviewState.ASSIGNED, ReviewState.SUBMITTED)
