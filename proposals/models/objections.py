"""What a proposer asks to be looked at again (P5, P7)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Clock
from organization.selectors import reads_all
from proposals.enums import ObjectionKind, ObjectionState
from proposals.models.handling import Decision
from proposals.models.proposal import TEXT, Proposal

USER = settings.AUTH_USER_MODEL


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: Any) -> "ObjectionQuerySet":
        return self if reads_all(user) else self.none()

    def waiting(self) -> "ObjectionQuerySet":
        """Neither decided nor withdrawn."""
        return self.filter(state=ObjectionState.ASKED)


class Objection(models.Model):
    """Of each kind once a proposal, not counting those that were withdrawn. What the committee did is a plain record:
    the day of its session, how many sat in it, and its minutes."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="objections", verbose_name=_("제안"))
    kind = models.CharField(_("구분"), max_length=10, choices=ObjectionKind.choices)
    state = models.CharField(
        _("상태"), max_length=12, choices=ObjectionState.choices, default=ObjectionState.ASKED
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="objections", verbose_name=_("다투는 결정")
    )
    reason = models.TextField(_("신청 사유"), max_length=TEXT)
    work = models.CharField(_("실시된 사업"), max_length=200, blank=True)
    asked_on = models.DateField(_("신청일"))
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, related_name="objection", verbose_name=_("결정 기한")
    )
    session_on = models.DateField(_("위원회 개최일"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("출석 위원 수"), null=True, blank=True)
    minutes = models.CharField(_("회의록 문서번호"), max_length=60, blank=True)
    answer = models.TextField(_("결정 이유"), max_length=TEXT, blank=True)
    decided_on = models.DateField(_("결정일"), null=True)
    decided_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("결정을 적은 직원")
    )
    withdrawn_on = models.DateField(_("취하일"), null=True)
    in_time = models.BooleanField(_("기한 내"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("이의·재심사")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                condition=~models.Q(state="withdrawn"),
                name="objected_once_in_a_way",
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(state="asked"), name="one_open_objection"
            ),
        ]
        indexes = [models.Index(fields=["state", "-asked_on"], name="objection_open")]

    def __str__(self) -> str:
        return f"{self.proposal} — {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:objection", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == ObjectionState.ASKED

    @property
    def for_committee(self) -> bool:
        return self.kind != ObjectionKind.OBJECTION
