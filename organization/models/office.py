"""The office itself, once it has been set up in the browser."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.now import now


class Office(models.Model):
    """One row. None: an installation of before, or the demonstration, named by its environment. Its logo is its
    attachment."""

    name = models.CharField(_("기관명"), max_length=40)
    address = models.CharField(_("소재지"), max_length=120, blank=True)
    begun_on = models.DateField(_("설정 시작일"))
    ended_at = models.DateTimeField(_("설정 마친 일시"), null=True)
    passed = models.JSONField(_("마친 단계"), default=list)  # keys of steps said to be done
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)

    class Meta:
        verbose_name = _("기관")

    def __str__(self) -> str:
        return self.name or settings.OFFICE_NAME

    def get_absolute_url(self) -> str:
        return reverse("setup")
