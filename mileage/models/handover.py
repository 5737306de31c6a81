"""Learning hours handed over to general affairs, each entry at most once (M7)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from basis.official import check_document_number, in_office_language
from core.now import now
from core.permissions import can
from mileage.enums import HandoverState
from mileage.models.ledger import Entry
from organization.models import Department

USER = settings.AUTH_USER_MODEL


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> "HandoverQuerySet":
        return self if can(user, "mileage.view_hours") else self.none()


class Handover(models.Model):
    """One list handed over with an official document. `count` and `amount` (hundredths of an hour) of its lines."""

    number = models.PositiveIntegerField(_("인계 번호"), unique=True)
    handed_on = models.DateField(_("인계일"))
    document = models.CharField(_("문서번호"), max_length=60, validators=[check_document_number])
    state = models.CharField(
        _("상태"), max_length=10, choices=HandoverState.choices, default=HandoverState.MADE
    )
    count = models.PositiveIntegerField(_("건수"), default=0)
    amount = models.BigIntegerField(_("인정시간"), default=0)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("인계자"))
    made_at = models.DateTimeField(_("기록 일시"), default=now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("상시학습 인계")
        ordering = ["-number"]

    @in_office_language
    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mileage:handover", args=[self.pk])

    @property
    def title(self) -> str:
        return gettext("상시학습 인계 제%(number)d호") % {"number": self.number}


class HandoverLine(models.Model):
    """One entry as it was handed over: the person's number, department and position of the day, name.

    `stands` is False once the handover was withdrawn; the entry is then free again.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="handover_lines")
    stands = models.BooleanField(default=True)
    employee_number = models.CharField(_("직원번호"), max_length=20)
    name = models.CharField(_("성명"), max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    department_name = models.CharField(_("부서"), max_length=60)
    position = models.CharField(_("직위"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("인계한 기록")
        ordering = ["handover", "employee_number", "entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(stands=True), name="an_entry_is_handed_over_once"
            ),
            models.UniqueConstraint(fields=["handover", "entry"], name="one_line_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.entry_id}"
