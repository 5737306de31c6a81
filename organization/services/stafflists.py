"""Files of staff: kept, applied in one go, taken back (O2). A job does it: thousands of postings take their time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from basis.official import in_office_language
from core import jobs, sessions
from core.actors import user_of
from core.editing import check_seen
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from core.workflow import workflow_of
from organization.comparison import Change, Row, compare, stored
from organization.enums import StaffChange, StaffListState
from organization.models import Department, Posting, StaffList, User
from organization.services import authorise, staff
from organization.services.roles import need_other_administrator

KIND = "organization.staff_list"
AT_ONCE = 50  # rows done while the person waits; a technical limit
S = StaffChange


@transaction.atomic
def take_in(rows: Iterable[Row], *, title: str, actor: Any, day: date | None = None) -> StaffList:
    """Keep the rows of a file for comparing; nothing of the office changes."""
    authorise(actor, "organization.manage")
    found = StaffList.objects.create(
        title=title, day=day or today(), rows=stored(rows), made_by=user_of(actor), made_at=now()
    )
    record(found, "take_in", actor=actor)
    return found


@transaction.atomic
def edit(
    found: StaffList,
    *,
    title: str,
    day: date,
    leavers: Iterable[User],
    actor: Any,
    version: int | None = None,
) -> None:
    """Its name, the day of rows without one, and who of those not in it has left.

    Locks: the list. Raises: Rejected once applied.
    """
    authorise(actor, "organization.manage")
    found = _locked(found, version)
    if found.state == StaffListState.APPLIED:
        raise Rejected(_("이미 적용한 명단입니다. 먼저 적용을 되돌려 주세요."))
    found.title, found.day, found.leavers = title, day, sorted(one.pk for one in leavers)
    found.version += 1
    found.save()


def begin(found: StaffList, step: str, *, actor: Any, version: int | None = None) -> StaffList:
    """`apply` it or `undo` that, in the background unless it is short.

    Locks: the list. Raises: Rejected where nothing would be applied, or people would leave before their day.
    """
    with transaction.atomic():
        found = _locked(found, version)
        transition = workflow_of(found).table[step]
        ensure(actor, str(transition.permission), found)
        if found.state not in transition.sources:
            raise Rejected(_("지금 상태에서는 할 수 없습니다. 화면을 새로 고쳐 주세요."))
        if step == "apply":
            _check(found)
        found.job = jobs.enqueue(
            KIND,
            _label(found, step),
            {"list": found.pk, "step": step, "user": actor.pk},
            actor=actor,
            unique_key=f"{KIND}:{found.pk}:{step}:{found.version}",
        )
        found.save(update_fields=["job"])
    if len(found.rows) + len(found.leavers) <= AT_ONCE:
        jobs.run(found.job.pk)
    found.refresh_from_db()
    return found


def _check(found: StaffList) -> None:
    comparison = compare(found)
    if not any(one.kinds != (S.SAME,) and not one.fault for one in comparison.changes):
        raise Rejected(_("바뀌는 내용이 없습니다."))
    if found.leavers and found.day > today():
        raise Rejected(
            _("퇴직·전출은 발령일(%(day)s)이 되어야 처리할 수 있습니다. 그날 적용하거나 표시를 지워 주세요.")
            % {"day": date_ko(found.day)}
        )


@in_office_language
def _label(found: StaffList, step: str) -> str:
    words = {"apply": _("명단 적용: %(title)s"), "undo": _("명단 적용 되돌리기: %(title)s")}
    return words[step] % {"title": found.title}


def run_list(run: jobs.Run, payload: dict[str, Any]) -> None:
    """Job handler: everything in the transaction that ends the job."""
    actor = User.objects.get(pk=payload["user"])
    with run.finishing() as result:
        found = _locked(StaffList.objects.get(pk=payload["list"]), None)
        left = apply(found, actor=actor) if payload["step"] == "apply" else undo(found, actor=actor)
        result.update(url=found.get_absolute_url(), left=left)


def apply(found: StaffList, *, actor: Any) -> list[str]:
    """Make the office as the list says; names of those left out.

    Locks: the list (by the caller), the accounts. Raises: Rejected naming the person who cannot be moved so.
    """
    departments = Department.objects.in_bulk()
    comparison = compare(found)
    _lock(one.user.pk for one in comparison.changes if one.user)
    found.done = []
    for one in comparison.changes:
        if one.fault or one.kinds == (S.SAME,):
            continue
        try:
            found.done.append(_apply(one, found.day, departments, actor))
        except Rejected as error:
            raise Rejected(f"{one.number} {one.name}: {error.message}") from error
    perform(found, "apply", actor=actor, data={"count": len(found.done)})
    return [f"{one.number} {one.name}" for one in comparison.faults]


def _apply(one: Change, usual: date, departments: dict[int, Department], actor: Any) -> dict[str, Any]:
    user, row = one.user, one.row
    before = _state(user) if user else None
    if row is None:
        assert user is not None
        _leave(user, usual)
    elif user is None:
        user = staff.create(
            actor=actor,
            employee_number=row.number,
            name=row.name,
            department=departments[row.department] if row.department else None,
            position=row.position,
            rank=row.rank,
            email=row.email,
            valid_from=row.day(usual),
            with_password=False,
        ).user
    else:
        _change(user, row, one, departments, usual, actor)
    return {"user": user.pk, "before": before, "after": _state(User.objects.get(pk=user.pk))}


def _change(
    user: User, row: Row, one: Change, departments: dict[int, Department], usual: date, actor: Any
) -> None:
    if S.RETURNED in one.kinds:
        user = staff.locked(user)
        user.is_active = True
        user.save()
    if S.CORRECTED in one.kinds:
        values = {"name": row.name, "email": row.email or user.email}
        user = staff.edit(user, values, actor=actor, version=None)
    if S.MOVED in one.kinds and row.department:
        staff.transfer(
            user,
            actor=actor,
            department=departments[row.department],
            position=row.position,
            rank=row.rank,
            valid_from=row.day(usual),
        )


def _leave(user: User, day: date) -> None:
    """From this day on the person serves nowhere and cannot log in; what was done stays theirs."""
    need_other_administrator(user)
    user = staff.locked(user)
    for posting in user.postings.filter(valid_to=None):
        posting.valid_to = max(posting.valid_from, day - timedelta(days=1))
        posting.save()
    user.is_active = False
    user.version += 1
    user.save()
    sessions.end(user)
    keep.people_moved([user.pk])


FIELDS = ("name", "email", "department_id", "position", "rank", "is_active")


def _state(user: User) -> dict[str, Any]:
    """What a list may change of a person, as it can be kept."""
    columns = ("pk", "department_id", "position", "rank", "valid_from", "valid_to")
    postings = [
        [str(value) if isinstance(value, date) else value for value in row]
        for row in user.postings.order_by("pk").values_list(*columns)
    ]
    return {"fields": {name: getattr(user, name) for name in FIELDS}, "postings": postings}


def undo(found: StaffList, *, actor: Any) -> list[str]:
    """Put back whom applying it has changed; who was changed again since is left as they are and named.

    Locks: the list (by the caller), the accounts.
    """
    left, people = [], []
    _lock(entry["user"] for entry in found.done)
    for entry in reversed(found.done):
        user = User.objects.filter(pk=entry["user"]).first()
        if user is None:
            continue
        if _state(user) != entry["after"]:
            left.append(f"{user.employee_number} {user.name}")
        elif entry["before"] is None:
            _unmake(user)
        else:
            _restore(user, entry["before"])
            people.append(user.pk)
    keep.people_moved(people)
    found.done = []
    perform(found, "undo", actor=actor, data={"left": left})
    return left


def changed_since(found: StaffList) -> list[User]:
    """Who of those it has changed was changed again."""
    people = User.objects.in_bulk(entry["user"] for entry in found.done)
    return [
        people[entry["user"]]
        for entry in found.done
        if entry["user"] in people and _state(people[entry["user"]]) != entry["after"]
    ]


def _restore(user: User, before: dict[str, Any]) -> None:
    kept = {values[0]: values[1:] for values in before["postings"]}
    for posting in user.postings.all():
        if posting.pk not in kept:
            posting.delete()
    for posting in user.postings.all():
        department, position, rank, start, end = kept[posting.pk]
        posting.department_id, posting.position, posting.rank = department, position, rank
        posting.valid_from = date.fromisoformat(start)
        posting.valid_to = date.fromisoformat(end) if end else None
        posting.save()
    for name, value in before["fields"].items():
        setattr(user, name, value)
    user.version += 1
    user.save()
    if not user.is_active:
        sessions.end(user)


def _unmake(user: User) -> None:
    """A new account goes again; one that something hangs on by now is closed."""
    Posting.objects.filter(user=user).delete()
    try:
        with transaction.atomic():
            user.delete()
    except (models.ProtectedError, IntegrityError):
        user.is_active, user.department = False, None
        user.version += 1
        user.save()
        sessions.end(user)


def _lock(people: Iterable[int]) -> None:
    """In the order of their keys."""
    rows = User.objects.select_for_update(of=("self",)).filter(pk__in=list(people)).order_by("pk")
    list(rows.values_list("pk"))


def _locked(found: StaffList, version: int | None) -> StaffList:
    found = StaffList.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check_seen(found, version)
    return found
