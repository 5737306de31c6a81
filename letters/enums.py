"""Words of letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a letter reaches its recipient."""

    MAIL = "mail", _("전자우편")
    TEXT = "text", _("문자")
    POST = "post", _("우편")


class State(models.TextChoices):
    DRAFT = "draft", _("확인 전")
    READY = "ready", _("발송 대기")
    SENT = "sent", _("보냄")
    FAILED = "failed", _("보내지 못함")
    CANCELLED = "cancelled", _("보내지 않음")


OPEN = (State.DRAFT, State.READY, State.FAILED)
UNDERWAY = (State.READY, State.FAILED)
WHERE = {Way.MAIL: _("전자우편 주소"), Way.TEXT: _("전화번호"), Way.POST: _("받는 주소")}
