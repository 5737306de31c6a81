"""Clubs: what they study, who is in them (C1, C6). Once approved a club is a panel, its members are seats."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clubs.enums import LIVED, Cause, ClubKind, ClubState, TopicSource, UpkeepState
from core.now import today
from meetings.enums import Chair
from meetings.models import Panel, Seat
from organization.models import Department
from organization.rules import is_staff
from organization.selectors import departments_of, reads_all, selves

USER = settings.AUTH_USER_MODEL


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> "TopicQuerySet":
        """All staff."""
        return self if is_staff(user) else self.none()


class Topic(models.Model):
    """Of the lists that planning keeps; clubs choose from those of their year (C1)."""

    year = models.PositiveSmallIntegerField(_("연도"))
    source = models.CharField(_("과제 구분"), max_length=10, choices=TopicSource.choices)
    number = models.PositiveSmallIntegerField(_("번호"))
    title = models.CharField(_("과제"), max_length=120)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("주관 부서")
    )
    is_open = models.BooleanField(_("고를 수 있음"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("연구 과제")
        ordering = ["-year", "source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "source", "number"], name="one_topic_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('clubs:topics')}?year={self.year}"


class ClubQuerySet(models.QuerySet["Club"]):
    def visible_to(self, user: Any) -> "ClubQuerySet":
        """All staff know of the clubs there are and were; of what is asked for, who reads all, the bureau asked for and
        those who stand on the list."""
        if reads_all(user):
            return self
        if not is_staff(user):
            return self.none()
        people = [one.pk for one in selves(user)]
        own = models.Q(applied_by__in=people) | models.Q(bureau__in=departments_of(user))
        listed = Founder.objects.filter(user__in=people, club=models.OuterRef("pk"))
        return self.filter(models.Q(state__in=LIVED) | own | models.Exists(listed))

    def of_member(self, user: Any) -> "ClubQuerySet":
        """Those in which the person has a seat today."""
        seats = Seat.objects.on(today()).filter(user=user, panel=models.OuterRef("panel"))
        return self.filter(models.Exists(seats))

    def active(self) -> "ClubQuerySet":
        return self.filter(state=ClubState.ACTIVE)


class Club(models.Model):
    """A club of a year. `bureau`: of joint ones none. `panel`: from the day it is approved. `allotment`: won that it
    may be given at most in its year (C4). `before`: the club of the year before that it goes on from."""

    year = models.PositiveSmallIntegerField(_("연도"))
    kind = models.CharField(_("구분"), max_length=10, choices=ClubKind.choices)
    name = models.CharField(_("동아리 이름"), max_length=60)
    bureau = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("국·소")
    )
    goal = models.TextField(_("연구 목적"), max_length=2_000)
    plan = models.TextField(_("활동 계획"), max_length=4_000, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=ClubState.choices, default=ClubState.DRAFT)
    panel = models.OneToOneField(
        Panel, models.PROTECT, null=True, related_name="club", verbose_name=_("모임"), editable=False
    )
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="after", verbose_name=_("지난해 동아리")
    )
    allotment = models.PositiveIntegerField(_("지원 한도(원)"), default=0)
    applied_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("신청한 직원")
    )
    applied_on = models.DateField(_("신청일"), null=True)
    approved_on = models.DateField(_("승인일"), null=True)
    ended_on = models.DateField(_("활동 마친 날"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("학습동아리")
        ordering = ["-year", "kind", "bureau__order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"],
                condition=~models.Q(state__in=(ClubState.REFUSED, ClubState.WITHDRAWN)),
                name="one_club_a_name",
            ),
            models.UniqueConstraint(
                fields=["before"],
                condition=~models.Q(state__in=(ClubState.REFUSED, ClubState.WITHDRAWN)),
                name="renewed_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=LIVED) | models.Q(panel__isnull=False), name="a_club_meets"
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="clubs_of_a_year")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clubs:club", args=[self.pk])

    @property
    def place(self) -> str:
        """`기획재정국`, of joint ones what they are."""
        return self.bureau.name if self.bureau else str(self.get_kind_display())


class Team(models.Model):
    """A group within a club (분임), with its topic."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="teams", verbose_name=_("동아리"))
    number = models.PositiveSmallIntegerField(_("분임"))
    name = models.CharField(_("분임 이름"), max_length=40, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("연구 과제")
    )

    class Meta:
        verbose_name = _("분임")
        ordering = ["club", "number"]
        constraints = [models.UniqueConstraint(fields=["club", "number"], name="one_team_a_number")]

    def __str__(self) -> str:
        return self.name or _now("%(number)d분임") % {"number": self.number}


class Founder(models.Model):
    """Who stands on the list of an application; becomes a seat when it is approved."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="founders", verbose_name=_("동아리"))
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("직원"))
    chair = models.CharField(_("직책"), max_length=10, choices=Chair.choices, default=Chair.MEMBER)
    team = models.PositiveSmallIntegerField(_("분임"), null=True)
    order = models.PositiveSmallIntegerField(_("순서"))

    class Meta:
        verbose_name = _("동아리 회원(신청)")
        ordering = ["club", "order"]
        constraints = [models.UniqueConstraint(fields=["club", "user"], name="listed_once")]

    def __str__(self) -> str:
        return f"{self.club} {self.user}"


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    def visible_to(self, user: Any) -> "UpkeepQuerySet":
        """Who reads all and who is in the club: not everybody is to know who has left the office."""
        if reads_all(user):
            return self
        seats = Seat.objects.on(today()).filter(user__in=[one.pk for one in selves(user)])
        return self.filter(club__panel__in=seats.values("panel"))


class Upkeep(models.Model):
    """A member's place that is to be looked at, since the person was moved, promoted or is gone (C1)."""

    club = models.ForeignKey(Club, models.PROTECT, related_name="upkeep", verbose_name=_("동아리"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("회원"))
    cause = models.CharField(_("사유"), max_length=10, choices=Cause.choices)
    since = models.DateField(_("바뀐 날"))
    state = models.CharField(_("상태"), max_length=10, choices=UpkeepState.choices, default=UpkeepState.OPEN)
    note = models.CharField(_("비고"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = _("회원 정비")
        ordering = ["club", "since", "pk"]
        constraints = [models.UniqueConstraint(fields=["seat", "cause", "since"], name="looked_at_once")]

    def __str__(self) -> str:
        return f"{self.club} {self.seat.user} {self.get_cause_display()}"

    def get_absolute_url(self) -> str:
        return reverse("clubs:upkeep", args=[self.pk])
