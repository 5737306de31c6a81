"""What an indicator asks for, and what it asked for until that was changed (I3b)."""

import copy
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now
from incentives.enums import Shape

DIGITS: dict[str, Any] = {"max_digits": 18, "decimal_places": 6}


class Definition(models.Model):
    """What a score is reckoned with. `steps`: from which value on how much of the full score, as [[value, share], …] in
    texts. `path`: what is to be reached by the end of each month, where somebody typed it. `cumulative`: it only grows
    over the year."""

    name = models.CharField(_("지표"), max_length=200)
    weight = models.DecimalField(_("배점"), max_digits=7, decimal_places=3, default=0)
    unit = models.CharField(_("단위"), max_length=20, blank=True)
    shape = models.CharField(_("산식"), max_length=10, choices=Shape.choices, blank=True)
    target = models.DecimalField(_("목표"), null=True, blank=True, **DIGITS)
    base = models.DecimalField(_("기준값"), null=True, blank=True, **DIGITS)
    low = models.DecimalField(_("범위 아래"), null=True, blank=True, **DIGITS)
    high = models.DecimalField(_("범위 위"), null=True, blank=True, **DIGITS)
    steps = models.JSONField(_("구간표"), default=list, blank=True)
    cap = models.DecimalField(_("달성률 상한"), max_digits=5, decimal_places=2, default=1)
    floor = models.DecimalField(_("달성률 하한"), max_digits=5, decimal_places=2, default=0)
    cumulative = models.BooleanField(_("누계"), default=True)
    path = models.JSONField(_("월별 목표"), default=list, blank=True)
    ended_on = models.DateField(_("뺀 날"), null=True)

    class Meta:
        abstract = True


TERMS = tuple(field.name for field in Definition._meta.local_fields)


class Former(Definition):
    """What an indicator was `until` it was changed: kept beside it, so that a frozen week is reckoned with what it was
    reckoned with then. What it is now stands in the indicator alone."""

    indicator: Any = models.ForeignKey(
        "incentives.Indicator", models.PROTECT, related_name="formers", verbose_name=_("지표")
    )
    until = models.DateTimeField(_("고친 일시"), default=now, editable=False)
    changed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("고친 직원")
    )

    class Meta:
        verbose_name = _("고치기 전 지표")
        ordering = ["indicator", "until", "pk"]
        indexes = [models.Index(fields=["indicator", "until"], name="indicators_as_known")]

    def __str__(self) -> str:
        return f"{self.name} ~{self.until}"

    @classmethod
    def of(cls, one: Any, **values: Any) -> "Former":
        """Unsaved, of the indicator as it stands."""
        return cls(indicator=one, **{name: getattr(one, name) for name in TERMS}, **values)

    def worn_by(self, one: Any) -> Any:
        """The indicator with these terms: to reckon with, never to be saved."""
        worn = copy.copy(one)
        for name in TERMS:
            setattr(worn, name, getattr(self, name))
        return worn
