"""Awards: who gets what, for what, by which decision, and when it was handed over (A1–A5)."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.enums import AwardState, Receiver, Tax
from core.now import now
from organization.models import Department
from organization.selectors import reads_all

USER = settings.AUTH_USER_MODEL


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user: Any) -> "AwardQuerySet":
        """Planning, executives and audit see all, staff the own."""
        return self if reads_all(user) else self.filter(user=user)

    def of(self, thing: models.Model) -> "AwardQuerySet":
        """What was given for one thing."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class Award(models.Model):
    """One receiver's part of a prize, to the won. `thing`: what it is given for. `key`: the decision and the receiver
    in it, so that a decision gives once. A citizen's name stands here as long as the award must be accounted for, and
    never a resident number (A1). `points`: hundredths, as the ledger gave them."""

    key = models.CharField(max_length=80, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("상장 번호"))
    title = models.CharField(_("상 이름"), max_length=120)
    grade = models.CharField(_("등급"), max_length=20, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
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
    tax = models.CharField(_("세금"), max_length=10, choices=Tax.choices, default=Tax.NONE)
    points = models.PositiveIntegerField(_("성과포인트"), default=0)
    leave_days = models.PositiveSmallIntegerField(_("특별휴가(일)"), default=0)
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
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title} {self.grade}".strip()

    def get_absolute_url(self) -> str:
        return reverse("awards:award", args=[self.pk])

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:04d}"
