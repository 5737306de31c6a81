"""What a department that was asked says of a proposal (P6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.official import in_office_language
from core.models import Clock
from proposals.models.handling import CHOICES, Answer
from proposals.models.proposal import Proposal
from reviews.enums import ReviewState
from reviews.models import DepartmentReview, DepartmentReviewQuerySet

USER = settings.AUTH_USER_MODEL


class ProposalReviewQuerySet(DepartmentReviewQuerySet["ProposalReview"]):
    def named(self) -> "ProposalReviewQuerySet":
        """With what their names are made of."""
        return self.select_related("proposal")


class ProposalReview(DepartmentReview, Answer):
    """One department's answer; planning decides by it."""

    SUBJECT = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews", verbose_name=_("제안"))
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, related_name="proposal_review", verbose_name=_("기한")
    )
    reviewer: Any = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal_reviews",
        verbose_name=_("검토자"),
    )
    note = models.TextField(_("요청 사항"), max_length=2_000, blank=True)
    document = models.CharField(_("통보 문서번호"), max_length=60, blank=True)
    outcome = models.CharField(_("부서 의견"), max_length=12, choices=CHOICES, blank=True)

    objects = ProposalReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("제안 부서 검토")
        ordering = ["-notified_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "department"],
                condition=~models.Q(state=ReviewState.RECALLED),
                name="one_proposal_review_a_department",
                violation_error_message=_("이 부서에는 이미 보냈습니다."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReviewState.COMPLETED) | ~models.Q(outcome=""),
                name="completed_proposal_review_says_what",
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state"]),
            models.Index(fields=["reviewer", "state"]),
            models.Index(fields=["-notified_on", "-id"], name="proposal_review_newest"),
        ]

    @in_office_language
    def __str__(self) -> str:
        """`2026-00012 공원 화장실 비상벨 — 공원녹지과`: how logs name it."""
        return f"{self.proposal} — {self.department_name}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:review", args=[self.pk])
