"""Awards: who gets what, for what, by which decision, and when it was handed over (A1–A5)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from awards.enums import STANDING, AwardState, Receiver, Tax
from core.now import now
from core.permissions import can
from organization.models import Department

USER = settings.AUTH_USER_MODEL


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user: Any) -> "AwardQuerySet":
        """Planning, general affairs, executives and audit see all, staff the own."""
        return self if can(user, "awards.see_all") else self.filter(user=user)

    def standing(self) -> "AwardQuerySet":
        """Those that were not revoked."""
        return self.filter(state__in=STANDING)

    def late(self, day: date) -> "AwardQuerySet":
        """Not handed over in time (A5)."""
        return self.filter(state=AwardState.GRANTED, due_on__lt=day)

    def of(self, thing: models.Model) -> "AwardQuerySet":
        """What was given for one thing."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class Award(models.Model):
    """One receiver's part of a prize, to the won. `thing`: what it is given for. `key`: the decision and the receiver
    in it, so that a decision gives once. A citizen's name stands here as long as the award must be accounted for, and
    never a resident number (A1). `points`: hundredths, as the ledger gave them. `kind`, `division` and `period` say in
    words what it was a contest of. `from_purse`: the purse of awards pays it. `leave_over`: days that the year's limit
    held back. `tax_year`: the year to which the money belongs, of the decision until it is handed over.

    `asked_reason` stands while somebody has asked to revoke it; `note` is what the public may read of it then;
    `asked_back` won wait to be returned until `returned_on` (P13)."""

    key = models.CharField(_("결정 이름표"), max_length=80, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("상장 번호"))
    title = models.CharField(_("상 이름"), max_length=120)
    grade = models.CharField(_("등급"), max_length=20, blank=True)
    kind = models.CharField(_("시상 구분"), max_length=40, blank=True)
    division = models.CharField(_("부문"), max_length=40, blank=True)
    period = models.CharField(_("대상 기간"), max_length=40, blank=True)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("대상 종류")
    )
    object_id = models.PositiveBigIntegerField(_("대상 번호"))
    thing = GenericForeignKey()
    work = models.CharField(_("공적"), max_length=200)
    decided_on = models.DateField(_("결정일"))
    decision = models.CharField(_("결정 근거"), max_length=120)
    receiver = models.CharField(_("받는 사람 구분"), max_length=10, choices=Receiver.choices)
    user = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("직원")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("부서")
    )
    department_name = models.CharField(_("부서"), max_length=60, blank=True)
    name = models.CharField(_("받는 사람"), max_length=60, blank=True)
    share = models.DecimalField(
        _("기여도(%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(100),
        validators=[MaxValueValidator(100)],
    )
    amount = models.PositiveIntegerField(_("시상금(원)"), default=0)
    from_purse = models.BooleanField(_("시상 예산에서 지급"), default=True)
    tax_year = models.PositiveSmallIntegerField(_("귀속 연도"))
    tax = models.CharField(_("세금"), max_length=10, choices=Tax.choices, default=Tax.NONE)
    points = models.PositiveIntegerField(_("성과포인트"), default=0)
    leave_days = models.PositiveSmallIntegerField(_("특별휴가(일)"), default=0)
    leave_over = models.PositiveSmallIntegerField(_("연간 한도를 넘은 휴가(일)"), default=0)
    leave_until = models.DateField(_("특별휴가 사용 기한"), null=True, blank=True)
    other = models.CharField(_("그 밖의 시상"), max_length=100, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=AwardState.choices, default=AwardState.GRANTED)
    due_on = models.DateField(_("지급 기한"))
    handed_on = models.DateField(_("지급일"), null=True)
    handed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("지급한 직원")
    )
    receipt = models.CharField(_("수령 확인"), max_length=60, blank=True)
    reason = models.CharField(_("보류·취소 사유"), max_length=500, blank=True)
    asked_reason = models.CharField(_("취소 요청 사유"), max_length=500, blank=True)
    note = models.CharField(_("공개할 취소 사유"), max_length=200, blank=True)
    asked_back = models.PositiveIntegerField(_("환수할 금액(원)"), default=0)
    returned_on = models.DateField(_("환수일"), null=True)
    returned_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("환수를 기록한 직원")
    )
    forgotten_on = models.DateField(_("성명 파기일"), null=True)
    granted_at = models.DateTimeField(_("기록 일시"), default=now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("시상")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="award_number"),
            models.CheckConstraint(
                condition=models.Q(receiver=Receiver.STAFF, user__isnull=False)
                | models.Q(receiver=Receiver.DEPARTMENT, department__isnull=False, user=None)
                | models.Q(receiver=Receiver.CITIZEN, user=None),
                name="award_has_its_receiver",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="awards_to_hand_over"),
            models.Index(fields=["content_type", "object_id"], name="awards_of_a_thing"),
            models.Index(fields=["user", "decided_on"], name="awards_of_a_person"),
            models.Index(fields=["tax_year", "user"], name="awards_of_a_tax_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title} {self.grade}".strip()

    def get_absolute_url(self) -> str:
        return reverse("awards:award", args=[self.pk])

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:04d}"

    @property
    def certificate(self) -> str:
        """As it stands on the paper: `제2015-12호`."""
        return _now("제%(year)d-%(number)d호") % {"year": self.year, "number": self.number}

    @property
    def who(self) -> str:
        """`교통행정과 김하늘`; of a citizen whose time is over nothing is known."""
        if self.forgotten_on:
            return _now("(파기)")
        return " ".join(filter(None, [self.department_name, self.name]))

    @property
    def leave_counted(self) -> int:
        return self.leave_days - self.leave_over

    @property
    def is_paid_from_purse(self) -> bool:
        return self.from_purse and self.amount > 0

    @property
    def gives(self) -> bool:
        """Whether there is anything to hand over but the honour."""
        return bool(self.amount or self.points or self.leave_days or self.other or self.grade)

    @property
    def owes(self) -> bool:
        """Money that was asked back has not come yet."""
        return self.asked_back > 0 and self.returned_on is None
