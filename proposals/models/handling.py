"""What the office asks of the proposer and what it answers (P5, P6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now
from organization.models import Department
from proposals.enums import OUTCOMES, RECORDS, Ground, State
from proposals.models.proposal import TEXT, Proposal

CHOICES = [(state.value, state.label) for state in OUTCOMES]
USER = settings.AUTH_USER_MODEL


class Supplement(models.Model):
    """What is missing, and what the proposer has added. The clock stands still meanwhile."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="supplements", verbose_name=_("제안"))
    question = models.TextField(_("보완할 내용"), max_length=2_000)
    asked_on = models.DateField(_("요청일"))
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("요청한 직원"))
    due = models.DateField(_("보완 기한"))
    answer = models.TextField(_("보완한 내용"), max_length=TEXT, blank=True)
    answered_on = models.DateField(_("보완일"), null=True)

    class Meta:
        verbose_name = _("보완 요청")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(answered_on=None), name="one_open_supplement"
            )
        ]

    def __str__(self) -> str:
        return self.question[:40]


class Answer(models.Model):
    """What is said of a proposal, in the order in which a citizen reads it: by a department, and by the decision."""

    outcome = models.CharField(_("결정"), max_length=12, choices=CHOICES)
    ground = models.CharField(_("제안이 아닌 까닭"), max_length=15, choices=Ground.choices, blank=True)
    present = models.TextField(_("근거와 지금의 상황"), max_length=TEXT, blank=True)
    feasibility = models.TextField(_("실시할 수 있는지"), max_length=TEXT, blank=True)
    effect = models.TextField(_("기대되는 효과"), max_length=TEXT, blank=True)
    cost = models.PositiveBigIntegerField(_("드는 예산(원)"), null=True, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("예산 연도"), null=True, blank=True)
    taken = models.TextField(_("받아들이는 내용"), max_length=TEXT, blank=True)
    reason = models.TextField(_("받아들이지 않는 내용과 까닭"), max_length=TEXT, blank=True)
    carry_out_on = models.DateField(_("시행할 날"), null=True, blank=True)

    class Meta:
        abstract = True


ANSWER = tuple(field.name for field in Answer._meta.fields)


class Decision(Answer):
    """The notice of a decision; of a record, what is left of it (N1). One that stands no longer is kept as an earlier
    one of its proposal."""

    outcome = models.CharField(
        _("결정"), max_length=12, choices=[(state.value, state.label) for state in RECORDS]
    )
    proposal: Any = models.OneToOneField(
        Proposal, models.PROTECT, null=True, related_name="decision", verbose_name=_("제안")
    )
    earlier_of = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        related_name="earlier_decisions",
        verbose_name=_("앞선 결정의 제안"),
    )
    ended_on = models.DateField(_("물린 날"), null=True, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("담당 부서")
    )
    department_name = models.CharField(_("그때의 부서명"), max_length=60, blank=True)
    decided_on = models.DateField(_("결정일"), null=True)  # None: of a record that does not tell (N1)
    decided_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("결정한 직원")
    )
    decided_at = models.DateTimeField(_("결정 일시"), default=now, editable=False)

    class Meta:
        verbose_name = _("결정")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposal=None, earlier_of__isnull=False, ended_on__isnull=False)
                | models.Q(proposal__isnull=False, earlier_of=None, ended_on=None),
                name="decision_stands_or_stood",
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def is_partly(self) -> bool:
        """Adopted, but not all of it."""
        return self.outcome == State.ADOPTED and bool(self.reason.strip())
