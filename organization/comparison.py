"""What a list of staff changes: new, returned, moved, corrected; who is not in it; what cannot be (O2)."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_ko
from core.now import today
from organization.enums import StaffChange, person_text
from organization.models import Department, Posting, StaffList, User

S = StaffChange


@dataclass(frozen=True)
class Row:
    """One person of the file. `department` is a key, None of an external judge; `since` the row's own day, ISO."""

    line: int
    number: str
    name: str
    department: int | None
    position: str
    rank: str
    email: str
    since: str

    def day(self, usual: date) -> date:
        return date.fromisoformat(self.since) if self.since else usual

    @property
    def place(self) -> "Place":
        return self.department, self.position, self.rank


Place = tuple[int | None, str, str]


@dataclass(frozen=True)
class Change:
    """Of one person; `user` is None for a new one, `row` for one who is not in the file. A fault keeps it from being
    applied."""

    kinds: tuple[StaffChange, ...]
    row: Row | None
    user: User | None
    before: str = ""
    after: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        return self.row.name if self.row else self.user.name if self.user else ""

    @property
    def number(self) -> str:
        return self.row.number if self.row else self.user.employee_number if self.user else ""


@dataclass(frozen=True)
class Comparison:
    changes: list[Change]  # in the order of the file, then the leavers
    absent: list[User]  # active, not in the file, with those ticked

    def of(self, kind: StaffChange) -> list[Change]:
        return [one for one in self.changes if kind in one.kinds and not one.fault]

    @property
    def faults(self) -> list[Change]:
        return [one for one in self.changes if one.fault]


def stored(rows: Iterable[Row]) -> list[list[Any]]:
    return [list(astuple(row)) for row in rows]


def compare(found: StaffList) -> Comparison:
    """With the office as it is now. Externals are never missed: they stand in no personnel system."""
    rows = [Row(*values) for values in found.rows]
    people = {user.employee_number: user for user in User.objects.all()}
    lasting = {
        posting.user_id: posting
        for posting in Posting.objects.filter(valid_to=None).select_related("department")
    }
    names = dict(Department.objects.values_list("pk", "name"))
    changes = [_change(row, people.get(row.number), lasting, names, found.day) for row in rows]
    listed = {row.number for row in rows}
    absent = [
        user
        for user in sorted(people.values(), key=_order)
        if user.is_active and user.department_id and user.employee_number not in listed
    ]
    left = set(found.leavers)
    changes += [
        Change((S.LEFT,), None, user, person_text(names[user.department_id or 0], user.position))
        for user in absent
        if user.pk in left
    ]
    return Comparison(changes, absent)


def _order(user: User) -> tuple[int, str, str]:
    department = user.department
    return (department.order, department.code, user.employee_number) if department else (0, "", "")


def _change(
    row: Row, user: User | None, lasting: dict[int, Posting], names: dict[int, str], usual: date
) -> Change:
    after = _text(row.place, names)
    if user is None:
        return Change((S.NEW,), row, None, after=after)
    last = lasting.get(user.pk)
    held: Place = (
        (last.department_id, last.position, last.rank)
        if last
        else (user.department_id, user.position, user.rank)
    )
    kinds = [] if user.is_active else [S.RETURNED]
    if held != row.place or (row.department and last is None):
        kinds.append(S.MOVED)
    if user.name != row.name or (row.email and user.email != row.email):
        kinds.append(S.CORRECTED)
    fault = _fault(row, last, usual) if S.MOVED in kinds else ""
    before = " ".join(filter(None, [_text(held, names), user.name if user.name != row.name else ""]))
    return Change(tuple(kinds) or (S.SAME,), row, user, before, after, fault)


def _fault(row: Row, last: Posting | None, usual: date) -> str:
    if row.department is None:
        return _("부서가 없습니다.")
    if last is None:
        return ""
    if last.valid_from > today():
        return _("%(day)s자 발령이 예정되어 있습니다. 먼저 그 발령을 취소해 주세요.") % {
            "day": date_ko(last.valid_from)
        }
    if row.day(usual) < last.valid_from:
        return _("발령일은 지금 발령일(%(day)s) 또는 이후여야 합니다.") % {"day": date_ko(last.valid_from)}
    return ""


def _text(place: Place, names: dict[int, str]) -> str:
    department, position, rank = place
    said = person_text(names.get(department) if department else None, position)
    return f"{said} {rank}".strip()
