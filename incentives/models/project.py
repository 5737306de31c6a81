"""Projects of a year with their divisions, who owns and helps them, and whom to ask (I1)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benchmarking.models import Case
from core.models import Clock
from incentives.enums import ContactState, DivisionState, Kind, Post, Role, Way
from organization.models import Department
from organization.rules import is_staff

USER = settings.AUTH_USER_MODEL


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """All staff know of them: the plan is circulated to everybody."""
        return self if is_staff(user) else self.none()


class Project(models.Model):
    """What the city, or somebody outside, evaluates in a year. `before`: what it was the year before, under whatever
    name, so that its line runs over the years."""

    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveSmallIntegerField(_("연번"))
    kind = models.CharField(_("평가 구분"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("사업명"), max_length=120)
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="after", verbose_name=_("지난해 사업")
    )
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("공동협력사업")
        ordering = ["-year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "kind", "number"], name="one_project_a_number"),
            models.UniqueConstraint(fields=["before"], name="project_goes_on_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentives:project", args=[self.pk])


class DivisionQuerySet(models.QuerySet["Division"]):
    def visible_to(self, user: Any) -> "DivisionQuerySet":
        return self if is_staff(user) else self.none()


class Division(models.Model):
    """What is evaluated by one department of the city (부문); results belong to it. `budget` in won. `notified_on`:
    when the evaluation plan was told to planning: not told, no bonus (I2)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="divisions", verbose_name=_("사업"))
    order = models.PositiveSmallIntegerField(_("순서"))
    name = models.CharField(_("부문"), max_length=60, blank=True)
    evaluator = models.CharField(_("평가 부서"), max_length=60, blank=True)
    budget = models.PositiveBigIntegerField(_("사업비(원)"), null=True, blank=True)
    way = models.CharField(_("평가 방법"), max_length=10, choices=Way.choices, default=Way.ABSOLUTE)
    full_marks = models.DecimalField(_("만점"), max_digits=7, decimal_places=2, default=100)
    contact = models.CharField(_("시 담당자"), max_length=60, blank=True)
    phone = models.CharField(_("시 담당자 전화"), max_length=20, blank=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=DivisionState.choices, default=DivisionState.PREPARED
    )
    clock = models.ForeignKey(
        Clock, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("자체계획 제출 기한")
    )
    notified_on = models.DateField(_("평가계획 통보일"), null=True)
    submit_on = models.DateField(_("평가자료 제출 기한"), null=True, blank=True)
    director_on = models.DateField(_("국장 검토일"), null=True)
    deputy_on = models.DateField(_("부구청장 보고일"), null=True)
    submitted_on = models.DateField(_("평가자료 제출일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("사업 부문")
        ordering = ["project", "order"]
        constraints = [models.UniqueConstraint(fields=["project", "order"], name="one_division_a_place")]

    def __str__(self) -> str:
        return f"{self.project} ({self.name})" if self.name else str(self.project)

    def get_absolute_url(self) -> str:
        return reverse("incentives:division", args=[self.pk])


class Part(models.Model):
    """A department that owns a division, or helps. The first owner answers for it."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="parts", verbose_name=_("부문"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    role = models.CharField(_("역할"), max_length=10, choices=Role.choices)
    order = models.PositiveSmallIntegerField(_("순서"))

    class Meta:
        verbose_name = _("주관·협조 부서")
        ordering = ["division", "order"]
        constraints = [
            models.UniqueConstraint(fields=["division", "department"], name="one_part_a_department")
        ]

    def __str__(self) -> str:
        return f"{self.department_name} ({self.get_role_display()})"


class Contact(models.Model):
    """Whom the contact table names; who was moved is replaced by who came (O2)."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="contacts", verbose_name=_("부서"))
    post = models.CharField(_("구분"), max_length=10, choices=Post.choices)
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("직원"))
    state = models.CharField(
        _("상태"), max_length=10, choices=ContactState.choices, default=ContactState.CURRENT
    )
    since = models.DateField(_("시작일"))
    until = models.DateField(_("종료일"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("담당자")
        ordering = ["part", "post", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "post"],
                condition=~models.Q(state=ContactState.ENDED),
                name="one_contact_a_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.get_post_display()}"

    def get_absolute_url(self) -> str:
        return self.part.division.get_absolute_url()


class Plan(models.Model):
    """The owner's own plan for a division, in the parts that the office's plan has (I2). What is answered to each
    indicator, and by whom, stands with the indicator; `cases`: what other districts do, from benchmarking."""

    division = models.OneToOneField(Division, models.PROTECT, related_name="plan", verbose_name=_("부문"))
    overview = models.TextField(_("평가 개요"), max_length=4_000, blank=True)
    trend = models.TextField(_("평가 추이와 우리 구 현황"), max_length=4_000, blank=True)
    goals = models.TextField(_("추진 목표"), max_length=4_000, blank=True)
    weak = models.TextField(_("전년도 문제점과 개선 방안"), max_length=4_000, blank=True)
    measures = models.TextField(_("중점 추진 방안"), max_length=4_000, blank=True)
    compared = models.TextField(_("우수기관 비교·벤치마킹"), max_length=4_000, blank=True)
    cases = models.ManyToManyField(Case, related_name="+", blank=True, verbose_name=_("벤치마킹 사례"))
    written_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("작성한 직원")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("자체 추진계획")
        ordering = ["division"]

    def __str__(self) -> str:
        return str(self.division)

    def get_absolute_url(self) -> str:
        return reverse("incentives:plan", args=[self.division_id])
