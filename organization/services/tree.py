"""A file of departments beside those there are (O1): new ones are founded, the others renamed, moved and ended by the
services of a single one, each on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from core.now import today
from organization.enums import ENDING, ChangeType
from organization.models import Department, DepartmentChange
from organization.services import authorise, departments

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """`parent` and `successor` are codes; `changed` is the day of a new name or place, `last` the last day of all."""

    code: str
    name: str
    kind: str
    parent: str
    role: str | None
    order: int | None
    first: date
    changed: date | None = None
    last: date | None = None
    successor: str = ""


@dataclass(frozen=True)
class Difference:
    """What is to happen to a department; `target` as `departments.planned` takes it."""

    kind: ChangeType
    day: date
    target: Mapping[str, Any]


def pending() -> dict[tuple[int, str], DepartmentChange]:
    """Planned changes by department and kind; an ending is an ending."""
    return {(c.department_id, _sort(c.kind)): c for c in DepartmentChange.objects.planned()}


def _sort(kind: str) -> str:
    return "" if kind in ENDING else kind


def differences(
    department: Department,
    line: Line,
    known: Mapping[str, Department],
    waiting: Mapping[tuple[int, str], DepartmentChange],
) -> list[Difference]:
    """What the line says that neither is so nor planned. An empty cell says nothing."""
    renaming = waiting.get((department.pk, ChangeType.RENAME))
    moving = waiting.get((department.pk, ChangeType.MOVE))
    day, found = line.changed or today(), []
    if line.name not in (department.name, renaming and renaming.new_name):
        found.append(Difference(ChangeType.RENAME, day, {"new_name": line.name}))
    parent = known.get(line.parent)
    if parent and parent not in (department.parent, moving and moving.new_parent):
        found.append(Difference(ChangeType.MOVE, day, {"new_parent": parent}))
    if line.last and not ((department.pk, "") in waiting and _ends(waiting[department.pk, ""], line)):
        heir = known.get(line.successor)
        kind = ChangeType.MERGE if heir else ChangeType.ABOLISH
        found.append(Difference(kind, line.last + _DAY, {"successor": heir}))
    return found


def _ends(change: DepartmentChange, line: Line) -> bool:
    code = change.successor.code if change.successor else ""
    return change.effective_on - _DAY == line.last and code == line.successor


def check(department: Department, one: Difference, *, actor: Any) -> None:
    """Rejected where making it would be."""
    departments.planned(department, one.kind, actor=actor, effective_on=one.day, **one.target)


@transaction.atomic
def take_in(lines: Sequence[Line], *, actor: Any) -> list[models.Model]:
    """Make the departments what the lines say; gives the new ones, then the changes of the others.

    Locks: the departments. Raises: Rejected as `departments.create`, `rename`, `move`, `merge` and `abolish` do.
    """
    authorise(actor, "organization.manage")
    known = {d.code: d for d in Department.objects.filter(valid_to=None).select_related("parent")}
    waiting, before, made = pending(), list(known), list[models.Model]()
    for line in lines:
        if line.code not in before:
            known[line.code] = _founded(line, known, actor)
            made.append(known[line.code])
    ends: list[tuple[Department, Difference]] = []
    for line in lines:
        department = known[line.code]
        for one in differences(department, line, known, waiting):
            if one.kind in ENDING:
                ends.append((department, one))
            else:
                made.append(departments.change(department, one.kind, one.day, one.target, actor=actor))
    made += [
        departments.change(department, one.kind, one.day, one.target, actor=actor) for department, one in ends
    ]
    return made


def _founded(line: Line, known: Mapping[str, Department], actor: Any) -> Department:
    return departments.create(
        actor=actor,
        code=line.code,
        name=line.name,
        kind=line.kind,
        parent=known.get(line.parent),
        role=line.role or "",
        order=line.order or 0,
        valid_from=line.first,
    )


@transaction.atomic
def give_up(made: Sequence[models.Model], *, actor: Any) -> list[models.Model]:
    """Put names and places back; gives what is to be deleted. What has ended meanwhile, or was changed again, stays.

    Locks: the departments. Called by: the undoing of an import.
    """
    authorise(actor, "organization.manage")
    kept = {
        row.pk
        for row in reversed(made)
        if isinstance(row, DepartmentChange) and row.applied_at and not departments.put_back(row)
    }
    return [row for row in made if not (isinstance(row, DepartmentChange) and row.pk in kept)]
