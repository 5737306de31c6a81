"""Without migrations: the test databases make the table as it stands here. So it may not refer to tables with them."""

from django.db import models


class SlipState(models.TextChoices):
    SENT = "sent", "회신 대기"
    ANSWERED = "answered", "회신"
    CLOSED = "closed", "종결"


class Slip(models.Model):
    title = models.CharField("제목", max_length=100)
    state = models.CharField("상태", max_length=10, choices=SlipState.choices, default=SlipState.SENT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "회신표"

    def __str__(self) -> str:
        return self.title
