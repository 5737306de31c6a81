"""Reports that were made, who gets them, and to whom they went (R2, R3)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, parse
from core.now import now
from notifications.models import Mail
from organization.selectors import reads_all
from reports.enums import RunState

USER = settings.AUTH_USER_MODEL


class ReportRunQuerySet(models.QuerySet["ReportRun"]):
    def visible_to(self, user: Any) -> "ReportRunQuerySet":
        """Planning, executives and audit see all; others the finished ones of reports they receive."""
        if reads_all(user):
            return self
        mine = Recipient.objects.filter(person=user).values("slug")
        return self.filter(slug__in=mine, state=RunState.MADE)


class ReportRun(models.Model):
    """One making of one report for one period. Once made, its figures stand; making again is a new edition.

    `due_on` is the day of the schedule (none for what the schedule does not know), `as_of` the day its figures
    speak of, `figures` the neutral document as JSON. The Excel and HWPX files are attachments.
    """

    slug = models.CharField(_("보고서"), max_length=60)
    period = models.CharField(_("대상 기간"), max_length=10)
    edition = models.PositiveSmallIntegerField(_("판"), default=1)
    state = models.CharField(_("상태"), max_length=10, choices=RunState.choices, default=RunState.WAITING)
    due_on = models.DateField(_("예정일"), null=True)
    as_of = models.DateField(_("기준일"))
    made_at = models.DateTimeField(_("작성 일시"), null=True)
    asked_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("작성 요청")
    )
    by_mail = models.BooleanField(_("메일 발송"), default=True)
    figures = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "period", "edition"], name="one_run_an_edition")
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("reports:run", args=[self.pk])

    @property
    def key(self) -> str:
        """Names the run in jobs, notices and mails, so that repeating is harmless (R3)."""
        return f"report:{self.slug}:{self.period}:{self.edition}"

    @property
    def span(self) -> Period:
        return parse(self.period)


class Recipient(models.Model):
    """Who gets a report. Changes are kept by auditlog (D5)."""

    slug = models.CharField(_("보고서"), max_length=60)
    person = models.ForeignKey(USER, models.CASCADE, related_name="+", verbose_name=_("받는 사람"))
    added_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("등록자"))
    added_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)

    class Meta:
        verbose_name = _("보고서 받는 사람")
        ordering = ["slug", "person__department__order", "person__employee_number"]
        constraints = [models.UniqueConstraint(fields=["slug", "person"], name="one_recipient_a_report")]

    def __str__(self) -> str:
        return f"{self.slug} → {self.person_id}"


class Delivery(models.Model):
    """To whom a run went; `mail` None: on screen only, as for people without an address."""

    run = models.ForeignKey(ReportRun, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(USER, models.PROTECT, related_name="+")
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person__department__order", "person__employee_number"]
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="one_delivery_a_person")]

    def __str__(self) -> str:
        return f"{self.run_id} → {self.person_id}"
