"""Without migrations: the test databases make the tables as they stand here."""

from typing import Any

from django.conf import settings
from django.db import models

from organization.models import Department


class Stall(models.Model):
    """What is judged; `keeper` is its main person, `helper` joins, `adviser` is the department that looked it over."""

    title = models.CharField("제목", max_length=100)
    text = models.TextField("내용")
    division = models.CharField("부문", max_length=20, default="one")
    owner_name = models.CharField("이름", max_length=60, default="홍길동")
    keeper: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    helper: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    adviser = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    awarded = models.CharField("받은 상", max_length=60, blank=True)

    class Meta:
        verbose_name = "가게"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/fairs/{self.pk}/"
