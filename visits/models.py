"""Field visits (V1–V6): the plan with its team and estimate, the days it takes, the report, what was spent."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.formats import date_ko
from basis.official import check_document_number
from benchmarking.models.case import Case
from benchmarking.models.review import Review
from core.models import Clock, Dated
from core.now import now, today
from organization.enums import Role
from organization.models import Department, User
from organization.selectors import departments_of, reads_all, roles_of, selves
from visits.enums import MADE_STATES, ExpenseKind, VisitMeans, VisitPlace, VisitState
from visits.rates import Journey, Line, Rates, why

USER = settings.AUTH_USER_MODEL
WRITING = (VisitState.DRAFT, VisitState.SUBMITTED, VisitState.RETURNED, VisitState.REJECTED)


class FieldVisitQuerySet(models.QuerySet["FieldVisit"]):
    def visible_to(self, user: Any) -> "FieldVisitQuerySet":
        """Visits that were made are shared with all staff. Before, the department, the team and who reads all know of
        them, and general affairs once they are approved, cancelled or have an order to be changed; people from outside
        of none."""
        if reads_all(user):
            return self
        departments = departments_of(user)
        if not departments:
            return self.none()
        team = VisitMember.objects.filter(user__in=[u.pk for u in selves(user)]).values("visit")
        known = models.Q(state__in=MADE_STATES) | models.Q(department__in=departments)
        known |= models.Q(pk__in=team)
        if Role.GENERAL_AFFAIRS in roles_of(user):
            known |= ~models.Q(state__in=WRITING) | ~models.Q(void_order="")
        return self.filter(known)

    def made(self) -> "FieldVisitQuerySet":
        """What the statistics count."""
        return self.filter(state__in=MADE_STATES)


class FieldVisit(Dated):
    """A visit asked for by a department for a review that planning asked of it. The counts of those made stand by year
    beside the statistics of B9. `estimate` is what approving reserves, `actual` what settling spends (won)."""

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("사례")
    )
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, related_name="visits", verbose_name=_("부서 검토")
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("방문 부서"))
    department_name = models.CharField(_("방문 부서"), max_length=300)
    state = models.CharField(
        _("상태"), max_length=10, choices=VisitState.choices, default=VisitState.RECORDED
    )
    visited_on = models.DateField(_("방문일"))
    days = models.PositiveSmallIntegerField(_("방문 일수"), default=1, validators=[MinValueValidator(1)])
    host = models.CharField(_("방문 기관"), max_length=100)
    contact = models.CharField(_("방문 기관 담당"), max_length=100, blank=True)
    purpose = models.CharField(_("방문 목적"), max_length=300, blank=True)
    look_at = models.TextField(_("살펴볼 내용"), max_length=2000, blank=True)
    means = models.CharField(
        _("교통편"), max_length=10, choices=VisitMeans.choices, default=VisitMeans.PUBLIC
    )
    place = models.CharField(
        _("방문 지역"), max_length=10, choices=VisitPlace.choices, default=VisitPlace.ELSEWHERE
    )
    hours = models.PositiveSmallIntegerField(
        _("하루 출장 시간"), default=8
    )  # counts inside the place of work
    transport_each = models.PositiveIntegerField(_("1인 교통비(원)"), default=0)
    lodging_each = models.PositiveIntegerField(_("1인 1박 숙박비(원)"), default=0)
    provided_meals = models.PositiveSmallIntegerField(_("1인당 제공받는 식사(끼)"), default=0)
    headcount: Any = models.PositiveSmallIntegerField(_("인원"), null=True)
    others = models.CharField(
        _("그 밖의 참여자"), max_length=300, blank=True
    )  # names in records, of nobody here
    estimate = models.PositiveIntegerField(_("예상 경비(원)"), default=0)
    reserved = models.PositiveIntegerField(_("예산 예정액(원)"), null=True)  # while the budget holds it
    actual = models.PositiveIntegerField(_("정산액(원)"), null=True)
    order_number = models.CharField(
        _("출장명령 번호"), max_length=60, blank=True, validators=[check_document_number]
    )
    void_order = models.CharField(_("거둘 출장명령"), max_length=60, blank=True)  # given, and no longer right
    clock = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="visit", verbose_name=_("결과보고 기한")
    )
    claim = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="visit_claim", verbose_name=_("여비 정산 신청 기한")
    )
    is_demo = models.BooleanField(_("시연용"), default=False)
    recorded_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("신청자")
    )
    recorded_at = models.DateTimeField(_("기록 일시"), default=now, editable=False)
    begun_on = models.DateField(_("신청일"), default=today)
    # Planning has agreed at some time: what is decided after that is a change or a correction.
    was_approved = models.BooleanField(_("승인된 적 있음"), default=False)
    # Why the plan or the report came back, while it waits to be mended.
    to_mend = models.TextField(_("보완 요청 사유"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FieldVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("현장체험")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=(VisitState.RECORDED, VisitState.CANCELLED))
                | models.Q(review__isnull=False),
                name="visit_belongs_to_a_review",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(VisitState.RECORDED, VisitState.CANCELLED))
                | models.Q(headcount__isnull=False),
                name="only_a_recorded_visit_lacks",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VisitState.SETTLED) | models.Q(actual__isnull=False),
                name="settled_visit_has_its_sum",
            ),
        ]
        indexes = [
            models.Index(fields=["visited_on"]),
            models.Index(fields=["state", "visited_on"]),
            models.Index(fields=["department", "state"]),
        ]

    def __str__(self) -> str:
        day = self.visited if self.inexact else date_ko(self.visited_on)
        return f"{day} {self.host}"

    def get_absolute_url(self) -> str:
        return reverse("visits:visit", args=[self.pk])

    @property
    def visited(self) -> str:
        """The day, as exactly as it is known."""
        return self.day_text("visited_on")

    @property
    def ends_on(self) -> date:
        return self.visited_on + timedelta(days=self.days - 1)

    @property
    def labels(self) -> dict[int, str]:
        """Who goes, by user, with the office held then."""
        return {member.user_id: member.label for member in self.members.all()}

    @property
    def is_reported(self) -> bool:
        """There is a report that stands: none while it is being mended."""
        return hasattr(self, "report") and self.report.reported_on is not None

    @property
    def is_record(self) -> bool:
        """Made before the process was kept here: of no review, without plan and costs."""
        return self.review_id is None

    @property
    def journey(self) -> Journey:
        return Journey(**{name: getattr(self, name) for name in Journey.__dataclass_fields__})


class VisitMember(models.Model):
    """Who is to go; `took_part` once the report says so. The office held then is kept in words."""

    visit = models.ForeignKey(FieldVisit, models.CASCADE, related_name="members", verbose_name=_("현장체험"))
    user = models.ForeignKey(User, models.PROTECT, related_name="visits", verbose_name=_("직원"))
    label = models.CharField(_("소속·직위"), max_length=100)
    took_part = models.BooleanField(_("참여"), null=True)

    class Meta:
        verbose_name = _("현장체험단원")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "user"], name="no_member_twice")]

    def __str__(self) -> str:
        return self.label


class VisitDay(models.Model):
    """A day that a person is away on a visit asked for: nobody is on two visits the same day, whatever happens at
    once. Given back when the visit is not to be."""

    visit = models.ForeignKey(FieldVisit, models.CASCADE, related_name="taken_days")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        ordering = ["day", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_visit_a_day")]

    def __str__(self) -> str:
        return f"{date_ko(self.day)} {self.user}"


class VisitLine(models.Model):
    """A line of the estimate as it was reckoned by the rates of the day (V4)."""

    visit = models.ForeignKey(FieldVisit, models.CASCADE, related_name="lines", verbose_name=_("현장체험"))
    kind = models.CharField(_("비목"), max_length=10, choices=ExpenseKind.choices)
    unit = models.PositiveIntegerField(_("단가(원)"))
    persons = models.PositiveSmallIntegerField(_("인원"))
    times = models.PositiveSmallIntegerField(_("횟수"), default=1)
    off = models.PositiveIntegerField(_("1인당 식사 제공 감액(원)"), default=0)
    adjustment = models.IntegerField(_("조정(원)"), default=0)
    reason = models.CharField(_("조정 사유"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("예상 경비")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="one_line_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_line().sum:,}"

    def as_line(self) -> Line:
        """As agreed, with the rule that this visit's rates follow."""
        kind, rates = ExpenseKind(self.kind), Rates.on(self.visit.visited_on)
        return Line(
            kind,
            self.unit,
            self.persons,
            self.times,
            self.adjustment,
            self.reason,
            self.off,
            why(kind, self.visit.journey, rates),
        )


class VisitReport(models.Model):
    """What was seen and what is taken over (V3). `reported_on` is empty while it is being mended."""

    visit = models.OneToOneField(
        FieldVisit, models.PROTECT, related_name="report", verbose_name=_("현장체험")
    )
    findings = models.TextField(_("보고 들은 내용"), max_length=4000)
    taken_over = models.TextField(_("우리 구에 적용할 내용"), max_length=4000)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("보고자")
    )
    reported_on = models.DateField(_("보고일"), null=True)
    in_time = models.BooleanField(_("기한 내"), null=True)

    class Meta:
        verbose_name = _("현장체험 결과보고")

    def __str__(self) -> str:
        return f"{self.visit_id}"


class Repayment(models.Model):
    """Travel money that somebody had by a false claim: paid back to the budget, with a multiple of it on top as
    revenue of the office (V4b)."""

    visit = models.ForeignKey(
        FieldVisit, models.PROTECT, related_name="repayments", verbose_name=_("현장체험")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("직원"))
    amount = models.PositiveIntegerField(_("환수액(원)"))
    surcharge = models.PositiveIntegerField(_("가산 징수액(원)"))
    document = models.CharField(_("결정 문서번호"), max_length=60, validators=[check_document_number])
    reason = models.CharField(_("사유"), max_length=200)
    decided_on = models.DateField(_("결정일"), default=today)

    class Meta:
        verbose_name = _("여비 환수")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.amount:,}"


class VisitExpense(models.Model):
    """What was really spent (실비), with its receipt."""

    visit = models.ForeignKey(FieldVisit, models.PROTECT, related_name="expenses", verbose_name=_("현장체험"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("직원"))
    kind = models.CharField(_("비목"), max_length=10, choices=ExpenseKind.choices)
    amount = models.PositiveIntegerField(_("금액(원)"))
    receipt = models.CharField(_("영수증 번호"), max_length=40, blank=True)
    note = models.CharField(_("비고"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("집행 경비")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,}"
