"""The best-practice contest (E5): what planning asks for, and one practice of each department."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.formats import days_between
from basis.periods import parse
from contests.enums import ContestState, PracticeState
from core.now import today
from evaluations.selectors.entries import closed_to
from organization.models import Department
from organization.selectors import departments_of, reads_all

USER = settings.AUTH_USER_MODEL


class ContestQuerySet(models.QuerySet["Contest"]):
    def visible_to(self, user: Any) -> "ContestQuerySet":
        """What was announced, to all staff; what is being prepared, to who reads all."""
        if reads_all(user):
            return self
        return self.exclude(state=ContestState.DRAFT) if departments_of(user) else self.none()


class Contest(models.Model):
    """One of a year, or of a half-year where there are two. Whether it is open stands nowhere: its days say so."""

    period = models.CharField(_("기간"), max_length=7)
    title = models.CharField(_("경진대회 이름"), max_length=100)
    text = models.TextField(_("내용과 낼 것"), max_length=4_000)
    opens_on = models.DateField(_("접수 시작일"))
    closes_on = models.DateField(_("접수 마감일"))
    shown_on = models.DateField(_("발표회"), null=True, blank=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=ContestState.choices, default=ContestState.DRAFT
    )
    prepared_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("작성한 직원"))
    version = models.PositiveIntegerField(default=1)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("우수사례 경진대회")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=~models.Q(state=ContestState.WITHDRAWN),
                name="one_contest_of_a_period",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="contest_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contests:contest", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closes_on < today()

    @property
    def days(self) -> str:
        return days_between(self.opens_on, self.closes_on)

    @property
    def period_label(self) -> str:
        return parse(self.period).label


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        """Those of the own departments, and of contests that are over those that were entered; who reads all reads all,
        but for what they are asked to judge and have not signed for (E3). Until then no department reads what another
        enters."""
        own = departments_of(user)
        if reads_all(user):
            closed = closed_to(user, Practice)
            return self.filter(models.Q(department__in=own) | ~models.Q(pk__in=closed))
        if not own:
            return self.none()
        shared = models.Q(contest__state=ContestState.JUDGED, state=PracticeState.ENTERED)
        return self.filter(models.Q(department__in=own) | shared)

    def entered(self) -> "PracticeQuerySet":
        return self.filter(state=PracticeState.ENTERED)


class Practice(models.Model):
    """What a department enters: it stands from the announcement on, empty, so that everybody sees what is missing.
    `due_on`: through when it may be entered; later than the contest's only where planning said why (`late_reason`).
    `grade`: what it was awarded, as everybody reads it."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="practices", verbose_name=_("경진대회"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    title = models.CharField(_("제목"), max_length=100, blank=True)
    before = models.TextField(_("하기 전의 모습"), max_length=4_000, blank=True)
    done = models.TextField(_("한 일"), max_length=4_000, blank=True)
    outcome = models.TextField(_("달라진 점"), max_length=4_000, blank=True)
    figures = models.TextField(_("숫자로 본 성과"), max_length=1_000, blank=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=PracticeState.choices, default=PracticeState.ASKED
    )
    due_on = models.DateField(_("제출 기한"))
    late_reason = models.CharField(_("늦게 받는 사유"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("쓴 직원")
    )
    entered_on = models.DateField(_("제출일"), null=True)
    grade = models.CharField(_("시상"), max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("우수사례")
        ordering = ["contest", "department__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "department"], name="one_practice_a_department")
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="practice_open")]

    def __str__(self) -> str:
        return self.title or f"{self.contest} {self.department_name}"

    def get_absolute_url(self) -> str:
        return reverse("contests:practice", args=[self.pk])

    @property
    def is_past(self) -> bool:
        return self.due_on < today()

    @property
    def writer_here(self) -> bool:
        """Whoever wrote it still serves in the department."""
        one = self.written_by
        return one is not None and one.is_active and one.department_id == self.department_id


class Contributor(models.Model):
    """One of those who did it. Shares sum to 100; the largest is the main one's, among equals the first's."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="contributors", verbose_name=_("우수사례")
    )
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("직원"))
    label = models.CharField(_("소속·직위"), max_length=100)
    share = models.DecimalField(_("기여도(%)"), max_digits=5, decimal_places=2, default=Decimal(100))
    order = models.PositiveSmallIntegerField(_("순서"))

    class Meta:
        verbose_name = _("기여한 직원")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="no_contributor_twice"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=100), name="contribution_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.share_text}%"

    @property
    def share_text(self) -> str:
        """`70`, `33.34`."""
        return f"{self.share.normalize():f}"


CONTEST = ("period", "title", "text", "opens_on", "closes_on", "shown_on")
TEXTS = ("title", "before", "done", "outcome", "figures")
