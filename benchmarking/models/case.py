"""A practice of another institution (B1)."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.validators import MinLengthValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benchmarking.enums import (
    COST_ORDER,
    UNKNOWN_COST,
    CaseState,
    Channel,
    CostClass,
    Decision,
    Field,
    Origin,
    SourceKind,
)
from core.models import Dated
from core.now import now
from organization.models import Department
from organization.selectors import departments_of, reads_all, selves
from reviews.enums import ReviewState

USER = settings.AUTH_USER_MODEL


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Planning, executives and audit see all; staff see what came to their department, what they found or
        reported, and every decided case (B8). Others see none."""
        if reads_all(user):
            return self
        departments = departments_of(user)
        if not departments:
            return self.none()
        shared = ~models.Q(outcome="")  # also while it is being reviewed again
        people = [u.pk for u in selves(user)]
        own = models.Q(found_by__in=people) | models.Q(created_by__in=people)
        asked = models.Q(
            pk__in=apps.get_model("benchmarking", "Review")
            .objects.filter(department__in=departments)
            .exclude(state=ReviewState.RECALLED)
            .values("case")
        )
        return self.filter(shared | own | asked)


class Case(Dated):
    """`year` and `number` name it (2026-0012). `outcome`, counts and `next_due` follow from the reviews.

    `origin`: taken in from what the office had of earlier years (N1). Such a case may lack what nobody wrote down, has
    no clocks, and may name a `finder_name` that is nobody's here.
    """

    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("번호"))
    title = models.CharField(_("사례명"), max_length=200, validators=[MinLengthValidator(4)])
    source_kind = models.CharField(_("기관 구분"), max_length=10, choices=SourceKind.choices, blank=True)
    source_name = models.CharField(_("기관명"), max_length=100, blank=True)
    channel = models.CharField(_("발굴 경로"), max_length=15, choices=Channel.choices, blank=True)
    link = models.URLField(
        _("관련 링크"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    summary = models.TextField(_("주요 내용"), max_length=4000, blank=True)
    difference = models.TextField(_("비슷한 사례와 다른 점"), max_length=1000, blank=True)
    field = models.CharField(_("분야"), max_length=15, choices=Field.choices, blank=True)
    cost_class = models.CharField(_("예산 구분"), max_length=10, choices=CostClass.choices, blank=True)
    cost_order = models.PositiveSmallIntegerField(_("예산 구분 순서"), default=0, editable=False)
    estimated_cost = models.PositiveBigIntegerField(_("예상 비용(원)"), null=True, blank=True)
    suggested_departments = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=_("검토 예정 부서")
    )
    found_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="found_cases", verbose_name=_("발굴자")
    )
    finder_name = models.CharField(_("발굴자"), max_length=60, blank=True)
    found_on: Any = models.DateField(_("발굴일"), null=True)
    registered_on = models.DateField(_("등록일"))
    state = models.CharField(
        _("상태"), max_length=12, choices=CaseState.choices, default=CaseState.REGISTERED
    )
    outcome = models.CharField(_("검토 결과"), max_length=10, choices=Decision.choices, blank=True)
    decided_on = models.DateField(_("결정일"), null=True, blank=True)
    implemented_on = models.DateField(_("반영일"), null=True, blank=True)
    round_number = models.PositiveSmallIntegerField(_("검토 회차"), default=0)
    reviews_total = models.PositiveSmallIntegerField(_("검토 부서 수"), default=0)
    reviews_done = models.PositiveSmallIntegerField(_("완료 부서 수"), default=0)
    kept_outcome = models.CharField(
        _("거두기 전의 검토 결과"), max_length=10, choices=Decision.choices, blank=True, editable=False
    )
    kept_state = models.CharField(
        _("거두기 전의 상태"), max_length=12, choices=CaseState.choices, blank=True, editable=False
    )
    next_due = models.DateField(_("가장 이른 기한"), null=True, blank=True)
    origin = models.CharField(
        _("자료 구분"), max_length=10, choices=Origin.choices, blank=True, default=Origin.HERE, editable=False
    )
    is_demo = models.BooleanField(_("시연용"), default=False)
    created_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("등록자")
    )
    created_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("사례")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="case_number"),
            models.CheckConstraint(
                condition=models.Q(origin=Origin.RECORD)
                | models.Q(found_on__isnull=False) & ~models.Q(source_kind="") & ~models.Q(field=""),
                name="only_a_record_lacks",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-year", "-number"]),
            models.Index(fields=["registered_on", "outcome"]),
            models.Index(fields=["year", "outcome"]),
            models.Index(fields=["field", "-year", "-number"]),
            models.Index(fields=["-year", "cost_order", "-number"]),
            models.Index(
                fields=["next_due"], condition=models.Q(next_due__isnull=False), name="case_next_due"
            ),
            models.Index(fields=["found_by"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_cost_order()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:case", args=[self.pk])

    def set_cost_order(self) -> None:
        self.cost_order = COST_ORDER[CostClass(self.cost_class)] if self.cost_class else UNKNOWN_COST

    @property
    def is_record(self) -> bool:
        return self.origin == Origin.RECORD

    @property
    def finder(self) -> str:
        """Who found it, as a record names them."""
        return str(self.found_by or self.finder_name)

    @property
    def code(self) -> str:
        return case_code(self.year, self.number)


def case_code(year: int, number: int) -> str:
    return f"{year}-{number:04d}"
