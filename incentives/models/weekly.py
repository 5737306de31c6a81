"""What is reported each Friday, and frozen (I4, I3b)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, PeriodKind
from incentives.enums import WeeklyState, WeekState
from incentives.models.project import Division
from organization.rules import is_staff

USER = settings.AUTH_USER_MODEL


class WeekQuerySet(models.QuerySet["Week"]):
    def visible_to(self, user: Any) -> "WeekQuerySet":
        return self if is_staff(user) else self.none()


class Week(models.Model):
    """A week of the year (ISO 8601). Frozen, it keeps its moment alone: what was known then follows from the values
    and from what each indicator asked for then.
    `reopened_on`: the day on which that was taken back."""

    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveSmallIntegerField(_("주"))
    due_on = models.DateField(_("보고일"))
    state = models.CharField(_("상태"), max_length=10, choices=WeekState.choices, default=WeekState.OPEN)
    frozen_at = models.DateTimeField(_("마감 일시"), null=True)
    reopened_on = models.DateField(_("마감을 푼 날"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = WeekQuerySet.as_manager()

    class Meta:
        verbose_name = _("주간 보고")
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="one_week_a_number")]

    def __str__(self) -> str:
        return self.period.label

    def get_absolute_url(self) -> str:
        return reverse("incentives:week", args=[self.pk])

    @property
    def frozen_on(self) -> date | None:
        return timezone.localdate(self.frozen_at) if self.frozen_at else None

    @property
    def period(self) -> Period:
        return Period(PeriodKind.WEEK, self.year, self.number)


class WeekReportQuerySet(models.QuerySet["WeekReport"]):
    def visible_to(self, user: Any) -> "WeekReportQuerySet":
        return self if is_staff(user) else self.none()


class WeekReport(models.Model):
    """What a division says of a week: that nothing has changed is said, not assumed. `written_by` is there from when it
    is handed in until it is taken or given back."""

    week = models.ForeignKey(Week, models.PROTECT, related_name="reports", verbose_name=_("주간 보고"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="weeks", verbose_name=_("부문"))
    state = models.CharField(_("상태"), max_length=10, choices=WeeklyState.choices, default=WeeklyState.DUE)
    unchanged = models.BooleanField(_("변동 없음"), default=False)
    problems = models.TextField(_("문제점"), max_length=2_000, blank=True)
    plans = models.TextField(_("다음 주 할 일"), max_length=2_000, blank=True)
    asked_of_others = models.TextField(_("협조를 구할 것"), max_length=1_000, blank=True)
    written_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("작성한 직원")
    )
    confirmed_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("확인한 팀장")
    )
    version = models.PositiveIntegerField(default=1)

    objects = WeekReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("부문별 주간 보고")
        ordering = ["week", "division"]
        constraints = [models.UniqueConstraint(fields=["week", "division"], name="one_report_a_week")]

    def __str__(self) -> str:
        return f"{self.week} {self.division}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:report", args=[self.pk])

    @property
    def due_on(self) -> date:
        return self.week.due_on
