"""Sending a case to departments (a round) and what each of them decides (B3–B6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from basis.official import check_document_number, in_office_language
from benchmarking.enums import Decision, RoundKind
from benchmarking.models.case import Case
from core.models import Clock
from core.now import now
from reviews.enums import ReviewState
from reviews.models import DepartmentReview, DepartmentReviewQuerySet

USER = settings.AUTH_USER_MODEL


class ReviewRound(models.Model):
    """One dispatch of one case. A re-review is a new round linked to the old one (B6)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("회차"))
    kind = models.CharField(_("구분"), max_length=10, choices=RoundKind.choices)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    note = models.TextField(_("요청 사항"), max_length=2000, blank=True)
    document = models.CharField(
        _("통보 문서번호"), max_length=60, blank=True, validators=[check_document_number]
    )
    dispatched_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    dispatched_at = models.DateTimeField(null=True, default=now, editable=False)  # None: of a record

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="round_number")]

    def __str__(self) -> str:
        return f"{self.case_id} / {self.number}"


class ReviewQuerySet(DepartmentReviewQuerySet["Review"]):
    def named(self) -> "ReviewQuerySet":
        """With what their names are made of."""
        return self.select_related("case", "round")


class Review(DepartmentReview):
    """One department's review of a case. No figure of handling counts that of a case of earlier years (N1)."""

    SUBJECT = "case"

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="reviews", verbose_name=_("회차"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews", verbose_name=_("사례"))
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="review", verbose_name=_("기한")
    )
    reviewer: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("검토자")
    )
    decision = models.CharField(_("검토 결과"), max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(_("검토 의견"), max_length=4000, blank=True)
    plan_what = models.TextField(_("추진 내용"), max_length=2000, blank=True)
    plan_on = models.DateField(_("시행 예정일"), null=True, blank=True)
    plan_budget = models.PositiveBigIntegerField(_("소요 예산(원)"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("부서 검토")
        ordering = ["-notified_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "department"],
                condition=~models.Q(state="recalled"),
                name="one_review_a_department",
                violation_error_message=_("이 부서에는 이미 보냈습니다."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="completed") | ~models.Q(decision="") | models.Q(clock=None),
                name="completed_is_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(clock__isnull=False, notified_on__isnull=False)
                | models.Q(clock=None, notified_on=None, state=ReviewState.COMPLETED),
                name="only_a_record_has_no_clock",
            ),
        ]
        indexes = [
            models.Index(fields=["-notified_on", "-id"], name="review_newest"),
            models.Index(fields=["department", "state"]),
            models.Index(fields=["reviewer", "state"]),
            models.Index(fields=["state", "notified_on", "in_time"]),
        ]

    @in_office_language
    def __str__(self) -> str:
        """`2026-0012 공유주차 앱 — 교통행정과 1차 검토`: how logs name it."""
        turn = gettext("%(number)d차 검토") % {"number": self.round.number}
        return f"{self.case} — {self.department_name} {turn}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:review", args=[self.pk])

    @property
    def is_adopted(self) -> bool:
        return self.state == ReviewState.COMPLETED and self.decision == Decision.ADOPT
