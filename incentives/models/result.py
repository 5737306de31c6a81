"""What was won, what the departments get of it, and who is thanked (I6–I9)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from incentives.enums import Behind, Money, PayoutState, Role, Tier
from incentives.models.project import Division
from organization.models import Department

USER = settings.AUTH_USER_MODEL


class GradeName(models.Model):
    """Which of the three tiers a grade's name stands for (I9); planning keeps the list."""

    name = models.CharField(_("등급 이름"), max_length=30, unique=True)
    tier = models.CharField(_("급"), max_length=10, choices=Tier.choices)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("등급 이름")
        ordering = ["tier", "name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_tier_display()}"


class Result(models.Model):
    """Of a division: the grade as the evaluator calls it, and its tier (none where nobody has said)."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="results", verbose_name=_("부문"))
    number = models.PositiveSmallIntegerField(_("연번"), null=True, blank=True)
    title = models.CharField(_("평가 이름"), max_length=120)
    grade = models.CharField(_("평가 결과"), max_length=40)
    tier = models.CharField(_("급"), max_length=10, choices=Tier.choices, blank=True)
    rank = models.PositiveSmallIntegerField(_("순위"), null=True, blank=True)
    score = models.DecimalField(_("점수"), max_digits=8, decimal_places=3, null=True, blank=True)
    decided_on = models.DateField(_("발표일"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("평가 결과")
        ordering = ["-decided_on", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.grade}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:result", args=[self.pk])


class Share(models.Model):
    """A department behind a result, as the result names it, the first of the owners answering for it; in percent what
    it gets of the bonus as that owner decided. The amounts add up exactly."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="shares", verbose_name=_("평가 결과"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    role = models.CharField(_("역할"), max_length=10, choices=Role.choices)
    order = models.PositiveSmallIntegerField(_("순서"))
    percent = models.PositiveSmallIntegerField(_("비율(%)"), null=True)
    amount = models.PositiveBigIntegerField(_("금액(원)"), null=True)

    class Meta:
        verbose_name = _("부서별 포상금")
        ordering = ["result", "order"]
        constraints = [
            models.UniqueConstraint(fields=["result", "department"], name="one_share_a_department")
        ]

    def __str__(self) -> str:
        return f"{self.department_name} ({self.get_role_display()})"


class Elsewhere(models.Model):
    """How another district did in the same evaluation."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="elsewhere", verbose_name=_("평가 결과"))
    district = models.CharField(_("자치구"), max_length=30)
    grade = models.CharField(_("평가 결과"), max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(_("순위"), null=True, blank=True)
    score = models.DecimalField(_("점수"), max_digits=8, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("다른 자치구의 결과")
        ordering = ["result", "rank", "district"]
        constraints = [models.UniqueConstraint(fields=["result", "district"], name="one_line_a_district")]

    def __str__(self) -> str:
        return f"{self.district} {self.grade}"


class YearSum(models.Model):
    """What a year brought where its results are not known one by one (the four-year table, I6). `rank` by money among
    the districts of the city; `named`: the wins as the office's plan names them."""

    year = models.PositiveSmallIntegerField(_("연도"), unique=True)
    rank = models.PositiveSmallIntegerField(_("순위"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("수상금(원)"))
    wins = models.PositiveSmallIntegerField(_("수상(건)"), null=True, blank=True)
    named = models.CharField(_("수상 내역"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("연도별 수상 현황")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Prize(models.Model):
    """Money that came in for a result, by its kind."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="prizes", verbose_name=_("평가 결과"))
    money = models.CharField(_("구분"), max_length=10, choices=Money.choices)
    amount = models.PositiveBigIntegerField(_("금액(원)"))
    received_on = models.DateField(_("받은 날"), null=True, blank=True)

    class Meta:
        verbose_name = _("수상금")
        ordering = ["result", "pk"]

    def __str__(self) -> str:
        return f"{self.result} {self.amount}"


class Payout(models.Model):
    """The bonus of a result: reckoned, planned, approved, agreed, asked for, paid (I7). `choice` with its reason where
    the plan is silent."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="payout", verbose_name=_("평가 결과"))
    amount = models.PositiveBigIntegerField(_("포상금(원)"), null=True)
    why = models.CharField(_("산정 근거"), max_length=30)
    choice = models.CharField(_("정한 기준"), max_length=10, blank=True)
    choice_reason = models.CharField(_("정한 사유"), max_length=500, blank=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=PayoutState.choices, default=PayoutState.RECKONED
    )
    paid_on = models.DateField(_("지급일"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("포상금 지급")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.result)

    def get_absolute_url(self) -> str:
        return reverse("incentives:payout", args=[self.pk])


class Reward(models.Model):
    """Leave and commendation of one person for one result, with why not (I8)."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="rewards", verbose_name=_("평가 결과"))
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("직원"))
    label = models.CharField(_("소속·직위·성명"), max_length=120)
    part = models.CharField(_("구분"), max_length=10, choices=Behind.choices)
    place = models.PositiveSmallIntegerField(_("기여 순서"), default=0)
    known = models.BooleanField(_("평가기관의 표창"), default=False)
    days = models.PositiveSmallIntegerField(_("특별휴가(일)"), default=0)
    commended = models.BooleanField(_("표창 추천"), default=False)
    why = models.CharField(_("휴가를 주지 않는 까닭"), max_length=30, blank=True)
    why_not_commended = models.CharField(_("표창하지 않는 까닭"), max_length=30, blank=True)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+", verbose_name=_("시상"))

    class Meta:
        verbose_name = _("유공 직원")
        ordering = ["result", "pk"]
        constraints = [models.UniqueConstraint(fields=["result", "user"], name="thanked_once_a_result")]

    def __str__(self) -> str:
        return f"{self.label} {self.result}"
