"""Every write of the organisation. SYSTEM is the schedule and the command line."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.actors import SYSTEM
from core.permissions import ensure
from organization.enums import ENDING
from organization.models import Department


def authorise(actor: Any, permission: str, obj: Any = None) -> None:
    """Refused unless the actor may; the system may."""
    if actor is not SYSTEM:
        ensure(actor, permission, obj)


def need_open(department: Department, day: date, field: str) -> None:
    """Rejected unless the department exists on that day and is not about to end by then."""
    ends = department.valid_to is not None and department.valid_to < day
    if not ends and department.pk:  # else it is about to be founded
        ends = department.changes.planned().filter(kind__in=ENDING, effective_on__lte=day).exists()
    if ends or department.valid_from > day:
        raise Rejected(
            _("%(name)s은(는) %(day)s에 없는 부서입니다. 다른 부서를 선택해 주세요.")
            % {"name": department.name, "day": date_ko(day)},
            field=field,
        )
