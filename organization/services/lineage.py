"""Departments of earlier years, which had ended before this system knew of them (O1, N1, N4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from basis.days import Day
from core.actors import user_of
from core.now import now
from organization.enums import ChangeType
from organization.models import Department, DepartmentChange
from organization.naming import NamesThen, name_key
from organization.services import authorise

CODE = "PAST-{:04d}"  # of who is given none
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ended:
    """A department from its first to its last day; `successor` by the name it bore on the day after."""

    name: str
    kind: str
    first: date
    last: date
    successor: str = ""
    code: str = ""
    document: str = ""


def heir_among(row: Ended, rows: Sequence[Ended]) -> Ended | None:
    """Who of these took over from it."""
    after = row.last + _DAY
    same = [one for one in rows if name_key(one.name) == name_key(row.successor)]
    return next((one for one in same if one.first <= after <= one.last), None)


@transaction.atomic
def take_in(rows: Sequence[Ended], *, actor: Any) -> list[Department]:
    """Make them departments that have ended, each after its successor."""
    authorise(actor, "organization.manage")
    names, made = NamesThen(), dict[Ended, Department]()
    codes = iter(_free_codes(len(rows)))
    for row in sorted(rows, key=lambda one: one.last, reverse=True):  # who takes over ends later
        heir = heir_among(row, rows)
        successor = made.get(heir) if heir else None
        if successor is None and row.successor:
            named = names.find(row.successor, Day(row.last + _DAY))
            successor = named.department if named else None
        made[row] = _made(row, successor, row.code or next(codes), actor)
    return list(made.values())


def _free_codes(count: int) -> list[str]:
    taken = set(Department.objects.filter(code__startswith=CODE[:5]).values_list("code", flat=True))
    every = (CODE.format(n) for n in range(1, len(taken) + count + 1))
    return [code for code in every if code not in taken]


def _made(row: Ended, successor: Department | None, code: str, actor: Any) -> Department:
    department = Department.objects.create(
        code=code,
        name=row.name,
        kind=row.kind,
        valid_from=row.first,
        valid_to=row.last,
        successor=successor,
    )
    known = {"department": department, "made_by": user_of(actor), "document": row.document}
    end = ChangeType.MERGE if successor else ChangeType.ABOLISH
    DepartmentChange.objects.bulk_create(
        [
            DepartmentChange(
                kind=ChangeType.CREATE, effective_on=row.first, new_name=row.name, applied_at=now(), **known
            ),
            DepartmentChange(
                kind=end, effective_on=row.last + _DAY, successor=successor, applied_at=now(), **known
            ),
        ]
    )
    return department
