"""What the office writes to people who have no account, and how its kinds are worded here."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.now import now
from core.permissions import can
from letters.enums import OPEN, State, Way
from notifications.models import Mail

USER = settings.AUTH_USER_MODEL
LONGEST_TITLE, LONGEST = 200, 30_000


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        return self if can(user, "letters.plan") else self.none()

    def about(self, subject: models.Model) -> "LetterQuerySet":
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)


class Letter(models.Model):
    """One letter to one person about `subject`; `about` is that one's number, as a list names it. What only the
    recipient may know ({link}) is no part of `body`: it is filled in as the letter goes (docs/adr/0021).

    All that says who it is for stands in `name`, `to` and `body`, so that it can be destroyed in one place (D3)."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name=_("대상 구분"))
    object_id = models.PositiveBigIntegerField(_("대상 번호"))
    subject = GenericForeignKey("content_type", "object_id")
    about = models.CharField(_("대상"), max_length=60)
    kind = models.CharField(_("안내 종류"), max_length=40)
    way = models.CharField(_("보내는 방법"), max_length=10, choices=Way.choices)
    name = models.CharField(_("받는 사람"), max_length=60, blank=True)
    to = models.CharField(_("받는 곳"), max_length=254, blank=True)
    title = models.CharField(_("제목"), max_length=LONGEST_TITLE)
    body = models.TextField(_("내용"), max_length=LONGEST, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.DRAFT)
    due = models.DateField(_("보낼 기한"), null=True, blank=True)
    mail = models.OneToOneField(
        Mail, models.SET_NULL, null=True, related_name="letter", verbose_name=_("메일")
    )
    attempts = models.PositiveSmallIntegerField(_("시도"), default=0)
    error = models.CharField(_("보내지 못한 까닭"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("작성 일시"), default=now, editable=False)
    refused = models.BooleanField(_("받는 곳이 거절됨"), default=False, editable=False)
    sent_at = models.DateTimeField(_("발송 일시"), null=True)
    sent_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("발송 처리한 직원")
    )
    forgotten_on = models.DateField(_("파기일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("보낼 안내")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["-created_at"]),
            models.Index(fields=["-created_at"], condition=models.Q(state__in=OPEN), name="letter_open"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.pk])


class Wording(models.Model):
    """How this office words letters of a kind, where not as the kind itself does (`sockets.LetterKind`)."""

    kind = models.CharField(_("안내 종류"), max_length=40, unique=True)
    title = models.CharField(_("제목"), max_length=LONGEST_TITLE)
    body = models.TextField(_("내용"), max_length=LONGEST)
    edited_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("고친 직원"))
    edited_at = models.DateTimeField(_("고친 일시"), default=now)

    class Meta:
        verbose_name = _("안내문")

    def __str__(self) -> str:
        return self.kind
