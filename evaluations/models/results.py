"""What comes of a round: results by entry, objections to them, corrections after they were confirmed (E4, E7)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from core.models import Pass
from core.now import now, today
from evaluations.enums import TOLD, CorrectionState, ObjectionState, RoundState
from evaluations.models.round import Entry, Grade, Round, sees_all
from meetings.models import Session

USER = settings.AUTH_USER_MODEL


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: Any) -> "ResultQuerySet":
        """Of rounds of which everybody may know, and for who reads all, of those whose scoring is over; who judges in a
        round is kept out by its page (evaluations.rules)."""
        known = Round.objects.visible_to(user)
        states = (RoundState.DRAFT, *TOLD) if sees_all(user) else TOLD
        return self.filter(entry__round__in=known.filter(state__in=states).values("pk"))


class Result(models.Model):
    """An entry's score and place, rounded once, and its grade. `parts`: score and place in each stage by its order, and
    how many sheets there were, their mean, spread, lowest and highest (evaluations.selectors.scores);
    `by_way_before`: what they were in the end by the way that stood before it was changed (E2).
    `by_order`: the grade that score and table alone would give; where the committee resolved another, `reason` says
    why (E7). `tie`: what parted it from its equals: the key of a criterion, or nothing did."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="result", verbose_name=_("심사 대상"))
    score = models.DecimalField(_("점수"), max_digits=7, decimal_places=4, null=True)
    place = models.PositiveIntegerField(_("순위"), null=True)
    parts = models.JSONField(_("단계별 점수"), default=dict)
    by_way_before = models.JSONField(_("계산 방식을 바꾸기 전"), default=dict, blank=True)
    tie = models.CharField(_("동점 처리"), max_length=20, blank=True)
    by_order = models.ForeignKey(
        Grade, models.PROTECT, null=True, related_name="+", verbose_name=_("점수 순 등급")
    )
    grade = models.ForeignKey(
        Grade, models.PROTECT, null=True, related_name="results", verbose_name=_("등급")
    )
    reason = models.CharField(_("점수 순서와 다른 사유"), max_length=500, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사 결과")
        ordering = ["entry__division", models.F("place").asc(nulls_last=True), "entry__number"]
        indexes = [models.Index(fields=["grade"], name="results_of_a_grade")]

    def __str__(self) -> str:
        return f"{self.entry} {self.grade or ''}".strip()


class Awarded(models.Model):
    """That an award was given on a result: while one stands, nothing confirmed goes back to a draft."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="awarded", verbose_name=_("심사 결과"))
    award = models.OneToOneField(Award, models.PROTECT, related_name="+", verbose_name=_("시상"))

    class Meta:
        verbose_name = _("심사에 따른 시상")

    def __str__(self) -> str:
        return str(self.award)


class ResultObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: Any) -> "ResultObjectionQuerySet":
        return self if sees_all(user) else self.filter(asked_by=user)


class Objection(models.Model):
    """An entrant objects to a result that is announced. What is written stands here alone."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="objections", verbose_name=_("심사"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="objections", verbose_name=_("심사 대상"))
    state = models.CharField(
        _("상태"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.ASKED
    )
    reason = models.TextField(_("신청 사유"), max_length=4_000)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("신청자"))
    asked_by_pass = models.ForeignKey(
        Pass, models.PROTECT, null=True, related_name="+", verbose_name=_("신청자")
    )
    asked_at = models.DateTimeField(_("신청 일시"), default=now, editable=False)
    due = models.DateField(_("답변 기한"))
    answer = models.TextField(_("답변"), max_length=4_000, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("답한 직원")
    )
    answered_at = models.DateTimeField(_("답변 일시"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ResultObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사 결과 이의")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=~models.Q(state=ObjectionState.WITHDRAWN),
                name="one_objection_an_entry",
            )
        ]
        indexes = [models.Index(fields=["state", "-asked_at"], name="result_objection_open")]

    def __str__(self) -> str:
        return f"{self.entry} – {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:objection", args=[self.pk])

    @property
    def asked_on(self) -> date:
        return localdate(self.asked_at)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: Any) -> "CorrectionQuerySet":
        return self if sees_all(user) else self.none()


class Correction(models.Model):
    """What was confirmed stays as it was; this says beside it, in public, what it should have been. One asks, another
    confirms, and the committee's session stands behind it."""

    result = models.ForeignKey(
        Result, models.PROTECT, related_name="corrections", verbose_name=_("심사 결과")
    )
    state = models.CharField(
        _("상태"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.ASKED
    )
    before = models.ForeignKey(
        Grade, models.PROTECT, null=True, related_name="+", verbose_name=_("정정 전 등급")
    )
    after = models.ForeignKey(
        Grade, models.PROTECT, null=True, related_name="+", verbose_name=_("정정 뒤 등급")
    )
    reason = models.CharField(_("정정 사유"), max_length=1_000)
    session: Any = models.ForeignKey(Session, models.PROTECT, related_name="+", verbose_name=_("의결한 회의"))
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("요청자"))
    asked_on = models.DateField(_("요청일"), default=today)
    made_at = models.DateTimeField(_("정정 일시"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사 결과 정정")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["result"],
                condition=models.Q(state=CorrectionState.ASKED),
                name="one_open_correction_a_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} → {self.after or ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("evaluations:correction", args=[self.pk])
