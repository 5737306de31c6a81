"""Slips put right: an approval taken back, an ended visit opened again, visits of the time before the process (V2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.editing import apply, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from organization.models import Department
from visits import notifications
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.services import plans
from visits.services.requests import locked

RECORD = ("case", "department", "visited_on", "host", "purpose", "headcount")


@transaction.atomic
def undo_approve(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Take an approval back to decide anew, as long as no order is given; the money stays set aside until then.

    Locks: case, review, visit. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    perform(visit, "undo_approve", actor=actor, reason=reason)
    notifications.approval_undone(visit, reason)
    return visit


@transaction.atomic
def restore(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Have a visit cancelled or refused by mistake wait for planning again.

    Locks: case, review, visit. Raises: Outdated, Rejected if somebody of the team is elsewhere that day by now.
    """
    _review, visit = locked(visit, version)
    if visit.is_record:
        raise Rejected(_("지운 기록은 되돌릴 수 없습니다. 다시 기록해 주세요."))
    perform(visit, "restore", actor=actor, reason=reason)
    plans.take_days(visit, [member.user for member in visit.members.select_related("user")])
    notifications.restored(visit, reason)
    return visit


@transaction.atomic
def record_visit(
    values: dict[str, Any], *, department: Department, actor: Any, is_demo: bool = False
) -> FieldVisit:
    """Record a visit made before the process was kept here: `case`, `visited_on`, `host`, `purpose`, `headcount`.

    Raises: Rejected for a day to come.
    """
    ensure(actor, "visits.record")
    _check_past(values)
    visit = FieldVisit.objects.create(
        department=department,
        department_name=department.name,
        recorded_by=actor,
        begun_on=values["visited_on"],
        state=VisitState.RECORDED,
        is_demo=is_demo,
        **values,
    )
    record(visit, "record", actor=actor)
    return visit


@transaction.atomic
def correct_record(
    visit: FieldVisit, values: dict[str, Any], *, reason: str, actor: Any, version: int | None = None
) -> FieldVisit:
    """Correct the fields of RECORD of such a visit.

    Locks: case, visit. Raises: Conflict if it was changed meanwhile, Rejected where nothing has changed.
    """
    _review, visit = locked(visit)
    check_version(visit, version, {name: values[name] for name in RECORD if name in values})
    _check_past(values)
    changed = apply(visit, values, RECORD)
    if not changed:
        raise Rejected(_("바뀐 내용이 없습니다."))
    visit.department_name = visit.department.name if "department" in changed else visit.department_name
    visit.begun_on = visit.visited_on
    visit.inexact = {} if "visited_on" in changed else visit.inexact
    perform(visit, "correct_record", actor=actor, reason=reason)
    return visit


@transaction.atomic
def drop_record(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """No longer count such a visit, recorded twice or never made; the row and its reason stay.

    Locks: case, visit. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    perform(visit, "drop_record", actor=actor, reason=reason)
    return visit


def _check_past(values: dict[str, Any]) -> None:
    if values["visited_on"] > today():
        raise Rejected(_("방문일은 오늘 또는 이전이어야 합니다."), field="visited_on")
