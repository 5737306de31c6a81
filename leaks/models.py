"""Leaks of personal data, and whom they concern (D7)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from basis.clock import due_hour
from core.now import now, today
from core.permissions import can
from leaks.enums import OPEN, State
from leaks.policies import HOME_DAYS, MANY

USER = settings.AUTH_USER_MODEL


class LeakQuerySet(models.QuerySet["Leak"]):
    def visible_to(self, user: Any) -> "LeakQuerySet":
        """Whose account leaked does not look over the shoulder of who finds out."""
        return self.exclude(account=user) if can(user, "leaks.view") else self.none()


class Leak(models.Model):
    """What got out, how, and what was done; what is not known at first is written before those concerned are told.
    `hours` is the period as it was when the leak became known; the deadline is reckoned from it. `from_log` and
    `from_groups` are counted by `services.persons`, never typed."""

    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("번호"))
    title = models.CharField(_("유출 이름"), max_length=100)
    found_at = models.DateTimeField(_("안 때"))
    hours = models.PositiveSmallIntegerField(_("기한(시간)"))
    happened_from = models.DateTimeField(_("유출이 시작된 때"), null=True, blank=True)
    happened_to = models.DateTimeField(_("유출이 끝난 때"), null=True, blank=True)
    what = models.TextField(_("유출된 경위"), max_length=2000)
    items = models.CharField(_("유출된 개인정보의 항목"), max_length=300, blank=True)
    sensitive = models.BooleanField(_("민감정보·고유식별정보"), default=False)
    intrusion = models.BooleanField(_("외부의 불법적인 접근"), default=False)
    account = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("유출에 쓰인 계정")
    )
    looks_from = models.DateTimeField(_("열람 기록의 시작"), null=True, blank=True)
    looks_to = models.DateTimeField(_("열람 기록의 끝"), null=True, blank=True)
    measures = models.TextField(_("우리 구청의 조치와 피해 구제 절차"), max_length=2000, blank=True)
    advice = models.TextField(_("정보주체가 피해를 줄이려고 할 수 있는 일"), max_length=2000, blank=True)
    contact = models.CharField(_("피해를 신고할 부서와 연락처"), max_length=200, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=State.choices, default=State.KNOWN)
    version = models.PositiveIntegerField(default=1)
    from_log = models.PositiveIntegerField(_("열람 기록의 인원"), default=0)
    from_groups = models.PositiveIntegerField(_("따로 적은 인원"), default=0)
    told_at = models.DateTimeField(_("통지한 때"), null=True)
    told_how = models.CharField(_("통지 방법"), max_length=500, blank=True)
    told_late = models.CharField(_("통지가 늦은 까닭"), max_length=500, blank=True)
    home_from = models.DateField(_("누리집 공지 시작일"), null=True)
    home_days = models.PositiveSmallIntegerField(_("누리집 공지 기간(일)"), null=True)
    reported_at = models.DateTimeField(_("신고한 때"), null=True)
    receipt = models.CharField(_("신고 접수번호"), max_length=60, blank=True)
    reported_late = models.CharField(_("신고가 늦은 까닭"), max_length=500, blank=True)
    grounds = models.CharField(_("신고하지 않은 근거"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    closed_at = models.DateTimeField(_("마친 일시"), null=True)

    objects = LeakQuerySet.as_manager()

    class Meta:
        verbose_name = _("개인정보 유출")
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="leak_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("leaks:leak", args=[self.pk])

    @property
    def missing(self) -> list[str]:
        """What the law has told besides what happened, and nobody has written yet."""
        return [
            name for name in ("items", "advice", "measures", "contact") if not getattr(self, name).strip()
        ]

    @property
    def code(self) -> str:
        return leak_code(self.year, self.number)

    @property
    def due_at(self) -> datetime:
        return due_hour(self.found_at, self.hours)

    @property
    def found_on(self) -> date:
        """The day by which the figures go."""
        return timezone.localdate(self.found_at)

    @property
    def people(self) -> int:
        return self.from_log + self.from_groups

    @property
    def many(self) -> int:
        """From how many people on the authority is told."""
        return MANY.on(self.found_on)

    @property
    def must_report(self) -> bool:
        return must_report(self.people, self.sensitive, self.intrusion, self.found_on)

    @property
    def home_until(self) -> date | None:
        """The last day of the notice on the home page."""
        if self.home_from is None:
            return None
        return self.home_from + timedelta(days=(self.home_days or HOME_DAYS.on(self.home_from)) - 1)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def tells(self) -> bool:
        """People have still to be told."""
        return self.is_open and self.told_at is None

    @property
    def reports(self) -> bool:
        """The authority has still to be told."""
        return self.is_open and self.reported_at is None and self.must_report

    @property
    def is_done(self) -> bool:
        """Everybody was told who had to be."""
        return self.is_open and self.told_at is not None and not self.reports

    @property
    def may_close(self) -> bool:
        return self.is_done and (self.home_until is None or today() > self.home_until)


def must_report(people: int, sensitive: bool, intrusion: bool, day: date) -> bool:
    """Whether the law asks for the authority to be told, by the figure of the day on which it became known."""
    return people >= MANY.on(day) or sensitive or intrusion


def leak_code(year: int, number: int) -> str:
    return f"{year}-{number:03d}"


class LeakPerson(models.Model):
    """One person whom the access log names, once, however often looked at: one of ours, or somebody of `source`
    (leaks.sockets), whose name stays where it is kept."""

    leak = models.ForeignKey(Leak, models.CASCADE, related_name="persons")
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("직원"))
    source = models.CharField(_("대상 구분"), max_length=40, blank=True)
    key = models.BigIntegerField(_("대상 번호"), null=True)
    looks = models.PositiveIntegerField(_("열람 횟수"))
    last_at = models.DateTimeField(_("마지막 열람"))
    reachable = models.BooleanField(_("연락처를 앎"))
    told_at = models.DateTimeField(_("안내를 보낸 때"), null=True)

    class Meta:
        verbose_name = _("유출된 정보의 주체")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leak", "user"], condition=models.Q(key=None), name="leak_user_once"
            ),
            models.UniqueConstraint(
                fields=["leak", "source", "key"], condition=models.Q(user=None), name="leak_person_once"
            ),
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(key=None), name="leak_person_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leak_id} {self.user_id or self.source} {self.key or ''}".strip()


class LeakGroup(models.Model):
    """People whom the log does not name one by one: typed by hand (paper), or a list that was looked at (`from_log`),
    of which somebody has still to say how many people stood on it (`people` None)."""

    leak = models.ForeignKey(Leak, models.CASCADE, related_name="groups", verbose_name=_("유출"))
    title = models.CharField(_("누구의 정보"), max_length=200)
    people = models.PositiveIntegerField(_("인원"), null=True)
    estimated = models.BooleanField(_("어림한 인원"), default=False)
    note = models.CharField(_("근거"), max_length=300, blank=True)
    from_log = models.BooleanField(_("열람 기록의 목록"), default=False)
    looks = models.PositiveIntegerField(_("열람 횟수"), default=0)

    class Meta:
        verbose_name = _("유출된 정보의 주체(여럿)")
        ordering = ["-from_log", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leak", "title"], condition=models.Q(from_log=True), name="leak_list_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
