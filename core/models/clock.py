"""A deadline that is computed, never counted: start, rule, length, pauses, extensions (O6–O9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.passes import by_pass, one_actor
from core.now import now

USER = settings.AUTH_USER_MODEL


class Clock(models.Model):
    """Days or months from `start`. `due` is the current deadline, `original_due` the first one; both are kept."""

    kind = models.CharField(max_length=40, help_text="Whose deadline this is, e.g. benchmarking.review")
    start = models.DateField(_("기산일"))
    rule = models.CharField(max_length=20, default="civil")
    length = models.PositiveIntegerField(_("기간"))
    unit = models.CharField(max_length=10, default="days")
    original_due = models.DateField(_("당초 기한"))
    due = models.DateField(_("기한"))
    paused = models.BooleanField(_("정지 중"), default=False)
    closed_on = models.DateField(_("완료일"), null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "due"], condition=models.Q(closed_on=None), name="clock_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start} → {self.due}"


class ClockAdjustment(models.Model):
    """A pause (start..end, both inclusive; no end while it lasts) or an extension.

    An extension's `start` is the day it was granted, its `end` the new date.
    """

    class Kind(models.TextChoices):
        PAUSE = "pause", _("기한 정지")
        EXTENSION = "extension", _("기한 연장")

    class State(models.TextChoices):
        REQUESTED = "requested", _("승인 대기")
        APPROVED = "approved", _("승인")
        REJECTED = "rejected", _("반려")
        WITHDRAWN = "withdrawn", _("취하")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="adjustments")
    kind = models.CharField(_("구분"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.REQUESTED)
    start = models.DateField(_("시작일"))
    end = models.DateField(_("종료일"), null=True, blank=True)
    reason = models.TextField(_("사유"))
    requested_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    requested_by_pass = by_pass()
    requested_at = models.DateTimeField(default=now, editable=False)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_by_pass = by_pass()
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(_("처리 의견"), blank=True)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "kind"],
                condition=models.Q(state="requested"),
                name="one_open_request_per_kind",
                violation_error_message=_("처리를 기다리는 신청이 이미 있습니다."),
            ),
            one_actor("requested_by", "adjustment_one_asker"),
            one_actor("decided_by", "adjustment_one_decider"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end} ({self.state})"

    @property
    def asker(self) -> str:
        """Who asked for it, for people to read."""
        return str(self.requested_by or self.requested_by_pass or _("시스템"))


class ClockChange(models.Model):
    """Why and when a deadline moved: old and new (O7, O9)."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="changes")
    old_due = models.DateField()
    new_due = models.DateField()
    cause = models.CharField(max_length=200)
    at = models.DateTimeField(default=now, editable=False)
    actor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    actor_pass = by_pass()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [one_actor("actor", "change_one_actor")]

    def __str__(self) -> str:
        return f"{self.old_due} → {self.new_due}"
