"""Dated policy values (방침). What is declared in code is the default; a row changes it from a day on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now


class PolicyValue(models.Model):
    key = models.CharField(_("항목"), max_length=80)
    effective_from = models.DateField(_("시행일"))
    value = models.JSONField(_("값"))
    document = models.CharField(_("근거 문서"), max_length=120)
    reason = models.CharField(_("변경 사유"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("등록자")
    )
    created_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    withdrawn_at = models.DateTimeField(_("취소 일시"), null=True)

    class Meta:
        verbose_name = _("방침 값")
        ordering = ["key", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "effective_from"],
                condition=models.Q(withdrawn_at=None),
                name="one_policy_value_a_day",
                violation_error_message=_("같은 시행일의 값이 이미 있습니다."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.effective_from})"
