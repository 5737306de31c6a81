"""Accounts of staff and their postings (O2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.editing import apply as set_fields
from core.editing import check_version
from core.now import now, today
from core.work import keep
from organization.enums import Position
from organization.models import Department, Posting, User
from organization.services import authorise, need_open
from organization.services.accounts import new_password

EDITABLE = ("employee_number", "name", "email")


@dataclass(frozen=True)
class NewAccount:
    """The first password is known here only: nothing stores it. Empty if none was given yet."""

    user: User
    password: str


@transaction.atomic
def create(
    *,
    actor: Any,
    employee_number: str,
    name: str,
    department: Department | None,
    position: str,
    rank: str = "",
    email: str = "",
    valid_from: date,
    with_password: bool = True,
) -> NewAccount:
    """An account with a first password to be changed at once. Until `valid_from` the person belongs nowhere.

    Without a department only an external judge. Many at once get none yet (hashing takes its time); they log in once
    `accounts.issue_passwords` has given them one."""
    authorise(actor, "organization.manage")
    _check_number(employee_number)
    check_place(department, position, valid_from)
    password = new_password() if with_password else ""
    user = User.objects.create_user(
        employee_number,
        password or None,
        name=name,
        email=email,
        position=position,
        rank=rank,
        must_change_password=True,
        password_given_at=now() if with_password else None,
    )
    if department is not None:
        settle(
            Posting.objects.create(
                user=user, department=department, position=position, rank=rank, valid_from=valid_from
            )
        )
    return NewAccount(user, password)


@transaction.atomic
def edit(user: User, values: Mapping[str, Any], *, actor: Any, version: int | None) -> User:
    """Correct number, name, e-mail. Department, position and rank change by transfer.

    Locks: the account. Raises: Conflict if somebody was quicker.
    """
    authorise(actor, "organization.manage")
    user = locked(user)
    check_version(user, version, dict(values))
    set_fields(user, dict(values), EDITABLE)
    _check_number(user.employee_number, user)
    return _saved(user)


@transaction.atomic
def transfer(
    user: User, *, actor: Any, department: Department, position: str, rank: str, valid_from: date
) -> Posting:
    """Post somebody elsewhere from `valid_from` on; a coming posting takes effect on its day. The same day corrects
    the last.

    Locks: the account. Raises: as `check_transfer`.
    """
    user = locked(user)
    last = check_transfer(
        user, actor=actor, department=department, position=position, rank=rank, valid_from=valid_from
    )
    if last and valid_from == last.valid_from:
        last.department, last.position, last.rank = department, position, rank
        last.save()
        posting = last
    else:
        if last:
            last.valid_to = valid_from - timedelta(days=1)
            last.save()
        posting = Posting.objects.create(
            user=user, department=department, position=position, rank=rank, valid_from=valid_from
        )
    settle(posting)
    return posting


def check_transfer(
    user: User, *, actor: Any, department: Department, position: str, rank: str, valid_from: date
) -> Posting | None:
    """The posting that this one follows. Raises: Rejected where nothing changes, or another posting is announced."""
    authorise(actor, "organization.manage")
    check_place(department, position, valid_from)
    last = user.postings.filter(valid_to=None).first()
    if last and (last.department, last.position, last.rank) == (department, position, rank):
        raise Rejected(
            _("지금과 같은 부서·직위·직급입니다. 바뀌는 내용을 입력해 주세요."), field="department"
        )
    if last and last.valid_from > today():
        raise Rejected(
            _("%(day)s자 발령이 예정되어 있습니다. 먼저 그 발령을 취소해 주세요.")
            % {"day": date_ko(last.valid_from)}
        )
    if last and valid_from < last.valid_from:
        raise Rejected(
            _("발령일은 지금 발령일(%(day)s) 또는 이후여야 합니다.") % {"day": date_ko(last.valid_from)},
            field="valid_from",
        )
    return last


@transaction.atomic
def withdraw_transfer(user: User, *, actor: Any) -> None:
    """Take back a posting that has not begun; the one before goes on.

    Locks: the account.
    """
    authorise(actor, "organization.manage")
    user = locked(user)
    planned = user.postings.filter(valid_to=None, valid_from__gt=today()).first()
    if planned is None:
        raise Rejected(_("예정된 발령이 없습니다."))
    before = user.postings.filter(valid_to=planned.valid_from - timedelta(days=1)).last()
    if before is None:
        raise Rejected(_("첫 발령은 취소할 수 없습니다. 계정이 필요 없으면 사용을 중지해 주세요."))
    planned.delete()
    before.valid_to = None
    before.save()


@transaction.atomic
def apply_postings(day: date) -> int:
    """Bring postings into force that were announced for a day that has come; the last posting decides. Gives how
    many.

    Called by: the schedule.
    """
    same = Q(user__department=F("department"), user__position=F("position"), user__rank=F("rank"))
    due = Posting.objects.filter(valid_to=None, valid_from__lte=day).filter(Q(user__department=None) | ~same)
    postings = list(due.select_related("user", "department"))
    for posting in postings:
        settle(posting)
    return len(postings)


def settle(posting: Posting) -> None:
    """What the person is today follows from the posting, if it is today's."""
    day = today()
    if posting.valid_from > day or (posting.valid_to is not None and posting.valid_to < day):
        return
    user = posting.user
    user.department, user.position, user.rank = posting.department, posting.position, posting.rank
    keep.people_moved([_saved(user).pk])


def locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _saved(user: User) -> User:
    user.version += 1
    user.save()
    return user


def _check_number(number: str, user: User | None = None) -> None:
    taken = User.objects.filter(employee_number=User.normalize_username(number).strip())
    if (taken.exclude(pk=user.pk) if user else taken).exists():
        raise Rejected(_("이미 등록된 직원번호입니다."), field="employee_number")


def check_place(department: Department | None, position: str, day: date) -> None:
    """Rejected unless somebody of this position may serve there on that day."""
    if department is None:
        if position != Position.EXTERNAL:
            raise Rejected(
                _("부서를 선택해 주세요. 외부위원만 부서 없이 등록할 수 있습니다."), field="department"
            )
        return
    if position == Position.EXTERNAL:
        raise Rejected(_("외부위원은 부서에 속하지 않습니다. 직위나 부서를 바꿔 주세요."), field="position")
    need_open(department, day, "department")
