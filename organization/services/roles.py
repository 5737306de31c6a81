"""Roles: granted and ended on a day, with a reason; nothing is deleted (O3, D4)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import user_of
from core.now import now, today
from organization.enums import Role
from organization.models import RoleAssignment, User
from organization.services import authorise


@transaction.atomic
def grant(
    user: User,
    role: str,
    *,
    actor: Any,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a role from a day (today) to a day (open).

    Locks: the person. Raises: Rejected for oneself, a closed account, days past, or a role held then already.
    """
    start = valid_from or today()
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    check_grant(user, role, actor=actor, reason=reason, valid_from=start, valid_to=valid_to)
    return RoleAssignment.objects.create(
        user=user,
        role=role,
        valid_from=start,
        valid_to=valid_to,
        granted_by=user_of(actor),
        granted_at=now(),
        reason=reason.strip(),
    )


def check_grant(
    user: User, role: str, *, actor: Any, reason: str, valid_from: date, valid_to: date | None
) -> None:
    """Rejected with the field, as `grant`."""
    authorise(actor, "organization.manage")
    if actor == user:
        raise Rejected(_("자신에게는 역할을 부여할 수 없습니다. 다른 시스템 관리자에게 요청해 주세요."))
    if not user.is_active:
        raise Rejected(_("중지된 계정에는 역할을 부여할 수 없습니다."))
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    if valid_from < today():
        raise Rejected(_("시작일은 오늘 또는 이후여야 합니다."), field="valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise Rejected(_("종료일은 시작일 또는 이후여야 합니다."), field="valid_to")
    overlapping = user.role_assignments.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), role=role)
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    if overlapping.exists():
        raise Rejected(_("그 기간에 이미 부여된 역할입니다."), field="role")


@transaction.atomic
def revoke(assignment: RoleAssignment, *, actor: Any, reason: str, on: date | None = None) -> None:
    """End a role: it is gone from `on` (today) on.

    Locks: the assignment, and of administrators all. Raises: Rejected for the last administrator.
    """
    assignment = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment.pk)
    )
    day = on or today()
    check_revoke(assignment, actor=actor, reason=reason, on=day)
    if assignment.role == Role.ADMINISTRATOR:
        need_other_administrator(assignment.user)
    assignment.valid_to = day - timedelta(days=1)
    assignment.ended_by, assignment.ended_at, assignment.end_reason = user_of(actor), now(), reason.strip()
    assignment.save()


def check_revoke(assignment: RoleAssignment, *, actor: Any, reason: str, on: date) -> None:
    """Rejected with the field, as `revoke`; whether others are left is asked there, under the locks."""
    authorise(actor, "organization.manage")
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    if on < today():
        raise Rejected(_("해제일은 오늘 또는 이후여야 합니다."), field="on")
    if assignment.valid_to is not None and assignment.valid_to < on:
        raise Rejected(_("그날에는 이미 끝난 역할입니다."), field="on")


def need_other_administrator(user: User) -> None:
    """Rejected if this is the only active administrator without an end.

    Locks: the rows of all administrators, until the commit.
    """
    lasting = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, valid_to=None, valid_from__lte=today())
    holders = {row.user_id for row in lasting.select_for_update(of=("self",)).filter(user__is_active=True)}
    if holders == {user.pk}:
        raise Rejected(
            _("마지막 시스템 관리자입니다. 먼저 다른 직원에게 시스템 관리자 역할을 부여해 주세요.")
        )
