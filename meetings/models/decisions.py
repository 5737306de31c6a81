"""What a session gave somebody to do, and minutes corrected later (C8, E7)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.enums import (
    DecisionState,
)
from meetings.models.panels import Panel
from meetings.models.sessions import Session
from organization.models import Department
from organization.selectors import departments_of

USER = settings.AUTH_USER_MODEL


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Of the sessions one may see; once the minutes stand, those given to oneself or the own departments, too."""
        sessions = models.Q(session__in=Session.objects.visible_to(user).values("pk"))
        own = models.Q(person=user) | models.Q(department__in=departments_of(user))
        return self.filter(sessions | (own & ~models.Q(state=DecisionState.DRAFT)))


class Decision(models.Model):
    """What somebody is to do after a session, and until when (C8): by a person or a department. Work once another has
    confirmed the minutes; it stands on the next agenda until it is done."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="decisions", verbose_name=_("회의"))
    order = models.PositiveSmallIntegerField(_("순서"))
    text = models.CharField(_("할 일"), max_length=200)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="decisions", verbose_name=_("맡은 사람")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("맡은 부서")
    )
    until = models.DateField(_("기한"), null=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT
    )
    outcome = models.CharField(_("처리 결과"), max_length=500, blank=True)
    done_on = models.DateField(_("처리일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("결정 사항")
        ordering = ["session", "order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="one_decision_a_place"),
            models.CheckConstraint(
                condition=models.Q(person=None, department__isnull=False)
                | models.Q(person__isnull=False, department=None),
                name="decision_is_somebodys",
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="decisions_open")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:decision", args=[self.pk])

    @property
    def panel(self) -> Panel:
        return self.session.panel

    @property
    def whose(self) -> str:
        return self.person.full_label if self.person else str(self.department)


class Correction(models.Model):
    """The minutes written anew after they were confirmed: what stood there before stays. `accepted`: by another than
    who asked; None while that is open."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="corrections", verbose_name=_("회의"))
    before = models.TextField(_("정정 전"), max_length=20_000)
    after = models.TextField(_("정정 후"), max_length=20_000)
    reason = models.CharField(_("정정 사유"), max_length=1_000)
    asked_on = models.DateField(_("요청일"))
    accepted = models.BooleanField(_("받아들임"), null=True)
    decided_on = models.DateField(_("확인일"), null=True)

    class Meta:
        verbose_name = _("회의록 정정")
        ordering = ["session", "-pk"]

    def __str__(self) -> str:
        return f"{self.session} {self.asked_on}"
