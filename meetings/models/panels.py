"""Panels and who sits in them, from a day to a day (O4)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meetings.enums import (
    RUNNING,
    Basis,
    Chair,
    Every,
    PanelState,
    SeatState,
    Sex,
)
from meetings.kinds import COMMITTEE, KINDS, PanelKind
from organization.rules import is_staff
from organization.selectors import reads_all

USER = settings.AUTH_USER_MODEL


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: Any) -> "PanelQuerySet":
        """Staff know which panels there are; who is none of the staff, those they sit in."""
        return self if is_staff(user) or reads_all(user) else self.filter(seats__user=user).distinct()

    def committees(self) -> "PanelQuerySet":
        return self.filter(kind=COMMITTEE)

    def running(self) -> "PanelQuerySet":
        return self.filter(state__in=RUNNING)


class Panel(models.Model):
    """A committee, those who score a contest, or a group that meets (`kind`: meetings.kinds). `decides`: on proposals,
    so that its composition is bound (O4). `size`: how many it should have. `every`: it meets at least once in each of
    these, or when there is need."""

    kind = models.CharField(_("구분"), max_length=20, default=COMMITTEE, editable=False)
    name = models.CharField(_("이름"), max_length=60)
    state = models.CharField(
        _("상태"), max_length=10, choices=PanelState.choices, default=PanelState.STANDING, editable=False
    )
    purpose = models.TextField(_("하는 일"), max_length=1_000, blank=True)
    decides = models.BooleanField(_("제안을 결정하는 위원회"), default=False)
    size = models.PositiveSmallIntegerField(_("정원"))
    every = models.CharField(_("정기 회의"), max_length=10, choices=Every.choices, blank=True)
    begun_on = models.DateField(_("구성일"))
    ended_on = models.DateField(_("해산일"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("위원회·평가단")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.kind_of.page(self)

    @property
    def kind_of(self) -> PanelKind:
        return KINDS[self.kind]


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> "SeatQuerySet":
        """Of the panels one may know of."""
        return self.filter(panel__in=Panel.objects.visible_to(user).values("pk"))

    def committees(self) -> "SeatQuerySet":
        return self.filter(panel__kind=COMMITTEE)

    def on(self, day: date) -> "SeatQuerySet":
        """Those whose term has this day."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class Seat(models.Model):
    """Somebody in a panel from a day to a day. `official`: serves an office; `sex` only of the appointed, for the check
    of the composition; `belongs`: where who is none of the staff comes from; `team`: the number of the group within
    the panel. A renewed term is a seat of its own."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seats", verbose_name=_("위원회"))
    user = models.ForeignKey(USER, models.PROTECT, related_name="seats", verbose_name=_("위원"))
    state = models.CharField(
        _("상태"), max_length=10, choices=SeatState.choices, default=SeatState.SITTING, editable=False
    )
    chair = models.CharField(_("직책"), max_length=10, choices=Chair.choices, default=Chair.MEMBER)
    team = models.PositiveSmallIntegerField(_("분임"), null=True, blank=True)
    belongs = models.CharField(_("소속과 직함"), max_length=60, blank=True)
    basis = models.CharField(_("위촉 구분"), max_length=10, choices=Basis.choices, default=Basis.APPOINTED)
    official = models.BooleanField(_("공무원"), default=True)
    sex = models.CharField(_("성별"), max_length=6, choices=Sex.choices, blank=True)
    starts_on = models.DateField(_("임기 시작일"))
    ends_on = models.DateField(_("임기 종료일"), null=True, blank=True)
    end_reason = models.CharField(_("임기를 마친 사유"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("위원")
        ordering = ["panel", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="term_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.panel}, {self.user}"

    def get_absolute_url(self) -> str:
        """It stands on the panel's page."""
        return f"{self.panel.get_absolute_url()}#seat-{self.pk}"

    @property
    def chair_label(self) -> str:
        """As its panel calls it."""
        return self.panel.kind_of.chair_label(self.chair)

    @property
    def place(self) -> str:
        """`1분임 총무`, `회장`."""
        if self.team is None:
            return self.chair_label
        return _now("%(team)d분임 %(chair)s") % {"team": self.team, "chair": self.chair_label}

    @property
    def label(self) -> str:
        """`소속 직함 이름`: by what the panel knows the person."""
        return f"{self.belongs} {self.user.name}" if self.belongs else self.user.full_label

    def sits_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
