"""Planning prepares a contest and announces it: every department is asked for one practice (E5)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import PeriodKind, parse
from contests import notifications
from contests.enums import OPEN_PRACTICES, ContestState, PracticeState
from contests.models import Contest, Practice
from contests.models.practice import CONTEST
from contests.policies import TIMES_A_YEAR
from contests.selectors import is_being_judged
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record, record_many
from core.work import keep
from organization.models import Department

PLAN = "contests.plan"


def locked(contest: Contest, seen: int | None = None) -> Contest:
    fresh = Contest.objects.select_for_update().get(pk=contest.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def prepare(values: dict[str, Any], *, actor: Any) -> Contest:
    """A draft; only planning and who reads all see it.

    Raises: Rejected for days that do not fit, or a period that has a contest.
    """
    principal = ensure(actor, PLAN)
    contest = Contest(**{name: values[name] for name in CONTEST if name in values}, prepared_by=actor)
    _check(contest)
    _save(contest)
    record(contest, "create", actor=actor, principal=principal)
    return contest


@transaction.atomic
def edit(contest: Contest, values: dict[str, Any], *, version: int | None = None, actor: Any) -> Contest:
    """Another last day moves that of every practice not yet entered, unless it was given a later one.

    Locks: the contest, its practices. Raises: Conflict; Rejected as `prepare`, when it is over, or for its last day
    while practices are being judged.
    """
    fresh = locked(contest)
    principal = ensure(actor, PLAN, fresh)
    if fresh.state not in (ContestState.DRAFT, ContestState.OPEN):
        raise Rejected(_("시상을 확정했거나 거둔 경진대회는 고칠 수 없습니다."))
    wanted = {name: values[name] for name in CONTEST if name in values}
    check_version(fresh, version, wanted)
    changed = apply(fresh, wanted, CONTEST)
    if "period" in changed and fresh.state != ContestState.DRAFT:
        raise Rejected(_("공고한 경진대회의 기간은 바꿀 수 없습니다."), field="period")
    if "closes_on" in changed and is_being_judged(*fresh.practices.entered()):
        raise Rejected(_("심사하고 있는 경진대회의 접수 마감일은 바꿀 수 없습니다."), field="closes_on")
    if changed:
        _check(fresh, period="period" in changed)
        fresh.version += 1
        _save(fresh)
        record(fresh, "edit", actor=actor, principal=principal)
    if "closes_on" in changed:
        _move_days(fresh)
    return fresh


def _move_days(contest: Contest) -> None:
    rows = contest.practices.select_for_update(of=("self",)).filter(late_reason="").order_by("pk")
    found = list(rows.exclude(state=PracticeState.MISSED).select_related("contest", "written_by"))
    for one in found:
        one.due_on = contest.closes_on
        one.save(update_fields=["due_on"])
    keep.refresh(*found)


def _check(contest: Contest, *, period: bool = True) -> None:
    """`period`: it is chosen now."""
    if period:
        found = parse(contest.period)
        wanted = PeriodKind.YEAR if TIMES_A_YEAR.current() == 1 else PeriodKind.HALF
        if found.kind != wanted:
            said = {
                PeriodKind.YEAR: _("기간은 연도로 입력해 주세요. 예: 2026"),
                PeriodKind.HALF: _("기간은 반기로 입력해 주세요. 예: 2026-H1"),
            }
            raise Rejected(said[wanted], field="period")
        contest.period = found.key
    if contest.closes_on < contest.opens_on:
        raise Rejected(_("접수 마감일은 시작일과 같거나 뒤여야 합니다."), field="closes_on")
    if contest.shown_on and contest.shown_on < contest.closes_on:
        raise Rejected(_("발표회는 접수 마감일과 같거나 뒤여야 합니다."), field="shown_on")


def _save(contest: Contest) -> None:
    try:
        with transaction.atomic():
            contest.save()
    except IntegrityError:
        raise Rejected(_("이 기간의 경진대회가 이미 있습니다."), field="period") from None


@transaction.atomic
def publish(contest: Contest, *, version: int | None = None, actor: Any) -> Contest:
    """From now on every department has its practice to write.

    Locks: the contest. Raises: Outdated, Rejected if it would be closed already.
    """
    fresh = locked(contest, version)
    if fresh.is_closed:
        raise Rejected(_("접수 마감일이 지났습니다. 날짜를 고친 뒤 공고해 주세요."))
    perform(fresh, "publish", actor=actor)
    notifications.announced(fresh, ask_all(fresh))
    return fresh


def ask_all(contest: Contest) -> list[Practice]:
    """A practice of every department that has none yet; those that are new.

    Called by: `publish`, and every day for departments that were founded since, under the contest's lock.
    """
    had = set(contest.practices.values_list("department", flat=True))
    places = Department.objects.open_on(today()).reviewing().exclude(pk__in=had)
    made = [
        Practice(contest=contest, department=one, department_name=one.name, due_on=contest.closes_on)
        for one in places
    ]
    Practice.objects.bulk_create(made)
    record_many(made, "asked", actor=SYSTEM, data={})
    return made


@transaction.atomic
def withdraw(contest: Contest, *, reason: str, version: int | None = None, actor: Any) -> Contest:
    """There is none; what was written stays to be read.

    Locks: the contest, its practices. Raises: Outdated; Rejected where practices are being judged.
    """
    fresh = locked(contest, version)
    perform(fresh, "withdraw", actor=actor, reason=reason)
    if is_being_judged(*fresh.practices.entered()):
        raise Rejected(_("심사하고 있는 경진대회는 거둘 수 없습니다."))
    rows = fresh.practices.select_for_update(of=("self",)).filter(state__in=OPEN_PRACTICES).order_by("pk")
    for one in rows:
        perform(one, "lapse", actor=SYSTEM, reason=reason)
    notifications.withdrawn(fresh, list(fresh.practices.all()), reason)
    return fresh


def ask_new(day: Any) -> int:
    """Departments founded while a contest is open are asked too (daily)."""
    rows = (
        Contest.objects.select_for_update().filter(state=ContestState.OPEN, closes_on__gte=day).order_by("pk")
    )
    return sum(len(ask_all(contest)) for contest in rows)
