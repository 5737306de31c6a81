"""Judges, what keeps them from an entry, and their sheets (E3)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Pass
from core.now import now, today
from evaluations.enums import ConflictState, Ground, JudgeState, SheetState
from evaluations.models.round import Entry, sees_all
from evaluations.models.stage import Criterion, Stage
from meetings.enums import Chair
from meetings.models import Seat
from organization.enums import DepartmentRole, Position, Role
from organization.models import User
from organization.selectors import holders_of, reads_all

USER = settings.AUTH_USER_MODEL


class JudgeQuerySet(models.QuerySet["Judge"]):
    def visible_to(self, user: Any) -> "JudgeQuerySet":
        """Who sits is known to planning, executives and audit; nobody but the judge sees what stands below."""
        return self if reads_all(user) else self.filter(user=user)

    def of(self, user: Any) -> "JudgeQuerySet":
        """The own alone: what one signs and scores by."""
        return self.filter(user=user)

    def sitting(self) -> "JudgeQuerySet":
        return self.filter(state__in=(JudgeState.INVITED, JudgeState.SIGNED))


class Judge(models.Model):
    """Somebody who scores in a stage: a member of its panel, or whoever holds a slip of the residents' panel, of whom
    nothing is known but the slip's number. Content opens when the pledge is signed, never before; `pledge` is the text
    that was signed, by its digest."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="judges", verbose_name=_("심사 단계"))
    user = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="judging", verbose_name=_("심사위원")
    )
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", verbose_name=_("위촉"))
    number = models.PositiveSmallIntegerField(_("심사자 번호"))
    slip_seal = models.CharField(_("쪽지 확인번호"), max_length=128, blank=True, editable=False)
    state = models.CharField(_("상태"), max_length=10, choices=JudgeState.choices, default=JudgeState.INVITED)
    invited_at = models.DateTimeField(_("요청 일시"), default=now, editable=False)
    signed_at = models.DateTimeField(_("서약 일시"), null=True)
    pledge = models.CharField(_("서약한 글"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("심사자")
        ordering = ["stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="one_judge_a_number"),
            models.UniqueConstraint(
                fields=["stage", "user"], condition=~models.Q(user=None), name="one_sits_once_in_a_stage"
            ),
        ]

    def __str__(self) -> str:
        return _("심사자 %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("evaluations:judge", args=[self.pk])

    @property
    def has_signed(self) -> bool:
        return self.state == JudgeState.SIGNED


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> "ConflictQuerySet":
        return self.filter(state=ConflictState.STANDS)

    def visible_to(self, user: Any) -> "ConflictQuerySet":
        """What entrants asked for: planning, executives and audit, and who leads the panel that decides."""
        asked = self.filter(ground=Ground.CHALLENGED)
        if sees_all(user):
            return asked
        leads = Seat.objects.on(today()).filter(user=user, chair__in=(Chair.CHAIR, Chair.VICE))
        return asked.filter(judge__stage__panel__in=leads.values("panel")).exclude(judge__user=user)


class Conflict(models.Model):
    """A judge does not score this entry: known to the system, said by the judge, or asked for by the entrant, on which
    the panel decides (기피)."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="conflicts", verbose_name=_("심사자"))
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="conflicts", verbose_name=_("심사 대상"))
    ground = models.CharField(_("사유"), max_length=12, choices=Ground.choices)
    state = models.CharField(
        _("상태"), max_length=10, choices=ConflictState.choices, default=ConflictState.STANDS
    )
    reason = models.CharField(_("설명"), max_length=500, blank=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("신청자"))
    asked_by_pass = models.ForeignKey(
        Pass, models.PROTECT, null=True, related_name="+", verbose_name=_("신청자")
    )
    made_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    answer = models.CharField(_("결정 이유"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("결정 일시"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("이해충돌")
        ordering = ["judge", "entry"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry", "ground"], name="one_conflict_of_a_ground")
        ]

    def __str__(self) -> str:
        return f"{self.judge} – {self.entry}, {self.get_ground_display()}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:challenge", args=[self.pk])

    def deciders(self) -> list[int]:
        """Who decides a challenge: the panel's chair; where the chair is concerned, the vice-chair; where both are, or
        there is none, the head of planning, who has the panel appointed (E3, O4; ADR 23). Nobody who runs the round or
        judges in it decides in their place (D9); planning's other officers where the head does."""
        stage = self.judge.stage
        if stage.panel_id is None:
            return []
        concerned = Conflict.objects.standing().filter(entry=self.entry_id, judge__stage=stage)
        kept = {self.judge.user_id, self.asked_by_id, *concerned.values_list("judge__user", flat=True)}
        seats = Seat.objects.on(today()).filter(panel=stage.panel_id, user__is_active=True)
        for chair in (Chair.CHAIR, Chair.VICE):
            found = [pk for pk in seats.filter(chair=chair).values_list("user", flat=True) if pk not in kept]
            if found:
                return found
        return self._outside()

    def _outside(self) -> list[int]:
        """Of planning, who has nothing to do with the round."""
        round = self.judge.stage.round
        judging = Judge.objects.filter(stage__round=round, user__isnull=False).values_list("user", flat=True)
        kept = {round.run_by_id, self.asked_by_id, *judging}
        heads = User.objects.filter(
            department__role=DepartmentRole.PLANNING, position=Position.HEAD, is_active=True
        )
        for people in (heads, holders_of(Role.PLANNING)):
            if found := [one.pk for one in people if one.pk not in kept]:
                return found
        return []


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: Any) -> "SheetQuerySet":
        """The own alone, whatever else one may see."""
        return self.filter(judge__user=user)

    def of(self, user: Any) -> "SheetQuerySet":
        return self.filter(judge__user=user)

    def counted(self) -> "SheetQuerySet":
        return self.filter(state=SheetState.DONE)


class Sheet(models.Model):
    """What one judge says of one entry. `paper`: typed from paper, twice, by two people."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="sheets", verbose_name=_("심사자"))
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sheets", verbose_name=_("심사 대상"))
    state = models.CharField(_("상태"), max_length=10, choices=SheetState.choices, default=SheetState.OPEN)
    comment = models.TextField(_("의견"), max_length=2_000, blank=True)
    paper = models.BooleanField(_("종이 채점표"), default=False)
    done_at = models.DateTimeField(_("채점 일시"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("채점표")
        ordering = ["judge", "entry"]
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="one_sheet_a_judge_and_entry")]
        indexes = [models.Index(fields=["entry", "state"], name="sheets_of_an_entry")]

    def __str__(self) -> str:
        return f"{self.judge} – {self.entry}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:sheet", args=[self.pk])


class Mark(models.Model):
    """What a sheet gives by one criterion, from 0 to its full marks."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks", verbose_name=_("채점표"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("심사 기준"))
    value = models.DecimalField(_("점수"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("기준별 점수")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_a_criterion"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="marks_begin_at_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Typing(models.Model):
    """A paper sheet as one of two people typed it: what both typed alike becomes the sheet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="typings", verbose_name=_("채점표"))
    turn = models.PositiveSmallIntegerField(_("입력 차례"))
    values = models.JSONField(_("입력한 점수"), default=dict)
    typed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("입력한 직원"))
    typed_at = models.DateTimeField(_("입력 일시"), default=now, editable=False)

    class Meta:
        verbose_name = _("종이 채점표 입력")
        ordering = ["sheet", "turn"]
        constraints = [models.UniqueConstraint(fields=["sheet", "turn"], name="one_typing_a_turn")]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.turn}"
