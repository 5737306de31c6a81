"""What becomes of an adopted case (B7)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from basis.official import in_office_language
from benchmarking.enums import FollowUpState
from benchmarking.models.review import Review
from core.models import Dated
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


class FollowUp(Dated):
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
    # The review's version when this was dropped: a later one means that the department has decided anew.
    dropped_version = models.PositiveIntegerField(_("중단할 때의 검토 판"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("업무반영")
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["state", "planned_on"])]

    @in_office_language
    def __str__(self) -> str:
        """`2026-0012 공유주차 앱 — 교통행정과 업무반영`."""
        kind = gettext("업무반영")
        return f"{self.review.case} — {self.review.department_name} {kind}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:follow_up", args=[self.pk])
