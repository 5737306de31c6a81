"""What becomes of an adopted proposal (P8, P14)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from basis.official import in_office_language
from basis.periods import Period, PeriodKind
from core.now import today
from organization.models import Department
from organization.selectors import departments_of, reads_all
from proposals.enums import FOLLOWED, Grade, MilestoneKind, Progress, UndertakingState, Verdict
from proposals.models.proposal import TEXT, Proposal

USER = settings.AUTH_USER_MODEL


class UndertakingQuerySet(models.QuerySet["Undertaking"]):
    def visible_to(self, user: Any) -> "UndertakingQuerySet":
        """Planning, executives and audit see all; a department sees its own. Proposers have their own pages."""
        if reads_all(user):
            return self
        return self.filter(department__in=departments_of(user))

    def marked(self) -> "UndertakingQuerySet":
        """With what lists show: `is_late`, a step whose day has passed; `lacks_check`, a quarter without answer."""
        steps = Milestone.objects.filter(
            undertaking=models.OuterRef("pk"), done_on=None, planned_on__lt=today()
        )
        checks = Check.objects.filter(undertaking=models.OuterRef("pk"), answered_on=None, due__lt=today())
        return self.annotate(is_late=models.Exists(steps), lacks_check=models.Exists(checks))

    def followed(self) -> "UndertakingQuerySet":
        return self.filter(state__in=FOLLOWED)


class Undertaking(models.Model):
    """The way of the department to what was promised, followed until `until`. `first_on` and `planned_on` repeat the
    days of its last milestone, `verdict` what the proposer said last: lists go by them."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="undertaking", verbose_name=_("제안")
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("담당 부서"))
    department_name = models.CharField(_("담당 부서"), max_length=60)
    person: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("담당자")
    )
    state = models.CharField(
        _("상태"), max_length=12, choices=UndertakingState.choices, default=UndertakingState.PLANNED
    )
    begun_on = models.DateField(_("이행 시작일"))
    until = models.DateField(_("이행 관리 끝나는 날"))
    first_on = models.DateField(_("처음 시행 예정일"))
    planned_on = models.DateField(_("시행 예정일"))
    carried_out_on = models.DateField(_("시행한 날"), null=True)
    result = models.TextField(_("시행 내용"), max_length=TEXT, blank=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("보고자")
    )
    confirmed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("확인자")
    )
    ask_on = models.DateField(_("제안자에게 묻는 날"), null=True)
    effect_from = models.DateField(_("효과가 처음 난 날"), null=True)
    effect_due = models.DateField(_("효과를 재는 날"), null=True)
    named_on = models.DateField(_("적극행정 추천일"), null=True)
    verdict = models.CharField(_("제안자 답변"), max_length=10, choices=Verdict.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("제안 이행")
        ordering = ["planned_on", "pk"]
        indexes = [
            models.Index(fields=["state", "planned_on"], name="undertaking_planned"),
            models.Index(fields=["department", "state"], name="undertaking_department"),
        ]

    @in_office_language
    def __str__(self) -> str:
        kind = gettext("제안 이행")
        return f"{self.proposal} — {self.department_name} {kind}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:undertaking", args=[self.pk])

    @property
    def person_here(self) -> bool:
        """Somebody is named, and still serves in the department."""
        person = self.person
        return person is not None and person.is_active and person.department_id == self.department_id


class Milestone(models.Model):
    """A step with its day. `planned_on` moves only with a reason; the first day stays."""

    undertaking = models.ForeignKey(
        Undertaking, models.PROTECT, related_name="milestones", verbose_name=_("제안 이행")
    )
    kind = models.CharField(_("단계"), max_length=10, choices=MilestoneKind.choices)
    first_on = models.DateField(_("처음 정한 날"))
    planned_on = models.DateField(_("지금의 예정일"))
    done_on = models.DateField(_("마친 날"), null=True)

    class Meta:
        verbose_name = _("이행 단계")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "kind"], name="one_milestone_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def slipped(self) -> int:
        """By how many days it is behind the first day; what is not done and past its day slips on."""
        day = self.done_on or max(self.planned_on, today())
        return max((day - self.first_on).days, 0)

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.planned_on < today()


class Slip(models.Model):
    """A milestone was moved: from which day to which, and why."""

    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="slips", verbose_name=_("이행 단계")
    )
    was_on = models.DateField(_("앞의 예정일"))
    now_on = models.DateField(_("새 예정일"))
    reason = models.TextField(_("사유"), max_length=1_000)
    moved_on = models.DateField(_("변경일"))
    moved_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("변경한 직원"))

    class Meta:
        verbose_name = _("예정일 변경")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.was_on} → {self.now_on}"


class Check(models.Model):
    """What the department says of a quarter. One that is not answered when its day has passed is missing."""

    undertaking = models.ForeignKey(
        Undertaking, models.PROTECT, related_name="checks", verbose_name=_("제안 이행")
    )
    year = models.PositiveSmallIntegerField(_("연도"))
    quarter = models.PositiveSmallIntegerField(_("분기"))
    opened_on = models.DateField(_("점검 시작일"))
    due = models.DateField(_("점검 기한"))
    progress = models.CharField(_("추진 상황"), max_length=10, choices=Progress.choices, blank=True)
    text = models.TextField(_("점검 내용"), max_length=TEXT, blank=True)
    answered_on = models.DateField(_("답한 날"), null=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("답한 직원")
    )

    class Meta:
        verbose_name = _("이행 점검")
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "year", "quarter"], name="one_check_a_quarter")
        ]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> Period:
        return Period(PeriodKind.QUARTER, self.year, self.quarter)

    @property
    def is_missing(self) -> bool:
        return self.answered_on is None and self.due < today()


class Reply(models.Model):
    """The proposer was asked whether it was done, each time it had been carried out."""

    undertaking = models.ForeignKey(
        Undertaking, models.PROTECT, related_name="replies", verbose_name=_("제안 이행")
    )
    asked_on = models.DateField(_("물은 날"))
    verdict = models.CharField(_("답변"), max_length=10, choices=Verdict.choices, blank=True)
    text = models.TextField(_("제안자의 말"), max_length=1_000, blank=True)
    answered_on = models.DateField(_("답한 날"), null=True)

    class Meta:
        verbose_name = _("제안자 답변")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["undertaking"], condition=models.Q(answered_on=None), name="one_open_reply"
            )
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


class Effect(models.Model):
    """What it brought in the year from the first effect: in won, or in words where it cannot be counted (P14)."""

    undertaking: Any = models.OneToOneField(
        Undertaking, models.PROTECT, related_name="effect", verbose_name=_("제안 이행")
    )
    asked_on = models.DateField(_("요청일"))
    due = models.DateField(_("제출 기한"))
    saving = models.PositiveBigIntegerField(_("한 해의 효과(원)"), null=True, blank=True)
    cost = models.PositiveBigIntegerField(_("들어간 비용(원)"), null=True, blank=True)
    words = models.TextField(_("효과 설명"), max_length=TEXT, blank=True)
    reported_on = models.DateField(_("제출일"), null=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("제출한 직원")
    )
    grade = models.CharField(_("효과 등급"), max_length=1, choices=Grade.choices, blank=True)
    grade_reason = models.TextField(_("등급을 정한 까닭"), max_length=1_000, blank=True)
    graded_on = models.DateField(_("등급을 정한 날"), null=True)
    graded_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("등급을 정한 직원")
    )

    class Meta:
        verbose_name = _("시행 효과")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade="", graded_on=None)
                | ~models.Q(grade="") & models.Q(graded_on__isnull=False, reported_on__isnull=False),
                name="graded_once_reported",
            )
        ]
        indexes = [models.Index(fields=["graded_on"], name="effect_graded")]

    def __str__(self) -> str:
        return self.get_grade_display()

    @property
    def net(self) -> int | None:
        """The cost taken off; None where it was not counted in won."""
        return None if self.saving is None else self.saving - (self.cost or 0)
