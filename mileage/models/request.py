"""What planning asks to be entered or taken back by hand, until a second person decides (M3)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.now import now
from core.permissions import can
from mileage.enums import RequestKind, RequestState
from mileage.models.ledger import Entry

EVENT = "mileage.request"  # of entries that came of a grant, before its key


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: Any) -> "RequestQuerySet":
        return self if can(user, "mileage.view_all") else self.none()

    def waiting(self) -> "RequestQuerySet":
        return self.filter(state=RequestState.REQUESTED)


class Request(models.Model):
    """A grant (`people`, `rule`, `amount`, `day`, `title`) or the reversal of one `entry`.

    `amount` in hundredths; None: what the rule gives for the day.
    """

    kind = models.CharField(_("구분"), max_length=10, choices=RequestKind.choices)
    state = models.CharField(
        _("상태"), max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED
    )
    people: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("받는 사람"), blank=True
    )
    rule = models.CharField(_("기준"), max_length=40, blank=True)
    amount = models.BigIntegerField(_("한 사람 점수"), null=True, blank=True)
    day = models.DateField(_("일자"))
    title = models.CharField(_("내용"), max_length=200)
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("취소할 기록")
    )
    reason = models.CharField(_("사유"), max_length=300)
    document = models.CharField(_("근거 문서번호"), max_length=60, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("요청자")
    )
    requested_at = models.DateTimeField(_("요청 일시"), default=now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("확인자")
    )
    decided_at = models.DateTimeField(_("확인 일시"), null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("점수 등록·취소 요청")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(state="requested"),
                name="one_open_reversal_an_entry",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mileage:request", args=[self.pk])

    @cached_property
    def receivers(self) -> list[Any]:
        """Whose account it changes."""
        if self.entry is not None:
            return [self.entry.account.user]
        return list(self.people.select_related("department").order_by("department__order", "employee_number"))
