"""Staff with their dated postings, roles and absences (O2, O3, O5)."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from basis.formats import date_ko
from basis.official import in_office_language
from core.now import now, today
from core.permissions import can
from organization.enums import Position, Role, person_text
from organization.models.department import Department


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Everybody may know who works here; closed accounts are for those who look after accounts."""
        return self if can(user, "organization.view_staff") else self.filter(is_active=True)

    def with_place(self) -> "UserQuerySet":
        """`place`: the position's place in the office, the highest first."""
        return self.annotate(place=_place())

    def in_order(self) -> "UserQuerySet":
        return self.order_by("department__order", _place(), "employee_number")


def _place() -> models.Case:
    return models.Case(*(models.When(position=value, then=n) for n, value in enumerate(Position.values)))


class UserManager(BaseUserManager["User"]):
    def create_user(self, employee_number: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(employee_number=employee_number, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db).select_related("department")

    def visible_to(self, user: Any) -> UserQuerySet:
        return self.get_queryset().visible_to(user)


class User(AbstractBaseUser):
    """A member of staff or an external judge. Department, position and rank are those held today."""

    employee_number = models.CharField(
        _("직원번호"), max_length=20, unique=True, error_messages={"unique": _("이미 등록된 직원번호입니다.")}
    )
    name = models.CharField(_("이름"), max_length=40)
    email = models.EmailField(_("전자우편"), blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("부서")
    )
    position = models.CharField(_("직위"), max_length=20, choices=Position.choices, default=Position.OFFICER)
    rank = models.CharField(_("직급"), max_length=10, blank=True)
    is_active = models.BooleanField(_("사용"), default=True)
    must_change_password = models.BooleanField(_("비밀번호 변경 필요"), default=False)
    password_given_at = models.DateTimeField(_("처음 비밀번호 발급 일시"), null=True, editable=False)
    is_demo = models.BooleanField(_("시연용"), default=False)
    created_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)
    version = models.PositiveIntegerField(default=1)
    stands_in_for: "list[User] | None" = None  # today; organization.selectors.principals asks

    USERNAME_FIELD = "employee_number"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = _("직원")
        ordering = ["department__order", "employee_number"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The number is kept as the log-in asks for it: `２００１２３` is 200123."""
        self.employee_number = self.normalize_username(self.employee_number).strip()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("staff_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """`부서 직위`: how screens name people."""
        return person_text(self.department.name if self.department else None, self.position)

    @property
    def full_label(self) -> str:
        """`부서 직위 이름`: where a name matters (choosing a person)."""
        return f"{self.label} {self.name}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles granted and in force today."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.role_assignments.in_force(today()).values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def is_head(self) -> bool:
        return self.position == Position.HEAD

    # The framework asks these two; all rights are named predicates (core.permissions).
    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return can(self, perm, obj)


class Posting(models.Model):
    """Where somebody served from when to when (전보)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("직원"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="postings", verbose_name=_("부서")
    )
    position = models.CharField(_("직위"), max_length=20, choices=Position.choices)
    rank = models.CharField(_("직급"), max_length=10, blank=True)
    valid_from = models.DateField(_("발령일"))
    valid_to = models.DateField(_("종료일"), null=True, blank=True)

    class Meta:
        verbose_name = _("발령")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(valid_to=None), name="one_open_posting"
            )
        ]

    def __str__(self) -> str:
        place = self.department or self.get_position_display()
        return f"{self.user}, {place} {date_ko(self.valid_from)}"


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: date) -> "RoleAssignmentQuerySet":
        return self.filter(valid_from__lte=day).exclude(valid_to__lt=day).order_by()


class RoleAssignment(models.Model):
    """A role granted for a time. Rows are ended, never deleted (D4: kept three years and longer)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments", verbose_name=_("직원"))
    role = models.CharField(_("역할"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("시작일"))
    valid_to = models.DateField(_("종료일"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("부여자")
    )
    granted_at = models.DateTimeField(_("부여 일시"), default=now, editable=False)
    reason = models.CharField(_("부여 사유"), max_length=200, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("해제자"))
    ended_at = models.DateTimeField(_("해제 일시"), null=True)
    end_reason = models.CharField(_("해제 사유"), max_length=200, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("역할 부여")
        ordering = ["user", "role", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(valid_to=None), name="one_open_role"
            )
        ]

    @in_office_language
    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: Any) -> "AbsenceQuerySet":
        """One's own and those one stands in for; all for who looks after them."""
        if can(user, "organization.manage_absences"):
            return self
        return self.filter(models.Q(user=user) | models.Q(substitute=user))


class Absence(models.Model):
    """Away from..to; the substitute (대직자) gets the to-dos and may act (O5)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("부재자"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="standing_in", verbose_name=_("대직자"))
    start = models.DateField(_("시작일"))
    end = models.DateField(_("종료일"))
    reason = models.CharField(_("사유"), max_length=100)
    cancelled_at = models.DateTimeField(_("취소 일시"), null=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("등록자"))
    made_at = models.DateTimeField(_("등록 일시"), default=now, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("부재")
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} → {self.substitute} {date_ko(self.start)}–{date_ko(self.end)}"
