"""The stages of a round: who scores what, how, by which criteria (E2)."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.now import today
from evaluations.enums import Body, StageState, Way
from evaluations.models.round import Round
from meetings.models import Panel


class StageQuerySet(models.QuerySet["Stage"]):
    def visible_to(self, user: Any) -> "StageQuerySet":
        return self.filter(round__in=Round.objects.visible_to(user).values("pk"))


class Stage(models.Model):
    """One time that entries are scored. `per_entry` None: every judge scores every entry, else so many do, drawn by
    `seed`, none more than `most_per_judge`. `passes`: how many of each division go on to the next stage (None: this one
    decides, together with others, by its `share` in percent of the whole). `ties`: keys of criteria that part equal
    scores, in order. Panel and days are chosen before it begins."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stages", verbose_name=_("심사"))
    order = models.PositiveSmallIntegerField(_("순서"))
    title = models.CharField(_("단계"), max_length=40)
    body = models.CharField(_("심사자"), max_length=10, choices=Body.choices, default=Body.PANEL)
    panel = models.ForeignKey(
        Panel, models.PROTECT, null=True, blank=True, related_name="stages", verbose_name=_("위원회")
    )
    state = models.CharField(_("상태"), max_length=10, choices=StageState.choices, default=StageState.WAITING)
    way = models.CharField(_("점수 계산"), max_length=10, choices=Way.choices, default=Way.TRIMMED)
    share = models.PositiveSmallIntegerField(
        _("반영 비율(%)"), default=100, validators=[MaxValueValidator(100)]
    )
    per_entry = models.PositiveSmallIntegerField(
        _("대상마다 심사자 수"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_per_judge = models.PositiveSmallIntegerField(
        _("심사자마다 최대 건수"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    passes = models.PositiveSmallIntegerField(_("다음 단계로 올릴 수"), null=True, blank=True)
    ties = models.JSONField(_("동점일 때 보는 기준"), default=list)
    seed = models.CharField(_("배정 추첨 값"), max_length=40, blank=True, editable=False)
    opens_on = models.DateField(_("채점 시작일"), null=True, blank=True)
    closes_on = models.DateField(_("채점 마감일"), null=True, blank=True)
    way_reason = models.CharField(_("계산 방식을 바꾼 사유"), max_length=200, blank=True)
    way_before = models.CharField(_("바꾸기 전 계산 방식"), max_length=10, choices=Way.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사 단계")
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="one_stage_a_place"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="stage_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(body=Body.RESIDENTS)
                | models.Q(panel__isnull=False)
                | models.Q(state=StageState.WAITING),
                name="stage_has_a_panel",
            ),
            models.CheckConstraint(
                condition=models.Q(state=StageState.WAITING)
                | models.Q(opens_on__isnull=False, closes_on__isnull=False),
                name="stage_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:stage", args=[self.pk])

    @property
    def is_split(self) -> bool:
        return self.per_entry is not None

    def takes_marks(self, day: date) -> bool:
        """Judges score in person within these days."""
        if self.state != StageState.SCORING or self.opens_on is None or self.closes_on is None:
            return False
        return self.opens_on <= day <= self.closes_on

    @property
    def takes_marks_today(self) -> bool:
        return self.takes_marks(today())


class Criterion(models.Model):
    """By what is scored: `low` and `high` say in words what few and full marks mean."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="criteria", verbose_name=_("심사 단계"))
    order = models.PositiveSmallIntegerField(_("순서"))
    key = models.CharField(_("기준 이름표"), max_length=20)
    title = models.CharField(_("기준"), max_length=40)
    low = models.CharField(_("낮은 점수의 뜻"), max_length=100, blank=True)
    high = models.CharField(_("높은 점수의 뜻"), max_length=100, blank=True)
    weight = models.PositiveSmallIntegerField(_("비중"), validators=[MinValueValidator(1)])
    most = models.PositiveSmallIntegerField(_("만점"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("심사 기준")
        ordering = ["stage", "order"]
        constraints = [models.UniqueConstraint(fields=["stage", "key"], name="one_criterion_of_a_key")]

    def __str__(self) -> str:
        return self.title
