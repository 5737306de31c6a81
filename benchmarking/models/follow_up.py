"""What becomes of an adopted case (B7), and the field visits made for cases."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from benchmarking.enums import FollowUpState
from benchmarking.models.case import Case
from benchmarking.models.review import Review
from core.now import now
from core.official import in_office_language
from organization.models import Department
from organization.selectors import departments_of, reads_all

USER = settings.AUTH_USER_MODEL


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def named(self) -> "FollowUpQuerySet":
        """With what their names are made of."""
        return self.select_related("review__case")

    def visible_to(self, user: Any) -> "FollowUpQuerySet":
        if reads_all(user):
            return self
        return self.filter(review__department__in=departments_of(user))


class FollowUp(models.Model):
    """The way of one adopting department to 업무반영. `planned_on` moves only with a reason; the first stays."""

    review = models.OneToOneField(
        Review, models.PROTECT, related_name="follow_up", verbose_name=_("부서 검토")
    )
    state = models.CharField(
        _("상태"), max_length=10, choices=FollowUpState.choices, default=FollowUpState.PLANNED
    )
    first_planned_on = models.DateField(_("당초 시행 예정일"), null=True)
    planned_on = models.DateField(_("시행 예정일"), null=True)
    implemented_on = models.DateField(_("업무반영일"), null=True)
    result = models.TextField(_("반영 내용"), max_length=2000, blank=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("보고자")
    )
    confirmed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("확인자")
    )
    version = models.PositiveIntegerField(default=1)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("업무반영")
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["state", "planned_on"])]

    @in_office_language
    def __str__(self) -> str:
        """`2026-0012 공유주차 앱 — 교통행정과 업무반영`."""
        return f"{self.review.case} — {self.review.department_name} {gettext('업무반영')}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:follow_up", args=[self.pk])


class FieldVisitQuerySet(models.QuerySet["FieldVisit"]):
    def visible_to(self, user: Any) -> "FieldVisitQuerySet":
        """Results of visits are shared with all staff; people from outside see none."""
        return self if departments_of(user) else self.none()


class FieldVisit(models.Model):
    """A visit that was made. The counts by year stand beside the statistics of B9."""

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("사례")
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("방문 부서"))
    department_name = models.CharField(_("방문 부서"), max_length=60)
    visited_on = models.DateField(_("방문일"))
    host = models.CharField(_("방문 기관"), max_length=100)
    purpose = models.CharField(_("방문 목적"), max_length=300)
    headcount = models.PositiveSmallIntegerField(_("인원"))
    is_demo = models.BooleanField(_("시연용"), default=False)
    recorded_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("기록자")
    )
    recorded_at = models.DateTimeField(_("기록 일시"), default=now, editable=False)

    objects = FieldVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("현장체험")
        ordering = ["-visited_on", "-pk"]
        indexes = [models.Index(fields=["visited_on"])]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.host}"
