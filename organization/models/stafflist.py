"""A file of staff as it was taken in: compared with the office, applied in one go, taken back (O2)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.now import now, today
from core.permissions import can
from organization.enums import StaffListState


class StaffListQuerySet(models.QuerySet["StaffList"]):
    def visible_to(self, user: Any) -> "StaffListQuerySet":
        return self if can(user, "organization.manage") else self.none()


class StaffList(models.Model):
    """`rows` as `organization.comparison.Row`; `leavers` are the keys of those not in it who were ticked as left;
    `done` is what applying it did, for taking it back."""

    title = models.CharField(_("이름"), max_length=100)
    day = models.DateField(_("발령일"), default=today)
    state = models.CharField(
        _("상태"), max_length=10, choices=StaffListState.choices, default=StaffListState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    rows = models.JSONField(default=list)
    leavers = models.JSONField(default=list)
    done = models.JSONField(default=list)
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(
        "organization.User", models.PROTECT, null=True, related_name="+", verbose_name=_("등록자")
    )
    made_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)

    objects = StaffListQuerySet.as_manager()

    class Meta:
        verbose_name = _("직원 명단")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("staff_list", args=[self.pk])
