"""What was won, what the departments get of it, and who is thanked (I6–I9)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from core.now import today
from incentives.enums import Behind, Kind, Money, PayoutState, Role, Tier, YearState
from incentives.models.project import Division
from organization.models import Department
from organization.rules import is_staff

USER = settings.AUTH_USER_MODEL


class GradeName(models.Model):
    """Which of the three tiers a grade's name stands for (I9), none where nobody has said. Planning keeps the list:
    these rows are what it added to `incentives.selectors.grades`, or sees otherwise."""

    name = models.CharField(_("등급 이름"), max_length=30, unique=True)
    tier = models.CharField(_("급"), max_length=10, choices=Tier.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("등급 이름")
        ordering = ["tier", "name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_tier_display()}"


class OutcomeQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: Any) -> "OutcomeQuerySet":
        """All staff know of them, as of the projects."""
        return self if is_staff(user) else self.none()


class Result(models.Model):
    """Of a division: the grade as the evaluator calls it, and its tier (none where nobody has said). A division may
    have several; what follows of money stands with its payout."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="results", verbose_name=_("부문"))
    number = models.PositiveSmallIntegerField(_("연번"), null=True, blank=True)
    title = models.CharField(_("평가 이름"), max_length=120)
    grade = models.CharField(_("평가 결과"), max_length=40)
    tier = models.CharField(_("급"), max_length=10, choices=Tier.choices, blank=True)
    rank = models.PositiveSmallIntegerField(_("순위"), null=True, blank=True)
    score = models.DecimalField(_("점수"), max_digits=8, decimal_places=3, null=True, blank=True)
    decided_on = models.DateField(_("발표일"))
    version = models.PositiveIntegerField(default=1)

    objects = OutcomeQuerySet.as_manager()

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
    """What a year brought by the office's own paper: of one kind of evaluations, as the four-year table and the summary
    of a year have it (I6). `rank` by money among the districts of the city; `named`: the wins as the paper names them,
    beside which the system's own count stands."""

    year = models.PositiveSmallIntegerField(_("연도"))
    kind = models.CharField(_("평가 구분"), max_length=10, choices=Kind.choices, default=Kind.JOINT)
    rank = models.PositiveSmallIntegerField(_("순위"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("수상금(원)"))
    wins = models.PositiveSmallIntegerField(_("수상(건)"), null=True, blank=True)
    named = models.CharField(_("수상 내역"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("연도별 수상 현황")
        ordering = ["-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="one_sum_a_year_and_kind")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


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


class PayoutQuerySet(models.QuerySet["Payout"]):
    def visible_to(self, user: Any) -> "PayoutQuerySet":
        return self if is_staff(user) else self.none()


class Payout(models.Model):
    """The bonus of a result: reckoned, planned, approved, agreed, asked for, paid (I7). `past`: it was taken in with a
    result of an earlier year, whose evaluation plan counts as told: nobody knows any more. `choice` with its reason
    where the plan is silent, `choice_tier`: by which of the fixed sums. `title`, `place` and `day` (whose year pays)
    are what the purse shows of it."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="payout", verbose_name=_("평가 결과"))
    title = models.CharField(_("평가 이름"), max_length=120, default="")
    place = models.CharField(_("주관 부서"), max_length=60, blank=True)
    day = models.DateField(_("지급 예정일"), default=today)
    amount = models.PositiveBigIntegerField(_("포상금(원)"), null=True)
    why = models.CharField(_("산정 근거"), max_length=30)
    past = models.BooleanField(_("지난 결과"), default=False)
    choice = models.CharField(_("정한 기준"), max_length=10, blank=True)
    choice_tier = models.CharField(_("정한 급"), max_length=10, choices=Tier.choices, blank=True)
    choice_reason = models.CharField(_("정한 사유"), max_length=500, blank=True)
    basis = models.TextField(_("분담 근거"), max_length=1_000, blank=True)
    document = models.CharField(_("지급계획 문서번호"), max_length=60, blank=True)
    approved_on = models.DateField(_("부구청장 결재일"), null=True)
    request = models.CharField(_("지급요청 문서번호"), max_length=60, blank=True)
    requested_on = models.DateField(_("지급 요청일"), null=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=PayoutState.choices, default=PayoutState.RECKONED
    )
    paid_on = models.DateField(_("지급일"), null=True)
    repaid = models.PositiveBigIntegerField(_("환수액(원)"), default=0)
    version = models.PositiveIntegerField(default=1)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("포상금 지급")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:result", args=[self.result_id])


class Thanks(models.Model):
    """Leave and commendations of all results of a year, reckoned together and confirmed once (I8)."""

    year = models.PositiveSmallIntegerField(_("연도"), primary_key=True)
    state = models.CharField(_("상태"), max_length=10, choices=YearState.choices, default=YearState.OPEN)
    due_on = models.DateField(_("확정 기한"))
    confirmed_on = models.DateField(_("확정일"), null=True)
    document = models.CharField(_("결정 문서번호"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("유공 직원 격려")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("incentives:thanks", args=[self.year])

    def behind(self) -> "models.QuerySet[Reward]":
        """All who stand behind the results of the year."""
        return Reward.objects.filter(result__division__project__year=self.year)


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
    why = models.CharField(_("휴가를 주지 않는 까닭"), max_length=120, blank=True)
    why_not_commended = models.CharField(_("표창하지 않는 까닭"), max_length=120, blank=True)
    instead_of = models.CharField(_("대신 추천받은 직원"), max_length=120, blank=True)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+", verbose_name=_("시상"))

    class Meta:
        verbose_name = _("유공 직원")
        ordering = ["result", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["result", "user"], name="thanked_once_a_result")]

    def __str__(self) -> str:
        return f"{self.label} {self.result}"
