"""Panels with their dated seats, and the sessions they hold (O4, E7)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.now import now, today
from meetings.enums import (
    CAME,
    RUNNING,
    STANDS,
    Basis,
    Chair,
    DecisionState,
    Every,
    Outcome,
    PanelState,
    Presence,
    Reply,
    SeatState,
    SessionState,
    Sex,
    Sort,
)
from meetings.kinds import COMMITTEE, KINDS, PanelKind
from organization.models import Department
from organization.rules import heads_planning, is_staff
from organization.selectors import departments_of, reads_all

USER = settings.AUTH_USER_MODEL


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: Any) -> "PanelQuerySet":
        """Staff know which panels there are; who is none of the staff, those they sit in."""
        return self if is_staff(user) or reads_all(user) else self.filter(seats__user=user).distinct()

    def committees(self) -> "PanelQuerySet":
        return self.filter(kind=COMMITTEE)

    def running(self) -> "PanelQuerySet":
        return self.filter(state__in=RUNNING)


class Panel(models.Model):
    """A committee, those who score a contest, or a group that meets (`kind`: meetings.kinds). `decides`: on proposals,
    so that its composition is bound (O4). `size`: how many it should have. `every`: it meets at least once in each of
    these, or when there is need."""

    kind = models.CharField(_("구분"), max_length=20, default=COMMITTEE, editable=False)
    name = models.CharField(_("이름"), max_length=60)
    state = models.CharField(
        _("상태"), max_length=10, choices=PanelState.choices, default=PanelState.STANDING, editable=False
    )
    purpose = models.TextField(_("하는 일"), max_length=1_000, blank=True)
    decides = models.BooleanField(_("제안을 결정하는 위원회"), default=False)
    size = models.PositiveSmallIntegerField(_("정원"))
    every = models.CharField(_("정기 회의"), max_length=10, choices=Every.choices, blank=True)
    begun_on = models.DateField(_("구성일"))
    ended_on = models.DateField(_("해산일"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("위원회·평가단")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.kind_of.page(self)

    @property
    def kind_of(self) -> PanelKind:
        return KINDS[self.kind]


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> "SeatQuerySet":
        """Of the panels one may know of."""
        return self.filter(panel__in=Panel.objects.visible_to(user).values("pk"))

    def on(self, day: date) -> "SeatQuerySet":
        """Those whose term has this day."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class Seat(models.Model):
    """Somebody in a panel from a day to a day. `official`: serves an office; `sex` only of the appointed, for the check
    of the composition; `belongs`: where who is none of the staff comes from; `team`: the number of the group within
    the panel. A renewed term is a seat of its own."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seats", verbose_name=_("위원회"))
    user = models.ForeignKey(USER, models.PROTECT, related_name="seats", verbose_name=_("위원"))
    state = models.CharField(
        _("상태"), max_length=10, choices=SeatState.choices, default=SeatState.SITTING, editable=False
    )
    chair = models.CharField(_("직책"), max_length=10, choices=Chair.choices, default=Chair.MEMBER)
    team = models.PositiveSmallIntegerField(_("분임"), null=True, blank=True)
    belongs = models.CharField(_("소속과 직함"), max_length=60, blank=True)
    basis = models.CharField(_("위촉 구분"), max_length=10, choices=Basis.choices, default=Basis.APPOINTED)
    official = models.BooleanField(_("공무원"), default=True)
    sex = models.CharField(_("성별"), max_length=6, choices=Sex.choices, blank=True)
    starts_on = models.DateField(_("임기 시작일"))
    ends_on = models.DateField(_("임기 종료일"), null=True, blank=True)
    end_reason = models.CharField(_("임기를 마친 사유"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("위원")
        ordering = ["panel", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="term_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.panel}, {self.user}"

    def get_absolute_url(self) -> str:
        """It stands on the panel's page."""
        return f"{self.panel.get_absolute_url()}#seat-{self.pk}"

    @property
    def chair_label(self) -> str:
        """As its panel calls it."""
        return str(self.panel.kind_of.chairs[self.chair])

    @property
    def label(self) -> str:
        """`소속 직함 이름`: by what the panel knows the person."""
        return f"{self.belongs} {self.user.name}" if self.belongs else self.user.full_label

    def sits_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any) -> "SessionQuerySet":
        """Planning and its head, executives, audit, and who had a seat in the panel that day. Staff read the minutes of
        shared kinds once they stand, and who sits there now all that its panel does."""
        if reads_all(user) or heads_planning(user):
            return self
        shared = [kind.key for kind in KINDS if kind.shared]
        if not shared:
            return self.seating(user)
        groups = models.Q(panel__kind__in=shared)
        sits = Seat.objects.on(today()).filter(user=user, panel=models.OuterRef("panel"))
        known = models.Q(pk__in=Session.objects.seating(user).values("pk")) | groups & models.Exists(sits)
        return (
            self.filter(known | groups & models.Q(state__in=STANDS)) if is_staff(user) else self.filter(known)
        )

    def seating(self, user: Any) -> "SessionQuerySet":
        """Those in which the person has a seat on the day."""
        lasting = models.Q(ends_on=None) | models.Q(ends_on__gte=models.OuterRef("held_on"))
        seats = Seat.objects.filter(
            lasting, panel=models.OuterRef("panel"), user=user, starts_on__lte=models.OuterRef("held_on")
        )
        return self.filter(models.Exists(seats))


class Session(models.Model):
    """A meeting of a panel. Decisions count where more than half of its voting seats were there, by the majority of
    those present (E7); what was `needed`, how many with a vote `came`, and who, is kept as it was that day."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="sessions", verbose_name=_("위원회"))
    number = models.PositiveIntegerField(_("회차"))
    title = models.CharField(_("회의 이름"), max_length=100)
    state = models.CharField(
        _("상태"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED
    )
    sort = models.CharField(_("모임 구분"), max_length=10, choices=Sort.choices, default=Sort.REGULAR)
    guest = models.CharField(_("외부 전문가"), max_length=100, blank=True)
    held_on = models.DateField(_("개최일"))
    begins_at = models.TimeField(_("시작 시각"))
    ends_at = models.TimeField(_("마친 시각"), null=True, blank=True)
    place = models.CharField(_("장소"), max_length=100)
    needed = models.PositiveSmallIntegerField(_("의사 정족수"), null=True, editable=False)
    came = models.PositiveSmallIntegerField(_("출석한 위원"), null=True, editable=False)
    minutes = models.TextField(_("회의 내용"), max_length=20_000, blank=True)
    written_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("회의록 작성자")
    )
    confirmed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("회의록 확정자")
    )
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("회의")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["panel", "number"], name="one_session_a_number")]
        indexes = [models.Index(fields=["state", "held_on"], name="sessions_to_come")]

    def __str__(self) -> str:
        return f"{self.panel} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:session", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.held_on < today()

    @property
    def is_quorate(self) -> bool:
        """So many came that it could resolve."""
        return self.needed is not None and (self.came or 0) >= self.needed


class Attendance(models.Model):
    """Whether somebody with a seat that day was there, named as on that day. `excused`: kept from the matter by an
    interest of their own. `stand_in`: who came instead. `hours`: hundredths that it is worth (C7)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", verbose_name=_("회의"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances", verbose_name=_("위원"))
    label = models.CharField(_("소속·직위·성명"), max_length=120)
    chair = models.CharField(_("직책"), max_length=10, choices=Chair.choices)
    presence = models.CharField(_("출석"), max_length=10, choices=Presence.choices, default=Presence.ABSENT)
    stand_in: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("대신 온 사람")
    )
    excused = models.BooleanField(_("제척·회피"), default=False)
    note = models.CharField(_("비고"), max_length=100, blank=True)
    hours = models.PositiveSmallIntegerField(_("인정 시간"), default=0)

    class Meta:
        verbose_name = _("출석")
        ordering = ["session", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_attendance_a_seat")]

    def __str__(self) -> str:
        return f"{self.label}, {self.session}"

    @property
    def present(self) -> bool:
        return self.presence in CAME


class Answer(models.Model):
    """What somebody says to an invitation (C2)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="answers", verbose_name=_("회의"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="answers", verbose_name=_("위원"))
    reply = models.CharField(_("답"), max_length=10, choices=Reply.choices)
    stand_in: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("대신 갈 사람")
    )
    reason = models.CharField(_("사유"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("답한 시각"), default=now)

    class Meta:
        verbose_name = _("참석 여부")
        ordering = ["session", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_answer_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_reply_display()}"


class SignIn(models.Model):
    """Somebody typed the number on the wall of the room (C7). `device`: the same where one phone was used for several;
    the secretary sees it, nobody is refused for it. `user`: who was there, in person or instead of the member."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="signs", verbose_name=_("회의"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="signs", verbose_name=_("위원"))
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("온 사람"))
    signed_at = models.DateTimeField(_("서명 시각"), default=now)
    device = models.CharField(_("기기"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("출석 서명")
        ordering = ["session", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_sign_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat} {self.session}"


class Item(models.Model):
    """What the session was asked and what it resolved. `thing`: what it is about, where that stands in this system."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="items", verbose_name=_("회의"))
    order = models.PositiveSmallIntegerField(_("순서"))
    title = models.CharField(_("안건"), max_length=200)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+", verbose_name=_("대상 종류")
    )
    object_id = models.PositiveBigIntegerField(_("대상 번호"), null=True)
    thing = GenericForeignKey()
    outcome = models.CharField(_("의결"), max_length=10, choices=Outcome.choices, blank=True)
    resolution = models.TextField(_("의결 내용"), max_length=4_000, blank=True)
    yes = models.PositiveSmallIntegerField(_("찬성"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("반대"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("기권"), null=True, blank=True)

    class Meta:
        verbose_name = _("안건")
        ordering = ["session", "order"]
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="one_item_a_place")]

    def __str__(self) -> str:
        return self.title


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Of the sessions one may see; once the minutes stand, those given to oneself or the own departments, too."""
        sessions = models.Q(session__in=Session.objects.visible_to(user).values("pk"))
        own = models.Q(person=user) | models.Q(department__in=departments_of(user))
        return self.filter(sessions | (own & ~models.Q(state=DecisionState.DRAFT)))


class Decision(models.Model):
    """What somebody is to do after a session, and until when (C8): by a person or a department. Work once another has
    confirmed the minutes; it stands on the next agenda until it is done."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="decisions", verbose_name=_("회의"))
    order = models.PositiveSmallIntegerField(_("순서"))
    text = models.CharField(_("할 일"), max_length=200)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="decisions", verbose_name=_("맡은 사람")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("맡은 부서")
    )
    until = models.DateField(_("기한"), null=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT
    )
    outcome = models.CharField(_("처리 결과"), max_length=500, blank=True)
    done_on = models.DateField(_("처리일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("결정 사항")
        ordering = ["session", "order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="one_decision_a_place"),
            models.CheckConstraint(
                condition=models.Q(person=None, department__isnull=False)
                | models.Q(person__isnull=False, department=None),
                name="decision_is_somebodys",
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="decisions_open")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:decision", args=[self.pk])

    @property
    def panel(self) -> Panel:
        return self.session.panel

    @property
    def whose(self) -> str:
        return self.person.full_label if self.person else str(self.department)


class Correction(models.Model):
    """The minutes written anew after they were confirmed: what stood there before stays. `accepted`: by another than
    who asked; None while that is open."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="corrections", verbose_name=_("회의"))
    before = models.TextField(_("정정 전"), max_length=20_000)
    after = models.TextField(_("정정 후"), max_length=20_000)
    reason = models.CharField(_("정정 사유"), max_length=1_000)
    asked_on = models.DateField(_("요청일"))
    accepted = models.BooleanField(_("받아들임"), null=True)
    decided_on = models.DateField(_("확인일"), null=True)

    class Meta:
        verbose_name = _("회의록 정정")
        ordering = ["session", "-pk"]

    def __str__(self) -> str:
        return f"{self.session} {self.asked_on}"
