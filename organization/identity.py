"""Who somebody is today, by one question: every page asks it, so it is written by hand (core.rows)."""

from typing import Any

from django.db import connection

from core import rows
from core.now import today
from organization.models import Absence, Department, RoleAssignment, User
from organization.sockets import KNOWN

_CHAIN = 20  # absences one after another; only mistakes are longer
_SELVES = """
WITH RECURSIVE standing (person, depth, absence) AS (
    SELECT CAST({pk} AS bigint), 0, CAST(NULL AS bigint)
    UNION
    SELECT away.user_id, depth + 1, away.id FROM standing JOIN {absences} away ON away.substitute_id = person
    WHERE away.start <= {day} AND away."end" >= {day} AND away.cancelled_at IS NULL
    AND away.user_id <> {pk} AND depth < {chain}
)
SELECT {user_columns}, {department_columns}, (
    SELECT {listed} FROM {roles} held
    WHERE held.user_id = person AND held.valid_from <= {day} AND (held.valid_to IS NULL OR held.valid_to >= {day})
){known}
FROM standing JOIN {users} one ON one.id = person LEFT JOIN {departments} own ON own.id = one.department_id
ORDER BY depth, absence DESC
"""
_LISTED = {"postgresql": "STRING_AGG(held.role, ',')", "sqlite": "GROUP_CONCAT(held.role)"}


def identity(pk: Any) -> User | None:
    """The person with department, roles in force, what is `KNOWN` of everybody, and `stands_in_for`: whom it is for
    today, chained and loop-safe, the nearest first (O5)."""
    found: dict[int, User] = {}
    for user in map(_user, rows.fetch(_SELVES, pk=pk, day=today(), chain=_CHAIN, **_parts())):
        found.setdefault(user.pk, user)
    if pk not in found:
        return None
    person = found.pop(pk)
    person.stands_in_for = [user for user in found.values() if user.is_active]
    return person


def _parts() -> dict[str, Any]:
    return {
        "users": User,
        "departments": Department,
        "absences": Absence,
        "roles": RoleAssignment,
        "known": rows.Text("".join(f", ({known.question()})" for known in KNOWN)),
        "user_columns": rows.columns(User, "one"),
        "department_columns": rows.columns(Department, "own"),
        "listed": rows.Text(_LISTED[connection.vendor]),
    }


def _user(values: tuple[Any, ...]) -> User:
    of_user, of_department = len(User._meta.concrete_fields), len(Department._meta.concrete_fields)
    user = rows.instance(User, values[:of_user])
    if user.department_id:
        user.department = rows.instance(Department, values[of_user : of_user + of_department])
    roles, *known = values[of_user + of_department :]
    user.__dict__["roles"] = frozenset(roles.split(",") if roles else ())
    for each, value in zip(KNOWN, known, strict=True):
        setattr(user, each.name, value)
    return user
