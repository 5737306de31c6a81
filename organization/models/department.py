"""The tree of departments with its history (O1)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.formats import date_ko
from basis.official import in_office_language
from core.now import now
from organization.enums import ChangeType, DepartmentKind, DepartmentRole


class DepartmentQuerySet(models.QuerySet["Department"]):
    def open_on(self, day: date) -> "DepartmentQuerySet":
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gte=day), valid_from__lte=day)

    def with_staff_count(self) -> "DepartmentQuerySet":
        """`staff_count`: active staff."""
        return self.annotate(staff_count=models.Count("staff", filter=models.Q(staff__is_active=True)))

    def reviewing(self) -> "DepartmentQuerySet":
        """Those that can be asked for a review: departments, offices of the 동 and bureaus' own."""
        return self.filter(kind__in=[DepartmentKind.DIVISION, DepartmentKind.DONG])


class Department(models.Model):
    """`name` is today's; past names stand in the changes. `valid_to` is the last day it existed."""

    code = models.CharField(_("부서 코드"), max_length=20, unique=True)
    name = models.CharField(_("부서명"), max_length=60)
    kind = models.CharField(_("구분"), max_length=10, choices=DepartmentKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("상위 부서"))
    role = models.CharField(_("기능"), max_length=20, choices=DepartmentRole.choices, blank=True)
    order = models.PositiveIntegerField(_("정렬 순서"), default=0)
    valid_from = models.DateField(_("설치일"))
    valid_to = models.DateField(_("폐지일"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("승계 부서"),
    )
    version = models.PositiveIntegerField(default=1)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("부서")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["role"],
                condition=models.Q(valid_to=None) & ~models.Q(role=""),
                name="one_department_a_function",
                violation_error_message=_("이 기능은 이미 다른 부서가 맡고 있습니다."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("department", args=[self.pk])


class ChangeQuerySet(models.QuerySet["DepartmentChange"]):
    def planned(self) -> "ChangeQuerySet":
        return self.filter(applied_at=None, withdrawn_at=None)


class DepartmentChange(models.Model):
    """A dated change of the tree. One that is neither applied nor withdrawn is planned: it takes effect on its day."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="changes")
    kind = models.CharField(_("변경"), max_length=10, choices=ChangeType.choices)
    effective_on = models.DateField(_("시행일"))
    old_name = models.CharField(_("이전 이름"), max_length=60, blank=True)
    new_name = models.CharField(_("새 이름"), max_length=60, blank=True)
    old_parent = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    new_parent = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    document = models.CharField(_("근거 문서"), max_length=120, blank=True)
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    blocked = models.CharField(max_length=300, blank=True)  # why it could not take effect on its day
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("부서 변경")
        ordering = ["effective_on", "pk"]

    @in_office_language
    def __str__(self) -> str:
        return f"{self.department} {self.get_kind_display()} {date_ko(self.effective_on)}"
