"""The savings bonus (E6): what was saved or earned by whom, what panel and committee made of it, what is paid."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contests import policies_bonus as policies
from contests.enums import OVER, BonusState, Saving
from contests.limits import Limits, Line, lines
from core.deadlines import preview
from meetings.models import Session
from organization.models import Department
from organization.rules import heads_planning
from organization.selectors import departments_of, reads_all
from policies.registry import Policy

USER = settings.AUTH_USER_MODEL
STANDS = ~models.Q(state__in=OVER)


def key_of(text: str) -> str:
    """The same cause, however it is written: without spaces, signs, letters nobody sees, and case."""
    return re.sub(r"[\W_\u115f\u1160]+", "", unicodedata.normalize("NFKC", text)).casefold()[:120]


class BonusQuerySet(models.QuerySet["Bonus"]):
    def visible_to(self, user: Any) -> "BonusQuerySet":
        """The department's, those of who contributed, and for who reads all and the head of planning all of them."""
        if reads_all(user) or heads_planning(user):
            return self
        if not (own := departments_of(user)):
            return self.none()
        return self.filter(
            models.Q(department__in=own)
            | models.Q(pk__in=BonusShare.objects.filter(user=user).values("bonus"))
        )


class Bonus(models.Model):
    """`cause_key` and `proposal_key`: nothing is paid for twice (the database refuses it). `recognised`: what the panel
    found was saved; `amount`: what the committee resolved, within the limits."""

    year = models.PositiveSmallIntegerField(_("절감 연도"))
    kind = models.CharField(_("절감 구분"), max_length=10, choices=Saving.choices)
    title = models.CharField(_("제목"), max_length=100)
    cause = models.CharField(_("절감 원인(사업과 예산과목)"), max_length=100)
    cause_key = models.CharField(_("절감 원인 이름표"), max_length=120, editable=False)
    proposal_number = models.CharField(_("채택된 제안 번호"), max_length=40, blank=True)
    proposal_title = models.CharField(_("채택된 제안 제목"), max_length=100, blank=True)
    proposal_key = models.CharField(_("제안 이름표"), max_length=120, blank=True, editable=False)
    claimed = models.PositiveBigIntegerField(_("절감·증대액(원)"))
    reckoning = models.TextField(_("계산 근거"), max_length=4_000)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    state = models.CharField(_("상태"), max_length=10, choices=BonusState.choices, default=BonusState.DRAFT)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("쓴 직원"))
    nominated_on = models.DateField(_("신청일"), null=True)
    recognised = models.PositiveBigIntegerField(_("인정한 금액(원)"), null=True)
    wide = models.BooleanField(_("파급 효과가 큼"), default=False)
    amount = models.PositiveBigIntegerField(_("성과금(원)"), null=True)
    panel_session: Any = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="+", verbose_name=_("실무심사 회의")
    )
    committee_session: Any = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="+", verbose_name=_("의결한 회의")
    )
    decided_on = models.DateField(_("결정일"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = BonusQuerySet.as_manager()

    class Meta:
        verbose_name = _("예산성과금")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cause_key"], condition=STANDS, name="one_bonus_a_cause"),
            models.UniqueConstraint(
                fields=["proposal_key"],
                condition=STANDS & ~models.Q(proposal_key=""),
                name="one_bonus_a_proposal",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(BonusState.DECIDED, BonusState.GRANTED))
                | models.Q(amount__isnull=False, committee_session__isnull=False),
                name="no_bonus_without_its_committee",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("bonuses:bonus", args=[self.pk])

    def due(self, by: Policy[str]) -> date:
        """The day of the policy in the following year; a day off moves it to the next working day (O6)."""
        month, day = map(int, by.on(date(self.year + 1, 1, 1)).split("-"))
        return preview(date(self.year + 1, month, day) - timedelta(days=1), 1).due

    @property
    def next_due(self) -> date | None:
        steps: dict[Any, Policy[str]] = {
            BonusState.DRAFT: policies.REQUEST_BY,
            BonusState.NOMINATED: policies.PANEL_BY,
            BonusState.REVIEWED: policies.COMMITTEE_BY,
            BonusState.DECIDED: policies.PAY_BY,
        }
        return self.due(steps[self.state]) if self.state in steps else None

    def lines(self, *, wide: bool | None = None) -> list[Line]:
        """How much it may be at most, of what was recognised or as long as that is open of what is claimed."""
        saved = self.claimed if self.recognised is None else self.recognised
        shares = [one.share for one in self.shares.all()]
        return lines(self.kind, saved, shares, self.wide if wide is None else wide, self.limits)

    @property
    def limits(self) -> Limits:
        return Limits.on(date(self.year + 1, 1, 1))


class BonusShare(models.Model):
    """One of those who brought it about; without `user` the citizen whose proposal was adopted, whose name is written
    down nowhere before it is paid. Shares sum to 100."""

    bonus = models.ForeignKey(Bonus, models.CASCADE, related_name="shares", verbose_name=_("예산성과금"))
    user: Any = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("직원"))
    label = models.CharField(_("소속·직위"), max_length=100, blank=True)
    share = models.DecimalField(_("기여도(%)"), max_digits=5, decimal_places=2, default=Decimal(100))
    order = models.PositiveSmallIntegerField(_("순서"))

    class Meta:
        verbose_name = _("성과금 기여자")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bonus", "user"], name="no_share_twice"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=100), name="bonus_share_in_percent"
            ),
        ]

    def __str__(self) -> str:
        who = self.label or _now("제안이 채택된 구민")
        return f"{who} {self.share_text}%"

    @property
    def share_text(self) -> str:
        return f"{self.share.normalize():f}"


BONUS = (
    "year", "kind", "title", "cause", "proposal_number", "proposal_title", "claimed", "reckoning",
)  # fmt: skip
