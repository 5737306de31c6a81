"""Words of contests and savings bonuses within the office (E5, E6)."""

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


class Saving(models.TextChoices):
    """What a savings bonus is for; each has a limit of its own (E6)."""

    PERSONNEL = "personnel", _("인건비 절감")
    RUNNING = "running", _("경상경비 절감")
    PROJECT = "project", _("주요사업비 절감")
    INCOME = "income", _("수입 증대")


class BonusState(models.TextChoices):
    DRAFT = "draft", _("작성 중")
    NOMINATED = "nominated", _("실무심사 전")
    REVIEWED = "reviewed", _("위원회 심의 전")
    DECIDED = "decided", _("지급 전")
    GRANTED = "granted", _("지급 결정")
    REJECTED = "rejected", _("지급하지 않음")
    DROPPED = "dropped", _("신청 취하")


OPEN_BONUSES = (BonusState.DRAFT, BonusState.NOMINATED, BonusState.REVIEWED, BonusState.DECIDED)
OVER = (BonusState.REJECTED, BonusState.DROPPED)  # its cause is free again
