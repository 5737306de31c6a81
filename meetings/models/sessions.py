"""The sessions of panels: who is asked, who came, what was resolved (E7, C2, C7)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from core.now import now, today
from meetings.enums import (
    CAME,
    STANDS,
    Chair,
    Outcome,
    Presence,
    Reply,
    SessionState,
    Sort,
)
from meetings.kinds import COMMITTEE, KINDS
from meetings.models.panels import Panel, Seat
from meetings.policies import USUAL_HOURS
from organization.rules import heads_planning, is_staff
from organization.selectors import reads_all

USER = settings.AUTH_USER_MODEL


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any) -> "SessionQuerySet":
        """Planning and its head, executives, audit, and who had a seat in the panel that day or comes instead. Staff
        read the minutes of shared kinds once they stand, and who sits there now all that its panel does."""
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
        """Those in which the person has a seat on the day, or comes instead of somebody who has."""
        lasting = models.Q(ends_on=None) | models.Q(ends_on__gte=models.OuterRef("held_on"))
        seats = Seat.objects.filter(
            lasting, panel=models.OuterRef("panel"), user=user, starts_on__lte=models.OuterRef("held_on")
        )
        instead = (
            of.objects.filter(session=models.OuterRef("pk"), stand_in=user) for of in (Answer, Attendance)
        )
        coming, came = (models.Exists(rows) for rows in instead)
        return self.filter(models.Exists(seats) | coming | came)

    def committees(self) -> "SessionQuerySet":
        return self.filter(panel__kind=COMMITTEE)


class Session(models.Model):
    """A meeting of a panel. `ends_at`: as it was planned, then as it was. Decisions count where more than half of its
    voting seats were there, by the majority of those present (E7); what was `needed`, how many with a vote `came`, and
    who, is kept as it was that day."""

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
    def begins(self) -> datetime:
        return make_aware(datetime.combine(self.held_on, self.begins_at))

    @property
    def ends(self) -> datetime:
        """As planned or as it was; where nobody said, as long as usual."""
        if self.ends_at is None:
            return self.begins + timedelta(hours=USUAL_HOURS.on(self.held_on))
        return make_aware(datetime.combine(self.held_on, self.ends_at))

    @property
    def has_begun(self) -> bool:
        return self.begins <= now()

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

    @property
    def person_id(self) -> int:
        """Who was there: the member, or who came instead."""
        return int(self.stand_in_id or self.seat.user_id)


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


class Struck(models.Model):
    """What stood on the agenda of a session and was taken off by hand: an agenda that keeps itself leaves it off."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="struck", verbose_name=_("회의"))
    title = models.CharField(_("안건"), max_length=200)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("대상 종류")
    )
    object_id = models.PositiveBigIntegerField(_("대상 번호"))
    at = models.DateTimeField(_("뺀 일시"), default=now, editable=False)
    by: Any = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("뺀 직원"))

    class Meta:
        verbose_name = _("뺀 안건")
        ordering = ["session", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "content_type", "object_id"], name="struck_once_a_session"
            )
        ]

    def __str__(self) -> str:
        return self.title


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
