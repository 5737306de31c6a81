"""Indicators of a division as a tree, the path each is to go, and what was known of it when (I3, I3a, I3b)."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.now import now
from incentives.enums import Level
from incentives.models.definition import DIGITS, Definition
from incentives.models.project import Division
from incentives.reckoning import attainment
from organization.rules import is_staff

USER = settings.AUTH_USER_MODEL


def exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Any) -> "IndicatorQuerySet":
        return self if is_staff(user) else self.none()

    def standing(self) -> "IndicatorQuerySet":
        """Those not taken out."""
        return self.filter(ended_on=None)


class Indicator(Definition):
    """A field, an item, or a detail: leaves have a shape and are measured. `before`: the same of the year before.
    `made_at`: since when it is in the table (none: before that was kept)."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="indicators", verbose_name=_("부문"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("위 지표")
    )
    level = models.CharField(_("구분"), max_length=10, choices=Level.choices)
    order = models.PositiveSmallIntegerField(_("순서"))
    person: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("담당자")
    )
    response = models.TextField(_("대응 방안"), max_length=2_000, blank=True)
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="after", verbose_name=_("지난해 지표")
    )
    made_at = models.DateTimeField(_("적은 일시"), null=True, default=now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("지표")
        ordering = ["division", "order", "pk"]
        indexes = [models.Index(fields=["division", "parent"], name="indicators_of_a_division")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentives:indicator", args=[self.pk])

    @property
    def measure(self) -> attainment.Measure:
        """As the arithmetic takes it."""
        return attainment.Measure(
            attainment.Shape(self.shape),
            Fraction(self.weight),
            exact(self.target),
            exact(self.base),
            exact(self.low),
            exact(self.high),
            [(Fraction(start), Fraction(share)) for start, share in self.steps],
            Fraction(self.cap),
            Fraction(self.floor),
        )


class ValueQuerySet(models.QuerySet["Value"]):
    def visible_to(self, user: Any) -> "ValueQuerySet":
        return self if is_staff(user) else self.none()

    def known(self, moment: datetime) -> "ValueQuerySet":
        """Those that held at a moment: recorded by then, as of no later day, corrected by nothing recorded by then."""
        later = Value.objects.filter(corrects=models.OuterRef("pk"), recorded_at__lte=moment)
        held = self.filter(recorded_at__lte=moment, as_of__lte=timezone.localdate(moment))
        return held.filter(~models.Exists(later))


class Value(models.Model):
    """What was known of an indicator as of a day, by whom and from where: never overwritten, a correction names what it
    corrects (I3b)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name=_("지표"))
    as_of = models.DateField(_("기준일"))
    value = models.DecimalField(_("실적"), **DIGITS)
    source = models.CharField(_("출처"), max_length=120, blank=True)
    note = models.CharField(_("비고"), max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("정정한 실적")
    )
    recorded_at = models.DateTimeField(_("입력 일시"), default=now, editable=False)
    recorded_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("입력한 직원")
    )

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("실적")
        ordering = ["indicator", "-as_of", "-pk"]
        indexes = [models.Index(fields=["indicator", "as_of", "recorded_at"], name="values_as_known")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of} {self.value}"
