"""A contest being judged: its divisions, grades and entries (E1, E2)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, parse
from core.permissions import can
from core.publishing.models import Announced
from evaluations.enums import (
    SITTING,
    TOLD,
    JudgeState,
    ObjectionState,
    RoundState,
    SheetState,
    Slot,
    StageState,
)
from meetings.models import Item, Session
from organization.models import Department
from organization.rules import heads_planning, is_staff
from organization.selectors import reads_all

USER = settings.AUTH_USER_MODEL


def sees_all(user: Any) -> bool:
    """Planning with its head, who confirms what officers have run; executives; audit."""
    return bool(reads_all(user) or heads_planning(user))


def _on_agenda_of(user: Any) -> Any:
    """Rounds that a panel of theirs has to resolve on, or had."""
    items = Item.objects.filter(content_type__app_label="evaluations", content_type__model="round")
    return items.filter(session__panel__seats__user=user).values("object_id")


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: Any) -> "RoundQuerySet":
        """Planning, executives and audit see all; judges those they sit in; members of panels those on their agenda;
        staff what has come of them."""
        if sees_all(user):
            return self
        if not can(user, "evaluations.judge"):
            return self.none()
        sits = Round.objects.filter(stages__judges__user=user, stages__judges__state__in=SITTING)
        mine = models.Q(pk__in=sits.values("pk")) | models.Q(pk__in=_on_agenda_of(user))
        return self.filter(mine | models.Q(state__in=TOLD)) if is_staff(user) else self.filter(mine)

    def missing_sheets(self) -> "RoundQuerySet":
        """Being scored, and somebody who has signed has still something to score."""
        left = Round.objects.filter(
            state=RoundState.RUNNING,
            stages__state=StageState.SCORING,
            stages__judges__state=JudgeState.SIGNED,
            stages__judges__sheets__state=SheetState.OPEN,
            stages__judges__sheets__entry__out=False,
        )
        return self.filter(pk__in=left.values("pk"))

    def told(self) -> "RoundQuerySet":
        return self.filter(state__in=TOLD)


class Round(Announced):
    """What is judged together. It is prepared, judged in stages, drafted, announced where that is due, confirmed once
    and frozen with every sheet. `first_on`–`last_on` are the days of the period: who served in an entrant's department
    on any of them does not score it (E3). `subject` tells rounds of one kind and period apart (`call:12`)."""

    kind = models.CharField(_("심사 종류"), max_length=20)
    period = models.CharField(_("기간"), max_length=8)
    subject = models.CharField(_("대상"), max_length=40, blank=True, editable=False)
    title = models.CharField(_("제목"), max_length=100)
    first_on = models.DateField(_("기간 첫날"))
    last_on = models.DateField(_("기간 끝날"))
    state = models.CharField(
        _("상태"), max_length=10, choices=RoundState.choices, default=RoundState.PREPARING
    )
    blind = models.BooleanField(_("제안자를 가리고 심사"), default=True)
    decimals = models.PositiveSmallIntegerField(_("점수 소수 자리"))
    least = models.DecimalField(_("시상 최저 점수"), max_digits=5, decimal_places=2, null=True, blank=True)
    verification_days = models.PositiveSmallIntegerField(_("공개 검증 일수"))
    session: Any = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="rounds", verbose_name=_("심의한 회의")
    )
    run_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("심사 담당자"))
    made_on = models.DateField(_("만든 날"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사")
        ordering = ["-last_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period", "subject"],
                condition=~models.Q(state=RoundState.ABANDONED),
                name="one_round_of_a_period",
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="round_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["state", "-last_on"], name="round_open")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluations:round", args=[self.pk])

    @property
    def span(self) -> Period:
        return parse(self.period)

    @property
    def days(self) -> tuple[date, date]:
        return self.first_on, self.last_on

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    def open_objections(self) -> int:
        return int(self.objections.filter(state=ObjectionState.ASKED).count())


class Division(models.Model):
    """Entries that are compared with one another, with grades of their own (P9)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="divisions", verbose_name=_("심사"))
    key = models.CharField(_("부문 이름표"), max_length=20)
    title = models.CharField(_("부문"), max_length=40)
    order = models.PositiveSmallIntegerField(_("순서"))

    class Meta:
        verbose_name = _("부문")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="one_division_of_a_key")]

    def __str__(self) -> str:
        return self.title


class Grade(models.Model):
    """What a division awards: at most so many, or none. Copied from the office's table when the round is made; `rule`
    is the key of the ledger's rule that gives performance points, `points` what it gave then (hundredths)."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="grades", verbose_name=_("부문"))
    slot = models.CharField(_("등급"), max_length=10, choices=Slot.choices)
    name = models.CharField(_("등급 이름"), max_length=20)
    order = models.PositiveSmallIntegerField(_("순서"))
    at_most = models.PositiveSmallIntegerField(_("시상 인원"))
    prize = models.PositiveIntegerField(_("시상금(원)"), default=0)
    rule = models.CharField(_("성과포인트 기준"), max_length=30, blank=True, editable=False)
    points = models.PositiveIntegerField(_("성과포인트"), default=0)
    leave_days = models.PositiveSmallIntegerField(_("특별휴가(일)"), default=0)
    other = models.CharField(_("그 밖의 시상"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("시상 등급")
        ordering = ["division", "order"]
        constraints = [models.UniqueConstraint(fields=["division", "slot"], name="one_grade_of_a_slot")]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """A thing that is judged. What it says and whose it is stays with its app, which is asked through the round's kind
    (evaluations.kinds). `title`: as everybody reads it; `department`: whose it is, if a department's. One that left is
    `out`, with the reason. `stage`: the order of the last stage it reached."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="entries", verbose_name=_("심사"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="entries", verbose_name=_("부문"))
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("대상 종류")
    )
    object_id = models.PositiveBigIntegerField(_("대상 번호"))
    thing = GenericForeignKey()
    number = models.PositiveIntegerField(_("심사 번호"))
    title = models.CharField(_("제목"), max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("부서")
    )
    stage = models.PositiveSmallIntegerField(_("오른 단계"), default=1)
    out = models.BooleanField(_("심사에서 뺌"), default=False)
    out_reason = models.CharField(_("뺀 사유"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("심사 대상")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "content_type", "object_id"], name="a_thing_enters_a_round_once"
            ),
            models.UniqueConstraint(fields=["round", "number"], name="one_entry_a_number"),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="entries_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def why_url(self) -> str:
        """Where one of the staff whose it is reads why it got this place."""
        return reverse("evaluations:why", args=[self.pk])
