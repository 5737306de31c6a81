"""Letting people in and keeping them out (D4)."""

import secrets
from collections.abc import Iterable
from typing import Any

from axes.utils import reset as unlock
from django.contrib.auth.password_validation import password_changed
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.permissions import ensure
from core.work import keep
from organization.models import User
from organization.services import authorise
from organization.services.roles import need_other_administrator

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken when read from paper
GROUPS, GROUP = 3, 4


def new_password() -> str:
    """A first password, about 60 bits: `k7mp-x3qa-9wtz`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(GROUP)) for _g in range(GROUPS))


@transaction.atomic
def reset_password(user: User, *, actor: Any) -> str:
    """Give a new first password, to be changed at log-in; it ends the sessions and a lock-out and is stored
    nowhere.

    Locks: the account. Raises: Rejected for a closed account.
    """
    authorise(actor, "organization.manage")
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active:
        raise Rejected(_("중지된 계정입니다. 먼저 사용을 재개해 주세요."))
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    unlock(username=user.employee_number)
    return password


@transaction.atomic
def issue_passwords(users: Iterable[User], *, actor: Any) -> list[tuple[User, str]]:
    """First passwords for many, to be handed out on paper; closed accounts are left out."""
    return [(user, reset_password(user, actor=actor)) for user in users if user.is_active]


@transaction.atomic
def change_password(user: User, password: str) -> None:
    """One's own password, already validated."""
    ensure(user, "organization.self")
    user.set_password(password)
    user.must_change_password = False
    user.save()
    password_changed(password, user)


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """One's own address for notices and reports."""
    ensure(user, "organization.self")
    user.email = email
    user.save()


@transaction.atomic
def disable(user: User, *, actor: Any) -> None:
    """Close an account: the next request of any session is anonymous (D4).

    Locks: the account, administrators. Raises: Rejected for oneself and for the last administrator.
    """
    authorise(actor, "organization.manage")
    if actor == user:
        raise Rejected(_("자신의 계정은 중지할 수 없습니다. 다른 시스템 관리자에게 요청해 주세요."))
    need_other_administrator(user)
    _set_active(user, False)


@transaction.atomic
def enable(user: User, *, actor: Any) -> None:
    """Open a closed account again.

    Locks: the account.
    """
    authorise(actor, "organization.manage")
    _set_active(user, True)


def _set_active(user: User, active: bool) -> None:
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.is_active == active:
        raise Rejected(_("이미 사용 중인 계정입니다.") if active else _("이미 중지된 계정입니다."))
    user.is_active = active
    user.version += 1
    user.save()
    keep.people_moved([user.pk])
