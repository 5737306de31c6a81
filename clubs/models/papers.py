"""What a club writes and asks for: reports, support; what its result earns (C2, C4, C5)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from basis.periods import Period, PeriodKind, parse
from clubs.enums import BestState, Purpose, ReportKind, ReportState, SupportState
from clubs.models.club import Club
from clubs.policies import SETTLE_DAYS
from core.deadlines import preview
from core.now import today
from evaluations.models import Round
from evaluations.selectors.entries import closed_to
from meetings.models import Seat
from organization.enums import Role
from organization.selectors import reads_all, roles_of, selves

USER = settings.AUTH_USER_MODEL


def _own(user: Any) -> models.Q:
    """Of clubs in which the person, or somebody the person stands in for, has or had a seat."""
    seats = Seat.objects.filter(user__in=[one.pk for one in selves(user)])
    return models.Q(club__panel__in=seats.values("panel"))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Who reads all and the members; staff what was sent: but for what they are asked to judge and have not signed
        for (E3)."""
        shut = models.Q(pk__in=closed_to(user, Report))
        if reads_all(user):
            return self.filter(_own(user) | ~shut)
        known = self.filter(club__in=Club.objects.visible_to(user).values("pk"))
        return known.filter(_own(user) | models.Q(state=ReportState.SENT) & ~shut)


class Report(models.Model):
    """A paper that a club owes: it stands, empty, from the day its period begins, so that everybody sees what is
    missing. `period`: key of the month, half-year or year. `grade`: what a result was awarded."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="reports", verbose_name=_("동아리"))
    kind = models.CharField(_("보고서"), max_length=10, choices=ReportKind.choices)
    period = models.CharField(_("기간"), max_length=8)
    due_on = models.DateField(_("제출 기한"))
    state = models.CharField(_("상태"), max_length=10, choices=ReportState.choices, default=ReportState.DUE)
    title = models.CharField(_("제목"), max_length=100, blank=True)
    done = models.TextField(_("활동 내용"), max_length=10_000, blank=True)
    findings = models.TextField(_("연구 결과와 제안"), max_length=10_000, blank=True)
    next = models.TextField(_("앞으로 할 일"), max_length=4_000, blank=True)
    written_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("작성한 직원")
    )
    sent_on = models.DateField(_("제출일"), null=True)
    grade = models.CharField(_("시상"), max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("동아리 보고서")
        ordering = ["club", "due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["club", "kind", "period"], name="one_report_a_period")]
        indexes = [models.Index(fields=["state", "due_on"], name="club_reports_open")]

    def __str__(self) -> str:
        return f"{self.club} {self.period_label} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("clubs:report", args=[self.pk])

    @property
    def span(self) -> Period:
        return parse(self.period)

    @property
    def period_label(self) -> str:
        return self.span.label

    @property
    def begun_on(self) -> date:
        """From when it is owed: the first day of its period; a result is written in the second half of its year."""
        return owed_from(self.kind, self.span)

    @property
    def is_late(self) -> bool:
        return self.state == ReportState.DUE and self.due_on < today()


def owed_from(kind: str, period: Period) -> date:
    return Period(PeriodKind.HALF, period.year, 2).start if kind == ReportKind.RESULT else period.start


class SupportQuerySet(models.QuerySet["Support"]):
    def visible_to(self, user: Any) -> "SupportQuerySet":
        """Who reads all and general affairs, who pays; of others the members of the club."""
        if reads_all(user) or Role.GENERAL_AFFAIRS in roles_of(user):
            return self
        return self.filter(_own(user))


class Support(models.Model):
    """Money that a club asks for, is promised and gives account of (C4). `day`: on which it is spent; its year pays.
    `payee`: who is to be paid outside this system (A3), never with a resident number."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="supports", verbose_name=_("동아리"))
    club_name = models.CharField(_("동아리"), max_length=60)
    purpose = models.CharField(_("지원 구분"), max_length=10, choices=Purpose.choices)
    title = models.CharField(_("내용"), max_length=100)
    detail = models.TextField(_("산출 내역"), max_length=2_000, blank=True)
    payee = models.CharField(_("받을 사람·업체"), max_length=60, blank=True)
    day = models.DateField(_("사용일"))
    amount = models.PositiveIntegerField(_("신청액(원)"))
    actual = models.PositiveIntegerField(_("정산액(원)"), null=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=SupportState.choices, default=SupportState.ASKED
    )
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("신청한 직원"))
    asked_on = models.DateField(_("신청일"))
    decided_on = models.DateField(_("승인일"), null=True)
    settled_on = models.DateField(_("정산일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("동아리 지원")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["state", "day"], name="club_supports_open")]

    def __str__(self) -> str:
        return f"{self.club_name} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("clubs:support", args=[self.pk])

    @property
    def year(self) -> int:
        found: date = self.day
        return found.year

    @property
    def settle_by(self) -> date:
        """Until when what was spent is to be accounted for."""
        return preview(self.day, SETTLE_DAYS.on(self.decided_on or self.asked_on)).due

    @property
    def taken(self) -> int:
        """Won of the club's allotment: set aside as it was approved, spent as it was settled."""
        if self.state == SupportState.SETTLED:
            return self.actual or 0
        return self.amount if self.state in (SupportState.APPROVED, SupportState.CLAIMED) else 0


class BestQuerySet(models.QuerySet["Best"]):
    def visible_to(self, user: Any) -> "BestQuerySet":
        if reads_all(user) or Role.GENERAL_AFFAIRS in roles_of(user):
            return self
        return self.filter(_own(user))


class Best(models.Model):
    """The best contributor of a team (0: of a club without teams) of an awarded club: named by the president, in
    person, once (C5). `award`: the leave and the recommendation that follow."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="bests", verbose_name=_("동아리"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name=_("심사"))
    team = models.PositiveSmallIntegerField(_("분임"), default=0)
    place = models.PositiveSmallIntegerField(_("순번"), default=1)
    grade = models.CharField(_("등급"), max_length=20)
    due_on = models.DateField(_("추천 기한"))
    state = models.CharField(_("상태"), max_length=10, choices=BestState.choices, default=BestState.OPEN)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", verbose_name=_("최고 기여자"))
    reason = models.CharField(_("추천 사유"), max_length=500, blank=True)
    wish = models.CharField(_("희망 부서"), max_length=100, blank=True)
    named_on = models.DateField(_("추천일"), null=True)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+", verbose_name=_("시상"))
    version = models.PositiveIntegerField(default=1)

    objects = BestQuerySet.as_manager()

    class Meta:
        verbose_name = _("최고 기여자")
        ordering = ["club", "team", "place"]
        constraints = [
            models.UniqueConstraint(fields=["club", "round", "team", "place"], name="one_best_a_place"),
            models.UniqueConstraint(
                fields=["round", "seat"], condition=models.Q(seat__isnull=False), name="best_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.club} {self.team or ''} {self.seat.user if self.seat else ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("clubs:best", args=[self.pk])

    @property
    def begun_on(self) -> date:
        """The day on which the club was awarded; whoever was a member then may be named."""
        confirmed = self.round.confirmed_at
        return localdate(confirmed) if confirmed else today()

    @property
    def team_name(self) -> str:
        """`1분임`, as the club calls it; of a club without teams nothing."""
        teams = {one.number: str(one) for one in self.club.teams.all()}
        return teams.get(self.team, "") if self.team else ""


class TravellerQuerySet(models.QuerySet["Traveller"]):
    def visible_to(self, user: Any) -> "TravellerQuerySet":
        if reads_all(user) or Role.GENERAL_AFFAIRS in roles_of(user):
            return self
        return self.filter(user__in=[one.pk for one in selves(user)])

    def standing(self) -> "TravellerQuerySet":
        return self.filter(revoked_on=None)


class Traveller(models.Model):
    """Put forward for the overseas study trip, since the club came first (C5): a list for general affairs."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="travellers", verbose_name=_("동아리"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name=_("심사"))
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("직원"))
    label = models.CharField(_("소속·직위·성명"), max_length=120)
    listed_on = models.DateField(_("추천일"))
    revoked_on = models.DateField(_("추천을 거둔 날"), null=True)

    objects = TravellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("해외연수 추천")
        ordering = ["-listed_on", "club", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="put_forward_once")]

    def __str__(self) -> str:
        return f"{self.club} {self.label}"
