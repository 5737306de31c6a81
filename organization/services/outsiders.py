"""Accounts of who is none of the office's staff (external judges, O3). Planning invites them; an account of this kind
has no department and no role but that of a judge, so that accounts and roles else stay with the administrators."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM
from core.now import today
from core.once import next_numbers
from organization.enums import Position, Role
from organization.models import RoleAssignment, User
from organization.services import authorise, passwords, roles, staff

INVITE = "organization.invite_outsiders"
COUNTER = "organization.outsiders"


def is_outsider(user: User) -> bool:
    return user.position == Position.EXTERNAL and user.department_id is None


@transaction.atomic
def create(*, name: str, email: str, actor: Any) -> User:
    """An account with a number of its own and no password yet: the invitation leads to one (`invite`).

    Raises: Rejected without an address, or where somebody from outside has it already.
    """
    authorise(actor, INVITE)
    if not email.strip():
        raise Rejected(_("초대장을 받을 전자우편을 입력해 주세요."), field="email")
    if User.objects.filter(email__iexact=email.strip(), is_active=True).exists():
        raise Rejected(
            _("이 전자우편을 쓰는 계정이 이미 있습니다. 새로 초대하지 말고 그 사람을 골라 주세요."),
            field="email",
        )
    made = staff.create(
        actor=SYSTEM,
        employee_number=_number(),
        name=name.strip(),
        department=None,
        position=Position.EXTERNAL,
        email=email.strip(),
        valid_from=today(),
        with_password=False,
    )
    return made.user


def _number() -> str:
    """`W0001`: what the invited person logs in with."""
    while True:
        number = f"W{next_numbers(COUNTER)[0]:04}"
        if not User.objects.filter(employee_number=number).exists():
            return number


@transaction.atomic
def invite(user: User, *, actor: Any) -> None:
    """Send the link by which the person gives themselves a password, also once more.

    Raises: Rejected for staff, without an address, and for a closed account.
    """
    authorise(actor, INVITE)
    if not is_outsider(user):
        raise Rejected(_("직원 계정의 초대는 시스템 관리자에게 요청해 주세요."))
    if not user.is_active:
        raise Rejected(_("중지된 계정입니다. 시스템 관리자에게 사용 재개를 요청해 주세요."))
    if not user.email:
        raise Rejected(_("전자우편이 없어 초대할 수 없습니다. 시스템 관리자에게 등록을 요청해 주세요."))
    passwords.send_invitation(user, actor=actor)


@transaction.atomic
def let_judge(user: User, *, until: date | None, reason: str, actor: Any) -> None:
    """The role of a judge as long as the person sits: from today on to this day, longer if it ends before.

    Locks: the person. Raises: Rejected for staff, whose roles the administrator gives.
    """
    authorise(actor, INVITE)
    if not is_outsider(user):
        raise Rejected(_("직원의 역할은 시스템 관리자가 부여합니다."))
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if until is not None and until < today():
        return
    held = _held(user)
    if held is None:
        roles.grant(user, Role.JUDGE, actor=SYSTEM, reason=reason[:200], valid_to=until)
    elif held.valid_to is not None and (until is None or until > held.valid_to):
        held.valid_to = until
        held.save(update_fields=["valid_to"])


@transaction.atomic
def end_judging(user: User, *, reason: str, actor: Any) -> None:
    """Nothing is left to judge: the role ends; the account stays for what they have written.

    Locks: the role.
    """
    authorise(actor, INVITE)
    if is_outsider(user) and (held := _held(user)) is not None:
        roles.revoke(held, actor=SYSTEM, reason=reason[:200])


def _held(user: User) -> RoleAssignment | None:
    lasting = Q(valid_to=None) | Q(valid_to__gte=today())
    return user.role_assignments.filter(lasting, role=Role.JUDGE).order_by("pk").last()
