"""Reading the organisation: who stands in for whom, who leads, who served where."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from basis.clock.calendar import KoreanCalendar
from basis.formats import NOTHING
from core import rows
from core.now import today
from core.work import holders
from organization.enums import ChangeType, Position, Role
from organization.identity import identity
from organization.models import Absence, Department, DepartmentChange, Posting, User
from organization.models.user import UserQuerySet

_SERVED = (
    "SELECT user_id, valid_from, valid_to, department_id FROM {postings} WHERE user_id IN ({users})"
    " ORDER BY valid_from, id"
)

_HEADED = """
SELECT one.id, one.parent_id,
    EXISTS (SELECT 1 FROM {users} WHERE department_id = one.id AND position = {head} AND is_active),
    EXISTS (SELECT 1 FROM {users} WHERE department_id = one.id AND position = {above} AND is_active)
FROM {departments} one
"""


def absences_on(day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(start__lte=day, end__gte=day, cancelled_at=None)


def coming_absences(user: User) -> list[Absence]:
    """The person's absences that last or are to come, with the substitutes."""
    rows = Absence.objects.filter(user=user, end__gte=today(), cancelled_at=None)
    return list(rows.select_related("substitute__department").order_by("start"))


def coming_duties(user: User) -> list[Absence]:
    """The absences that last or are to come in which this person stands in."""
    rows = Absence.objects.filter(substitute=user, end__gte=today(), cancelled_at=None)
    return list(rows.select_related("user__department").order_by("start"))


def substitutes_for(user: User) -> UserQuerySet:
    """Whom to choose from: the own department, those right above and below, and the heads beside it."""
    if user.department is None:
        return User.objects.get_queryset().none()
    own = user.department
    near = Q(department=own) | Q(department__parent=own) | Q(department=own.parent_id)
    if own.parent_id:
        near |= Q(department__parent=own.parent_id, position__in=[Position.HEAD, Position.BUREAU_HEAD])
    return User.objects.get_queryset().filter(near, is_active=True).exclude(pk=user.pk).in_order()


def principals(user: User) -> list[User]:
    """Whom `user` stands in for today, chained and loop-safe (O5). Read once per user instance."""
    if user.stands_in_for is None:
        found = identity(user.pk)
        user.stands_in_for = found.stands_in_for if found else []
    return user.stands_in_for or []


def selves(user: User) -> list[User]:
    """The user and everyone the user stands in for today."""
    return [user, *principals(user)]


def departments_of(user: User) -> set[int]:
    """Ids of departments whose work the user may see today: own and those of the people stood in for; of a bureau's
    head also those led for want of a head."""
    people = selves(user)
    led = (led_by(u) for u in people if u.position == Position.BUREAU_HEAD)
    return {u.department_id for u in people if u.department_id}.union(*led)


def vacancies() -> dict[int, int | None]:
    """Departments without an active head, each with the unit above whose head leads it; None: planning does (O3)."""
    positions = {"head": Position.HEAD, "above": Position.BUREAU_HEAD}
    asked = rows.fetch(_HEADED, departments=Department, users=User, **positions)
    found = {pk: (parent, headed, above) for pk, parent, headed, above in asked}

    def unit_of(pk: int | None) -> int | None:
        while pk is not None and not found[pk][2]:
            pk = found[pk][0]
        return pk

    return {pk: unit_of(pk) for pk, (_parent, headed, _above) in found.items() if not headed}


def leaders_of(department_id: int) -> list[User]:
    """Who leads a department today: its head; without one the head of the bureau above; failing that planning.
    Rights (`led_by`), to-dos and notices all go by this."""
    if heads := heads_of(department_id):
        return heads
    unit = vacancies().get(department_id)
    if unit is None:
        return holders_of(Role.PLANNING)
    return list(User.objects.filter(department_id=unit, position=Position.BUREAU_HEAD, is_active=True))


def led_by(user: User) -> set[int]:
    """Departments of which this one person is among `leaders_of`. Read once per user instance."""
    cached: set[int] | None = user.__dict__.get("_led")
    if cached is None:
        cached = {user.department_id} if user.is_head and user.department_id else set()
        bureau = user.department_id if user.position == Position.BUREAU_HEAD else None
        planning = Role.PLANNING in user.roles
        if bureau or planning:
            cached |= {
                pk for pk, unit in vacancies().items() if (unit == bureau if unit is not None else planning)
            }
        user.__dict__["_led"] = cached
    return cached


def leading(user: User) -> dict[int, User]:
    """Departments that the user leads today or somebody the user stands in for, each with the one who does."""
    return {pk: u for u in reversed(selves(user)) for pk in led_by(u)}


def holder_keys(one: User, *, leads: bool = True) -> list[str]:
    """The keys by which this one person holds open work today; substitution aside, without `leads` also what the
    person leads."""
    keys = [holders.person(one.pk), *map(holders.role, one.roles)]
    keys += map(holders.leaders, led_by(one)) if leads else ()
    if one.is_head and one.department is not None and one.department.role:
        keys.append(holders.heads(one.department.role))
    return keys


def people_by(key: str) -> list[User]:
    """Who holds what is held by this key today."""
    kind, _colon, value = key.partition(":")
    match kind:
        case "u":
            return list(User.objects.filter(pk=value, is_active=True).select_related("department"))
        case "d":
            return leaders_of(int(value))
        case "b":
            return department_readers(int(value))
        case "r":
            return holders_of(Role(value))
        case "h":
            return list(User.objects.filter(department__role=value, position=Position.HEAD, is_active=True))
        case _:  # never, concerns
            return []


def roles_of(user: User) -> frozenset[str]:
    return frozenset().union(*(u.roles for u in selves(user)))


def reads_all(user: User) -> bool:
    """Planning, executives and audit read every department's work. Own roles first: whose suffice asks no further."""
    readers = {Role.PLANNING, Role.EXECUTIVE, Role.AUDITOR}
    return bool(user.roles & readers) or any(principal.roles & readers for principal in principals(user))


def reachable(user: User, day: date | None = None) -> User:
    """Who gets what is meant for `user`: the user, or along the chain of substitutes the first present one.

    A loop (everyone away) ends with the user."""
    day = day or today()
    away = {a.user_id: a.substitute for a in absences_on(day).select_related("substitute__department")}
    current, seen = user, {user.pk}
    while current.pk in away:
        current = away[current.pk]
        if current.pk in seen:
            return user
        seen.add(current.pk)
    return current if current.is_active else user


def heads_of(department_id: int) -> list[User]:
    return list(User.objects.filter(department_id=department_id, position=Position.HEAD, is_active=True))


def department_readers(department_id: int) -> list[User]:
    """Who receives what is sent to a department: its head; where there is none, who leads it and all its staff."""
    return heads_of(department_id) or [*leaders_of(department_id), *staff_of(department_id)]


def holders_of(role: Role) -> list[User]:
    """People with this role today."""
    day = today()
    return list(
        User.objects.filter(
            Q(role_assignments__valid_to=None) | Q(role_assignments__valid_to__gte=day),
            role_assignments__role=role,
            role_assignments__valid_from__lte=day,
            is_active=True,
        ).distinct()
    )


def staff_of(department_id: int) -> UserQuerySet:
    return User.objects.get_queryset().filter(department_id=department_id, is_active=True)


def without_password() -> UserQuerySet:
    """Active accounts that were never given a first password."""
    return User.objects.get_queryset().filter(
        is_active=True, must_change_password=True, password_given_at=None
    )


def departments_held(asked: Iterable[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Id of the department each person served in on the day, (O2); who served nowhere is left out."""
    keys = set(asked)
    found: dict[tuple[int, date], int] = {}
    served: dict[int, list[tuple[date, date | None, int]]] = {}
    for part in rows.chunks(sorted({user for user, _day in keys})):
        for user, start, end, department in rows.fetch(_SERVED, postings=Posting, users=list(part)):
            served.setdefault(user, []).append((start, end, department))
    for user, day in keys:
        for start, end, department in served.get(user, ()):
            if start <= day and (end is None or day <= end):
                found[user, day] = department
    return found


def department_held(user_id: int, day: date) -> Department | None:
    """The department the person served in on that day (O2)."""
    posting = (
        Posting.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), user_id=user_id, valid_from__lte=day)
        .select_related("department")
        .last()
    )
    return posting.department if posting else None


def statutory_holidays(year: int) -> list[tuple[date, str]]:
    """The public holidays of the law with their substitute days, weekends included."""
    calendar, day = KoreanCalendar(), date(year, 1, 1)
    days = (day + timedelta(days=n) for n in range((date(year + 1, 1, 1) - day).days))
    return [(day, name) for day in days if (name := calendar.closed_name(day))]


def change_text(change: DepartmentChange) -> str:
    """What the change is, from what to what."""
    kind = str(change.get_kind_display())
    match change.kind:
        case ChangeType.RENAME:
            return f"{kind}: {change.old_name} → {change.new_name}"
        case ChangeType.MOVE:
            return f"{kind}: {change.old_parent or NOTHING} → {change.new_parent or NOTHING}"
        case _:
            return f"{kind} → {change.successor}" if change.successor else kind


def tree(departments: Iterable[Department]) -> list[tuple[Department, int]]:
    """Departments in tree order with their depth."""
    children: dict[int | None, list[Department]] = {}
    rows = list(departments)
    known = {d.pk for d in rows}
    for d in rows:
        children.setdefault(d.parent_id if d.parent_id in known else None, []).append(d)
    result: list[tuple[Department, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for d in children.get(parent, []):
            result.append((d, depth))
            walk(d.pk, depth + 1)

    walk(None, 0)
    return result
