"""Letting people in and keeping them out (D4)."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import password_changed
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.official import office_text
from core import passes, sessions
from core.changes import note
from core.now import now
from core.permissions import ensure
from core.work import keep
from organization.models import User
from organization.policies import FIRST_PASSWORD_DAYS
from organization.services import authorise, tries
from organization.services.roles import need_other_administrator
from organization.sockets import ON_EMAIL

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
    user.password_given_at = now()
    user.save()
    tries.forget(user)
    sessions.end(user)
    note_password(user, actor)
    return password


@transaction.atomic
def change_password(user: User, password: str) -> None:
    """One's own password, already validated."""
    ensure(user, "organization.self")
    user.set_password(password)
    user.must_change_password = False
    user.password_given_at = None
    user.save()
    note_password(user, user)
    password_changed(password, user)


def first_password_is_over(user: User) -> bool:
    """A slip of paper that nobody used opens nothing any more."""
    given = user.password_given_at if user.must_change_password else None
    return given is not None and now() - given > timedelta(days=FIRST_PASSWORD_DAYS.current())


def note_password(user: User, actor: Any) -> None:
    """That it was set: also again, when nothing else of the account changes (D4)."""
    note([user], {"password": ("", office_text(gettext_lazy("새로 정함")))}, actor=actor)


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """One's own address for notices and reports; the old one is told, in case it was somebody else."""
    ensure(user, "organization.self")
    before, user.email = user.email, email
    user.save()
    if before and before != email:
        for tell in ON_EMAIL:
            tell(user, before)


@transaction.atomic
def disable(user: User, *, actor: Any) -> None:
    """Close an account: its sessions, and what opens things of the person without logging in, end for good, also if it
    is opened again (D4).

    Locks: the account, administrators. Raises: Rejected for oneself and for the last administrator.
    """
    authorise(actor, "organization.manage")
    if actor == user:
        raise Rejected(_("자신의 계정은 중지할 수 없습니다. 다른 시스템 관리자에게 요청해 주세요."))
    need_other_administrator(user)
    _set_active(user, False)
    sessions.end(user)
    for held in passes.passes_for(user):
        passes.revoke(held)


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
