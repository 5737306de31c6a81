"""Words of the knowledge board (K1, K2, K6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words

AREA = Words("knowledge.area", _("지식 영역"))
TYPE = Words("knowledge.type", _("지식 유형"))
BOARD = Words("knowledge.name", _("게시판 이름"))("board", _("지식나눔"))  # what the office calls it


class Area(models.TextChoices):
    """Where a post stands, and by which it earns (K1, K3)."""

    WORK = "work", AREA("work", _("업무나눔터"))
    FILE = "file", AREA("file", _("자료공유"))
    IDEA = "idea", AREA("idea", _("창의제안"))
    CLUB = "club", AREA("club", _("학습동아리"))


class Type(models.TextChoices):
    """What kind of knowledge it is; a manual is looked at again sooner (K1, K6)."""

    WORK = "work", TYPE("work", _("업무지식"))
    LIFE = "life", TYPE("life", _("생활지식"))
    MANUAL = "manual", TYPE("manual", _("업무편람"))


class PostState(models.TextChoices):
    DRAFT = "draft", _("작성 중")
    WAITING = "waiting", _("승인 전")
    STANDING = "standing", _("게시")
    REJECTED = "rejected", _("승인하지 않음")
    ARCHIVED = "archived", _("보관")
    DROPPED = "dropped", _("거둠")


class Validity(models.TextChoices):
    """Whether one may still go by it (K6)."""

    VALID = "valid", _("유효")
    CHECK = "check", _("확인 필요")
    OLD = "old", _("옛 자료")


SHOWN = (PostState.STANDING, PostState.ARCHIVED)  # what all staff may read
OPEN = (PostState.DRAFT, PostState.WAITING, PostState.STANDING)


class Counted(models.TextChoices):
    """What reports count of the posts that came in some days."""

    BROUGHT = "brought", _("올린 지식")
    STANDING = "standing", _("올려서 승인된 지식")
    WAITING = "waiting", _("올려서 승인을 기다리는 지식")
    REJECTED = "rejected", _("올렸으나 승인하지 않은 지식")
    RESULTS = "results", _("다른 업무의 결과")


class FlawState(models.TextChoices):
    OPEN = "open", _("답변 전")
    ACCEPTED = "accepted", _("잘못을 인정")
    DECLINED = "declined", _("잘못이 아님")
    WITHDRAWN = "withdrawn", _("알림 거둠")


class QuestionState(models.TextChoices):
    OPEN = "open", _("답을 기다림")
    CHOSEN = "chosen", _("답을 고름")
    WITHDRAWN = "withdrawn", _("질문 거둠")


class CampaignState(models.TextChoices):
    PLANNED = "planned", _("예정")
    OPEN = "open", _("진행 중")
    CLOSED = "closed", _("마감")
    WITHDRAWN = "withdrawn", _("열지 않음")
