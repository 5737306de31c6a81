"""Temporary and local public holidays (O7); the statutory ones come from the `holidays` package."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def counted(self) -> dict[date, str]:
        """Those that move deadlines, with their names."""
        return dict(self.filter(moves_deadlines=True).values_list("date", "name"))


class Holiday(models.Model):
    class Kind(models.TextChoices):
        TEMPORARY = "temporary", _("임시공휴일")
        LOCAL = "local", _("지역 휴무일")

    date = models.DateField(_("날짜"), unique=True, error_messages={"unique": _("이미 등록된 날짜입니다.")})
    name = models.CharField(_("이름"), max_length=60)
    kind = models.CharField(_("구분"), max_length=10, choices=Kind.choices, default=Kind.TEMPORARY)
    # A day on which the office alone is closed is no 공휴일 of 민법 161: whoever enters it says so (O7a).
    moves_deadlines = models.BooleanField(_("기한을 미룸"), default=True)
    declared_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("등록자")
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("공휴일")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
