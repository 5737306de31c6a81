"""Calls for proposals: always open, on a theme set by a department, or the citizens' contest (P4)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.formats import date_weekday, days_between
from core.now import today
from organization.models import Department
from organization.selectors import departments_of, reads_all
from proposals.enums import ADDRESSED, Audience, CallKind, CallState, Field, Kind


class CallQuerySet(models.QuerySet["Call"]):
    def out(self) -> "CallQuerySet":
        return self.filter(state=CallState.PUBLISHED)

    def for_kind(self, kind: str) -> "CallQuerySet":
        """Those that this kind of proposal may answer."""
        return self.filter(audience__in=ADDRESSED[Kind(kind)])

    def open_on(self, day: date) -> "CallQuerySet":
        lasting = models.Q(closes_on=None) | models.Q(closes_on__gte=day)
        return self.out().filter(lasting, opens_on__lte=day)

    def begun_by(self, day: date) -> "CallQuerySet":
        """Open that day, or closed before it."""
        return self.out().filter(opens_on__lte=day)

    def visible_to(self, user: Any) -> "CallQuerySet":
        """What is out, to all staff; what is being prepared, to its department and to who reads all."""
        if reads_all(user):
            return self
        if not (own := departments_of(user)):
            return self.none()
        out = models.Q(state__in=(CallState.PUBLISHED, CallState.WITHDRAWN))
        return self.filter(out | models.Q(department__in=own))


class Call(models.Model):
    """Whether it is open stands nowhere: its days say so."""

    kind = models.CharField(_("공모 종류"), max_length=10, choices=CallKind.choices)
    audience = models.CharField(
        _("낼 수 있는 사람"), max_length=10, choices=Audience.choices, default=Audience.EVERYBODY
    )
    title = models.CharField(_("공모 이름"), max_length=100)
    field = models.CharField(_("분야"), max_length=15, choices=Field.choices, blank=True)
    text = models.TextField(_("공모 내용"), max_length=4_000)
    prize = models.TextField(_("시상 내용"), max_length=1_000, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("담당 부서"))
    opens_on = models.DateField(_("시작일"))
    closes_on = models.DateField(_("마감일"), null=True, blank=True)
    result_on = models.DateField(_("결과 발표일"), null=True, blank=True)
    result_place = models.CharField(_("결과를 알리는 곳"), max_length=100, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("작성한 직원")
    )
    version = models.PositiveIntegerField(default=1)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("공모")
        ordering = ["-opens_on", "-pk"]
        indexes = [models.Index(fields=["state", "opens_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on=None, kind=CallKind.ALWAYS)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="call_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:desk_call", args=[self.pk])

    @property
    def is_out(self) -> bool:
        return self.state == CallState.PUBLISHED

    @property
    def is_open(self) -> bool:
        return self.is_out and self.opens_on <= today() and not self.is_closed

    @property
    def is_closed(self) -> bool:
        return self.closes_on is not None and self.closes_on < today()

    @property
    def days(self) -> str:
        """From when to when, in words."""
        if self.closes_on is None:
            return _("%(first)s부터 늘") % {"first": date_weekday(self.opens_on)}
        return days_between(self.opens_on, self.closes_on)

    def takes(self, kind: str) -> bool:
        """Whether it is meant for this kind of proposal."""
        return self.audience in ADDRESSED[Kind(kind)]


CALL = (
    "kind", "audience", "title", "field", "text", "prize", "department", "opens_on", "closes_on", "result_on",
    "result_place",
)  # fmt: skip
