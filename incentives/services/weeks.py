"""A week is opened, filled with what the divisions owe, and frozen (I4, I3b)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import Period, PeriodKind, containing
from core.actors import SYSTEM
from core.calendar import system_calendar
from core.editing import check_seen
from core.now import now, today
from core.transition import perform, record, record_many
from core.work import keep
from incentives import notifications_weekly as notifications
from incentives.enums import WeeklyState, WeekState
from incentives.models import Division, Week, WeekReport
from incentives.policies import LATE_WEEK
from incentives.workflow_weekly import REPORTING

FRIDAY = 4
ONE_DAY = timedelta(days=1)


def reporting_day(period: Period) -> date | None:
    """The week's Friday, or the last working day before it; None in a week without one."""
    calendar, day = system_calendar(), period.start + FRIDAY * ONE_DAY
    while day >= period.start:
        if not calendar.is_closed(day):
            return day
        day -= ONE_DAY
    return None


def closes_on(week: Week) -> date:
    """The first day on which it is frozen by itself."""
    return week.due_on + LATE_WEEK.on(week.due_on) * ONE_DAY


def locked(week: Week, seen: int | None = None) -> Week:
    fresh = Week.objects.select_for_update().get(pk=week.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def keep_weeks(day: date) -> int:
    """Weeks whose time is over are frozen; this one begins on its first day, and owes of every division that the city
    has notified and that has no result yet. How many weeks and reports changed (daily).

    Locks: the weeks. Called by: a duty.
    """
    changed = 0
    for week in Week.objects.select_for_update().filter(state=WeekState.OPEN).order_by("due_on"):
        if closes_on(week) <= day and (week.reopened_on is None or week.reopened_on < day):
            _freeze(week, "close", SYSTEM)
            changed += 1
    return changed + _open(containing(day, PeriodKind.WEEK), day) + _fill(day)


def _open(period: Period, day: date) -> int:
    due = reporting_day(period)
    if due is None or due < day or not Division.objects.filter(state__in=REPORTING).exists():
        return 0
    week, fresh = Week.objects.get_or_create(year=period.year, number=period.number, defaults={"due_on": due})
    if fresh:
        record(week, "open", actor=SYSTEM)
    elif week.state == WeekState.OPEN and week.due_on != due:  # a holiday was declared, or is none after all
        week.due_on = due
        week.save(update_fields=["due_on"])
        keep.refresh(*_reports(week))
    return int(fresh)


def _reports(week: Week) -> list[WeekReport]:
    rows = WeekReport.objects.select_for_update(of=("self",)).filter(week=week)
    rows = rows.select_related("week", "division__project").prefetch_related("division__parts__contacts")
    return list(rows.order_by("pk"))


def _fill(day: date) -> int:
    return sum(fill(week) for week in Week.objects.filter(state=WeekState.OPEN, due_on__gte=day))


def fill(week: Week) -> int:
    """Divisions that have come since owe a report too; those that are over owe none, unless it is handed in already.

    Called by: whoever holds the week's lock, or alone makes weeks.
    """
    over = [
        one for one in _reports(week) if one.state == WeeklyState.DUE and one.division.state not in REPORTING
    ]
    for one in over:
        keep.forget(one)
        one.delete()
    rows = Division.objects.filter(state__in=REPORTING).exclude(weeks__week=week).order_by("pk")
    divisions = rows.select_related("project").prefetch_related("parts__contacts")
    made = [WeekReport(week=week, division=division) for division in divisions]
    WeekReport.objects.bulk_create(made)
    record_many(made, "asked", actor=SYSTEM, data={})
    return len(over) + len(made)


def _freeze(week: Week, step: str, actor: Any) -> list[WeekReport]:
    """What is not confirmed is missing for good; from this moment on the week shows what was known: the divisions are
    held meanwhile, so that no value is recorded before it and seen after it."""
    reports = _reports(week)
    held = Division.objects.select_for_update().filter(pk__in=[one.division_id for one in reports])
    list(held.order_by("pk").values_list("pk"))
    missing = [one for one in reports if one.state in (WeeklyState.DUE, WeeklyState.WRITTEN)]
    for one in missing:
        if one.state == WeeklyState.DUE and one.division.state not in REPORTING:
            keep.forget(one)
            one.delete()
            continue
        perform(one, "miss", actor=SYSTEM)
        notifications.missed(one)
    week.frozen_at = now()
    perform(week, step, actor=actor)
    return missing


@transaction.atomic
def freeze(week: Week, *, version: int | None = None, actor: Any) -> Week:
    """Planning closes the week before its time.

    Locks: the week, its reports and their divisions. Raises: Outdated; Rejected before its reporting day.
    """
    fresh = locked(week, version)
    if fresh.state == WeekState.OPEN and today() < fresh.due_on:
        raise Rejected(_("보고일이 되기 전에는 마감할 수 없습니다."))
    _freeze(fresh, "freeze", actor)
    return fresh


@transaction.atomic
def unfreeze(week: Week, *, reason: str, version: int | None = None, actor: Any) -> Week:
    """It was closed by mistake: on the same day alone, as its figures are read from then on.

    Locks: the week, its reports. Raises: Outdated; Rejected from the next day on.
    """
    fresh = locked(week, version)
    if fresh.frozen_on not in (None, today()):
        raise Rejected(_("마감은 마감한 날에만 취소할 수 있습니다. 늦은 내용은 다음 주 보고에 적어 주세요."))
    fresh.frozen_at, fresh.reopened_on = None, today()
    perform(fresh, "unfreeze", actor=actor, reason=reason)
    for one in _reports(fresh):
        if one.state == WeeklyState.MISSED:
            perform(one, "await_again" if one.written_by_id else "ask_again", actor=SYSTEM)
    return fresh
