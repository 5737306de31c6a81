"""Notices on screen and the outbox of mail. A unique key makes repeating harmless (R3)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from core.now import now
from core.permissions import can

USER = settings.AUTH_USER_MODEL
INVITATION = "organization.invitation"  # mails that open an account: who has the text has the account


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        return self.filter(recipient=user)


class Notice(models.Model):
    recipient = models.ForeignKey(USER, models.CASCADE, related_name="notices")
    kind = models.CharField(_("구분"), max_length=40)
    title = models.CharField(_("제목"), max_length=200)
    body = models.TextField(_("내용"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    unique_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField(_("일시"), default=now, editable=False)
    read_at = models.DateTimeField(_("읽은 일시"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at"]),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: Any) -> "MailQuerySet":
        return self if can(user, "notifications.outbox") else self.filter(recipient=user)


class Mail(models.Model):
    """One mail to one person. The text, files and attempts stand in django-post-office's tables."""

    class State(models.TextChoices):
        QUEUED = "queued", _("발송 대기")
        SENDING = "sending", _("발송 중")
        SENT = "sent", _("발송됨")
        FAILED = "failed", _("발송 실패")
        HELD = "held", _("보류")

    email = models.OneToOneField(Email, models.PROTECT, related_name="outbox")
    recipient = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("받는 사람")
    )
    kind = models.CharField(_("구분"), max_length=40)
    unique_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(_("시도"), default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(_("오류"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    sent_at = models.DateTimeField(_("발송 일시"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("메일")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["state", "next_try_at"],
                condition=models.Q(state__in=("queued", "sending")),
                name="mail_open",
            ),
            models.Index(fields=["-created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.email.subject)

    @property
    def text(self) -> str:
        """What the outbox may show of it."""
        if self.kind == INVITATION:
            return _now("받는 사람만 볼 수 있는 링크가 들어 있어 내용을 보여 드리지 않습니다.")
        if not self.email.to:  # its courier has both (notifications.sockets)
            return _now("내용과 받는 사람은 ‘보낼 안내’에 있습니다. 여기에는 발송 상황만 남습니다.")
        return str(self.email.message)
