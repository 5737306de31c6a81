"""Founding, renaming, moving, merging and abolishing departments, each on its day (O1)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.actors import user_of
from core.editing import apply as set_fields
from core.editing import check_version
from core.now import now, today
from core.work import keep
from organization import foresight
from organization.enums import ENDING, ChangeType, DepartmentKind
from organization.models import Department, DepartmentChange, Posting
from organization.services import authorise, need_open
from organization.services.staff import settle
from organization.sockets import ON_MERGE

LEVELS = {
    DepartmentKind.OFFICE: 0,
    DepartmentKind.BUREAU: 1,
    DepartmentKind.DIVISION: 2,
    DepartmentKind.DONG: 2,
    DepartmentKind.TEAM: 3,
}
EDITABLE = ("code", "kind", "role", "order")


@transaction.atomic
def create(
    *,
    actor: Any,
    code: str,
    name: str,
    kind: str,
    parent: Department | None,
    valid_from: date,
    role: str = "",
    order: int = 0,
    document: str = "",
) -> Department:
    """Found a department, from `valid_from` on.

    Raises: Rejected with the field that will not do.
    """
    authorise(actor, "organization.manage")
    department = Department(
        code=code, name=name, kind=kind, parent=parent, role=role, order=order, valid_from=valid_from
    )
    _check_code(department)
    _check_name(department, name)
    _check_parent(department, parent, valid_from)
    _check_role(department)
    department.save()
    DepartmentChange.objects.create(
        department=department,
        kind=ChangeType.CREATE,
        effective_on=valid_from,
        new_name=name,
        new_parent=parent,
        document=document,
        applied_at=now(),
        made_by=user_of(actor),
        made_at=now(),
    )
    return department


@transaction.atomic
def edit(department: Department, values: Mapping[str, Any], *, actor: Any, version: int | None) -> Department:
    """Correct what has no date: code, kind, function, order.

    Locks: the department. Raises: Conflict if somebody was quicker.
    """
    authorise(actor, "organization.manage")
    department = _locked(department)
    check_version(department, version, dict(values))
    set_fields(department, dict(values), EDITABLE)
    _check_code(department)
    _check_role(department)
    check_level(department, department.parent)
    for child in department.department_set.filter(valid_to=None):
        check_level(child, department)
    return _saved(department)


def rename(
    department: Department, *, actor: Any, name: str, effective_on: date, document: str = ""
) -> DepartmentChange:
    """Give another name from `effective_on` on; at once if that day has come. Locks and raises as `_plan`."""
    return _plan(department, ChangeType.RENAME, actor, effective_on, document, new_name=name.strip())


def move(
    department: Department, *, actor: Any, parent: Department | None, effective_on: date, document: str = ""
) -> DepartmentChange:
    """Put it under another department from `effective_on` on. Locks and raises as `_plan`."""
    return _plan(department, ChangeType.MOVE, actor, effective_on, document, new_parent=parent)


def merge(
    department: Department, *, actor: Any, successor: Department, effective_on: date, document: str = ""
) -> DepartmentChange:
    """End it the day before; staff, sub-departments, function and open work go to the successor.

    Locks: the department, the successor, and what `ON_MERGE` locks. Raises: Rejected as `_plan`.
    """
    return _plan(department, ChangeType.MERGE, actor, effective_on, document, successor=successor)


def abolish(
    department: Department,
    *,
    actor: Any,
    effective_on: date,
    successor: Department | None = None,
    document: str = "",
) -> DepartmentChange:
    """End it the day before.

    Locks: as `merge`. Raises: Rejected without a successor while anybody or anything is left in it.
    """
    return _plan(department, ChangeType.ABOLISH, actor, effective_on, document, successor=successor)


@transaction.atomic
def withdraw(change: DepartmentChange, *, actor: Any) -> None:
    """Take back a planned change that has not come into force.

    Locks: the change.
    """
    authorise(actor, "organization.manage")
    change = DepartmentChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.applied_at or change.withdrawn_at:
        raise Rejected(_("이미 시행되었거나 취소된 변경입니다."))
    change.withdrawn_at, change.blocked = now(), ""
    change.save()


@transaction.atomic
def apply_department_changes(day: date) -> int:
    """Bring planned changes into force whose day has come; gives how many. One that cannot says why on its
    department's page.

    Locks: the changes, then their departments. Called by: the schedule.
    """
    done = 0
    due = DepartmentChange.objects.planned().filter(effective_on__lte=day).select_for_update(of=("self",))
    for change in due.select_related("department", "new_parent", "successor", "made_by"):
        try:
            with transaction.atomic():
                _apply(change, change.made_by)
            done += 1
        except Rejected as error:
            DepartmentChange.objects.filter(pk=change.pk).update(blocked=error.message[:300])
    return done


def planned(
    department: Department,
    kind: ChangeType,
    *,
    actor: Any,
    effective_on: date,
    document: str = "",
    **target: Any,
) -> DepartmentChange:
    """The change that these would make, not yet written down: `new_name`, `new_parent` or `successor`.

    Raises: Rejected with the field, as when it is made.
    """
    authorise(actor, "organization.manage")
    change = DepartmentChange(
        department=department,
        kind=kind,
        effective_on=effective_on,
        document=document,
        made_by=user_of(actor),
        made_at=now(),
        old_name=department.name if kind == ChangeType.RENAME else "",
        old_parent=department.parent if kind == ChangeType.MOVE else None,
        **target,
    )
    _check_day(change)
    _check_change(change)
    return change


@transaction.atomic
def _plan(
    department: Department, kind: ChangeType, actor: Any, effective_on: date, document: str, **target: Any
) -> DepartmentChange:
    """Write the change down, and bring it into force if its day has come.

    Locks: the department. Raises: Rejected with the field.
    """
    authorise(actor, "organization.manage")
    change = planned(
        _locked(department), kind, actor=actor, effective_on=effective_on, document=document, **target
    )
    change.save()
    if effective_on <= today():
        _apply(change, actor)
    return change


def _apply(change: DepartmentChange, actor: Any) -> None:
    department = _locked(change.department)
    change.department = department
    _check_change(change)
    if change.kind == ChangeType.RENAME:
        change.old_name, department.name = department.name, change.new_name
    elif change.kind == ChangeType.MOVE:
        change.old_parent, department.parent = department.parent, change.new_parent
    else:
        department.valid_to = change.effective_on - timedelta(days=1)
        department.successor = change.successor
    _saved(department)
    change.applied_at, change.blocked = now(), ""
    change.save()
    if change.successor:
        _hand_over(department, _locked(change.successor), change, actor)


def _hand_over(department: Department, successor: Department, change: DepartmentChange, actor: Any) -> None:
    """Whoever and whatever was in the department that has ended goes to its successor."""
    if department.role:
        successor.role = department.role
        _saved(successor)
    for child in department.department_set.filter(valid_to=None):
        moved = DepartmentChange(
            department=child,
            kind=ChangeType.MOVE,
            effective_on=change.effective_on,
            new_parent=successor,
            document=change.document,
            made_by=user_of(actor),
            made_at=now(),
        )
        _apply(moved, actor)
    _move_staff(department, successor, change.effective_on)
    for hand_over in ON_MERGE:
        hand_over(department, successor, actor)


def _move_staff(old: Department, new: Department, day: date) -> None:
    """A posting in the successor for everybody; those announced for a later day start there."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    for posting in Posting.objects.filter(lasting, department=old).select_related("user"):
        if posting.valid_from >= day:
            posting.department = new
            posting.save()
        else:
            end, posting.valid_to = posting.valid_to, day - timedelta(days=1)
            posting.save()
            posting = Posting.objects.create(
                user=posting.user,
                department=new,
                position=posting.position,
                rank=posting.rank,
                valid_from=day,
                valid_to=end,
            )
        settle(posting)
    for user in old.staff.all():  # accounts without a posting
        user.department = new
        user.save()
        keep.people_moved([user.pk])


def _locked(department: Department) -> Department:
    """The department as it is now, locked against other changes and against dispatching to it; rows that only refer
    to it need not wait."""
    return Department.objects.select_for_update(of=("self",), no_key=True).get(pk=department.pk)


def _saved(department: Department) -> Department:
    department.version += 1
    department.save()
    return department


def _check_code(department: Department) -> None:
    if Department.objects.filter(code=department.code).exclude(pk=department.pk).exists():
        raise Rejected(_("이미 쓰고 있는 부서 코드입니다."), field="code")


def _check_name(department: Department, name: str) -> None:
    """Teams of different departments may share a name; others would be mixed up."""
    if department.kind == DepartmentKind.TEAM:
        return
    same = Department.objects.filter(name=name, valid_to=None).exclude(kind=DepartmentKind.TEAM)
    if same.exclude(pk=department.pk).exists():
        raise Rejected(_("같은 이름의 부서가 이미 있습니다."), field="name")


def _check_role(department: Department) -> None:
    if not department.role:
        return
    other = Department.objects.filter(role=department.role, valid_to=None).exclude(pk=department.pk).first()
    if other:
        raise Rejected(
            _("이 기능은 %(name)s에서 맡고 있습니다. 먼저 그 부서의 기능을 ‘일반’으로 바꿔 주세요.")
            % {"name": other.name},
            field="role",
        )


def _check_parent(department: Department, parent: Department | None, day: date) -> None:
    check_level(department, parent)
    if parent is not None:
        need_open(parent, day, "parent")


def check_level(department: Department, parent: Department | None) -> None:
    """Rejected unless the parent stands higher in the tree; a team needs one."""
    if parent is None:
        if department.kind == DepartmentKind.TEAM:
            raise Rejected(_("팀의 상위 부서를 선택해 주세요."), field="parent")
        return
    if LEVELS[DepartmentKind(parent.kind)] >= LEVELS[DepartmentKind(department.kind)]:
        raise Rejected(
            _(
                "%(parent)s(%(parent_kind)s) 아래에 %(kind)s을(를) 둘 수 없습니다. 더 높은 단계의 부서를 선택해 주세요."
            )
            % {
                "parent": parent.name,
                "parent_kind": parent.get_kind_display(),
                "kind": department.get_kind_display(),
            },
            field="parent",
        )


def _check_day(change: DepartmentChange) -> None:
    """A new name or place may be entered late, an ending not; nothing before what has already happened."""
    day, department = change.effective_on, change.department
    if change.kind in ENDING and day < today():
        raise Rejected(_("통합·폐지의 시행일은 오늘 또는 이후여야 합니다."), field="effective_on")
    if day <= department.valid_from:
        raise Rejected(
            _("시행일은 부서 설치일(%(day)s) 뒤여야 합니다.") % {"day": date_ko(department.valid_from)},
            field="effective_on",
        )
    live = department.changes.filter(withdrawn_at=None)
    last = live.exclude(applied_at=None).order_by("effective_on").last()
    if last and day < last.effective_on:
        raise Rejected(
            _("시행일은 마지막 변경일(%(day)s) 또는 이후여야 합니다.") % {"day": date_ko(last.effective_on)},
            field="effective_on",
        )
    pending = live.filter(applied_at=None)
    if pending.filter(kind__in=ENDING).exists() or (change.kind in ENDING and pending.exists()):
        raise Rejected(_("예정된 변경이 있습니다. 그 변경을 먼저 취소해 주세요."))
    if pending.filter(kind=change.kind).exists():
        raise Rejected(_("같은 종류의 변경이 이미 예정되어 있습니다. 그 변경을 먼저 취소해 주세요."))


def _check_change(change: DepartmentChange) -> None:
    department, day = change.department, change.effective_on
    if department.valid_to is not None:
        raise Rejected(_("이미 폐지된 부서입니다."))
    match change.kind:
        case ChangeType.RENAME:
            if change.new_name == department.name:
                raise Rejected(_("지금 이름과 다른 이름을 입력해 주세요."), field="name")
            _check_name(department, change.new_name)
        case ChangeType.MOVE:
            if change.new_parent_id == department.parent_id:
                raise Rejected(_("지금과 다른 상위 부서를 선택해 주세요."), field="parent")
            _check_parent(department, change.new_parent, day)
        case _ if change.successor is None:
            _check_empty(department)
        case _:
            _check_successor(department, change.successor, day)


def _check_successor(department: Department, successor: Department, day: date) -> None:
    if successor.pk == department.pk:
        raise Rejected(_("자기 부서가 아닌 다른 부서를 선택해 주세요."), field="successor")
    if LEVELS[DepartmentKind(successor.kind)] != LEVELS[DepartmentKind(department.kind)]:
        raise Rejected(_("같은 단계의 부서를 승계 부서로 선택해 주세요."), field="successor")
    if department.role and successor.role:
        raise Rejected(
            _("두 부서의 기능(%(old)s, %(new)s)이 겹칩니다. 기능을 먼저 다른 부서로 옮겨 주세요.")
            % {"old": department.get_role_display(), "new": successor.get_role_display()},
            field="successor",
        )
    need_open(successor, day, "successor")


def _check_empty(department: Department) -> None:
    """What still stands against abolishing it without a successor, all at once."""
    if left := foresight.left_in(department):
        raise Rejected(
            _("%(left)s이(가) 남아 있어 폐지할 수 없습니다. 승계 부서를 선택하거나 먼저 정리해 주세요.")
            % {"left": ", ".join(left)},
            field="successor",
        )
