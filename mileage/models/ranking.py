"""Rankings by points, frozen when confirmed, and which of their awards were handed over (M5)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from basis.official import in_office_language
from basis.periods import Period, parse
from core.permissions import can
from core.publishing.models import Publication, state_field
from mileage.contests import Contest, contest_of
from mileage.enums import RankingKind, RankingState
from organization.models import Department

USER = settings.AUTH_USER_MODEL


class RankingQuerySet(models.QuerySet["Ranking"]):
    def visible_to(self, user: Any) -> "RankingQuerySet":
        """Planning and audit see all, staff what is confirmed."""
        if can(user, "mileage.view_all"):
            return self
        return self.confirmed() if can(user, "mileage.see_rankings") else self.none()

    def confirmed(self) -> "RankingQuerySet":
        return self.filter(state=RankingState.CONFIRMED)


class Ranking(Publication):
    """One contest in one period, with the schemes, figures, exclusions and tie rule that it was made with."""

    kind = models.CharField(_("구분"), max_length=20, choices=RankingKind.choices)
    period = models.CharField(_("기간"), max_length=8)
    ends_on = models.DateField(_("기간 말"))
    state = state_field(RankingState)
    schemes = models.JSONField(_("반영 점수"), default=list)
    winners = models.PositiveSmallIntegerField(_("선정 인원"))
    prize = models.PositiveIntegerField(_("시상 금액"), default=0)
    by_head = models.BooleanField(_("1인당 비교"), default=False)
    exclusions = models.JSONField(_("제외 기준"), default=list)
    tie_rule = models.TextField(_("동점 처리"))
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("작성자"))
    made_at = models.DateTimeField(_("계산 일시"))

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = _("순위")
        ordering = ["-ends_on", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="one_ranking_a_period")]
        indexes = [models.Index(fields=["state", "-ends_on"])]

    @in_office_language
    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mileage:ranking", args=[self.pk])

    @property
    def contest(self) -> Contest:
        return contest_of(self.kind)

    @property
    def span(self) -> Period:
        return parse(self.period)

    @property
    def title(self) -> str:
        return self.contest.title(self.span)


class RankingRow(models.Model):
    """A person or a department with what it was at the period's end. `place` None: left out, with the reason.

    `total` in hundredths; `heads` of a department compared by head; `events` and `last_at` only of those tied.
    """

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField(_("순위"), null=True)
    wins = models.BooleanField(_("선정"), default=False)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("직원"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    number = models.CharField(max_length=20)
    department_name = models.CharField(_("부서"), max_length=60)
    position = models.CharField(_("직위"), max_length=20, blank=True)
    name = models.CharField(_("성명"), max_length=60, blank=True)
    total = models.BigIntegerField(_("점수"))
    heads = models.PositiveIntegerField(_("직원 수"), null=True)
    events = models.PositiveIntegerField(_("적립 건수"), null=True)
    last_at = models.DateTimeField(_("점수 도달 일시"), null=True)
    left_out = models.CharField(_("제외 사유"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("순위 줄")
        ordering = ["ranking", models.F("place").asc(nulls_last=True), "-total", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "place"], name="one_row_a_place"),
            models.UniqueConstraint(
                fields=["ranking", "user"], condition=~models.Q(user=None), name="one_row_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking_id} {self.place} {self.number} {self.total}"

    @property
    def label(self) -> str:
        """`부서 직위 이름`: who is honoured is named."""
        return " ".join(filter(None, [self.department_name, self.position, self.name]))


class Given(models.Model):
    """That a winner's award has been handed over: while it stands, the ranking stays confirmed."""

    row = models.OneToOneField(RankingRow, models.PROTECT, related_name="given", verbose_name=_("수상자"))
    award = models.OneToOneField(Award, models.PROTECT, related_name="+", verbose_name=_("시상"))

    class Meta:
        verbose_name = _("순위에 따른 시상")

    def __str__(self) -> str:
        return str(self.award)
