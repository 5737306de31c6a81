"""Work in the background: a row with a state and a lease. The broker only wakes a worker (docs/adr)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class Job(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("대기")
        RUNNING = "running", _("진행 중")
        DONE = "done", _("완료")
        FAILED = "failed", _("실패")

    kind = models.CharField(max_length=60)
    label = models.CharField(_("작업"), max_length=200)
    payload = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001  most jobs have none
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(_("시도"), default=0)
    done_units = models.PositiveIntegerField(default=0)
    total_units = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    finished_at = models.DateTimeField(_("완료 일시"), null=True)

    class Meta:
        verbose_name = _("작업")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                condition=models.Q(state__in=("queued", "running")),
                name="job_open",
            )
        ]

    def __str__(self) -> str:
        return self.label
