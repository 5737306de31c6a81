"""Founding, renaming, moving, merging and abolishing departments, each on its day (O1)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import user_of
from core.editing import apply as set_fields
from core.editing import check_version
from core.now import now, today
from core.work import keep
from organization.enums import ChangeType
from organization.models import Department, DepartmentChange, Posting
from organization.services import authorise
from organization.services import department_checks as checks
from organization.services.staff import settle
from organization.sockets import ON_MERGE

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
    checks.check_code(department)
    checks.check_name(department, name)
    checks.check_parent(department, parent, valid_from)
    checks.check_role(department)
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
    checks.check_code(department)
    checks.check_role(department)
    checks.check_level(department, department.parent)
    for child in department.department_set.filter(valid_to=None):
        checks.check_level(child, department)
    return _saved(department)


def rename(
    department: Department, *, actor: Any, name: str, effective_on: date, document: str = ""
) -> DepartmentChange:
    """Give another name from `effective_on` on; at once if that day has come. Locks and raises as `change`."""
    target = {"new_name": name.strip()}
    return change(department, ChangeType.RENAME, effective_on, target, actor=actor, document=document)


def move(
    department: Department, *, actor: Any, parent: Department | None, effective_on: date, document: str = ""
) -> DepartmentChange:
    """Put it under another department from `effective_on` on. Locks and raises as `change`."""
    target = {"new_parent": parent}
    return change(department, ChangeType.MOVE, effective_on, target, actor=actor, document=document)


def merge(
    department: Department, *, actor: Any, successor: Department, effective_on: date, document: str = ""
) -> DepartmentChange:
    """End it the day before; staff, sub-departments, function and open work go to the successor.

    Locks: the department, the successor, and what `ON_MERGE` locks. Raises: Rejected as `change`.
    """
    target = {"successor": successor}
    return change(department, ChangeType.MERGE, effective_on, target, actor=actor, document=document)


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
    target = {"successor": successor}
    return change(department, ChangeType.ABOLISH, effective_on, target, actor=actor, document=document)


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
    checks.check_day(change)
    checks.check_change(change)
    return change


def put_back(change: DepartmentChange) -> bool:
    """Whether the name or place of before could be put back: nothing has happened to the department since.

    Locks: the department. Called by: the undoing of an import (services.tree), which deletes the change.
    """
    department = _locked(change.department)
    later = department.changes.exclude(applied_at=None).filter(withdrawn_at=None, pk__gt=change.pk)
    if change.kind == ChangeType.RENAME and department.name == change.new_name:
        department.name = change.old_name
    elif change.kind == ChangeType.MOVE and department.parent_id == change.new_parent_id:
        department.parent = change.old_parent
    else:
        return False
    if department.valid_to is not None or later.filter(kind=change.kind).exists():
        return False
    _saved(department)
    return True


@transaction.atomic
def change(
    department: Department,
    kind: ChangeType,
    day: date,
    target: Mapping[str, Any],
    *,
    actor: Any,
    document: str = "",
) -> DepartmentChange:
    """Write the change down, and bring it into force if its day has come. `target` as `planned` takes it.

    Locks: the department. Raises: Rejected with the field.
    """
    authorise(actor, "organization.manage")
    made = planned(_locked(department), kind, actor=actor, effective_on=day, document=document, **target)
    made.save()
    if day <= today():
        _apply(made, actor)
    return made


def _apply(change: DepartmentChange, actor: Any) -> None:
    department = _locked(change.department)
    change.department = department
    checks.check_change(change)
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
