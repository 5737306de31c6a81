"""Without migrations: the test databases make the table as it stands here."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.urls import reverse

from core.now import today
from core.permissions import can


class SlipState(models.TextChoices):
    SENT = "sent", "회신 대기"
    ANSWERED = "answered", "회신"
    CLOSED = "closed", "종결"


class SlipQuerySet(models.QuerySet["Slip"]):
    def visible_to(self, user: Any) -> "SlipQuerySet":
        return self if can(user, "throwaway.list") else self.none()


def in_a_week() -> date:
    return today() + timedelta(days=7)


class Slip(models.Model):
    title = models.CharField("제목", max_length=100)
    state = models.CharField("상태", max_length=10, choices=SlipState.choices, default=SlipState.SENT)
    sent_on = models.DateField("보낸 날", default=today)
    answer_by = models.DateField("회신 기한", default=in_a_week)
    version = models.PositiveIntegerField(default=1)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "회신표"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("throwaway:desk", args=[self.pk])
