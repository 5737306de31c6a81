"""What planning sees to with clubs that are: their name, goal and money, their end (C1, C4)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from basis.periods import Period, PeriodKind
from clubs import notifications
from clubs.enums import TAKING, WRITTEN, ClubKind, ClubState
from clubs.kinds import ClubPanel
from clubs.models import Club, Topic
from clubs.policies import CLOSE_DAYS, LAST_MONTH
from clubs.services import reports
from clubs.services.applications import locked
from clubs.services.founding import TeamPlan, check_name, panel_name, save, set_teams
from clubs.services.members import settle_upkeep
from clubs.services.whole import need_shape
from core.actors import SYSTEM
from core.editing import apply as set_fields
from core.editing import check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from meetings.enums import TO_COME, SessionState
from meetings.models import Session
from meetings.services import panels
from organization.models import Department

CHANGED = ("name", "goal", "plan", "allotment")
PLAN = "clubs.plan"


@transaction.atomic
def change(
    club: Club,
    values: Mapping[str, Any],
    *,
    reason: str,
    teams: Sequence[TeamPlan] | None = None,
    version: int | None = None,
    actor: Any,
) -> Club:
    """Another name, goal, plan or allotment, other topics of its teams; the members are told why.

    Locks: the club, its panel. Raises: Conflict; Rejected for a club that is not active, a name that is taken, less
    money than was promised.
    """
    fresh = locked(club)
    principal = ensure(actor, PLAN, fresh)
    if fresh.state != ClubState.ACTIVE:
        raise Rejected(_("활동 중인 동아리만 고칠 수 있습니다."))
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    wanted = {name: values[name] for name in CHANGED if name in values}
    check_version(fresh, version, wanted)
    changed = set_fields(fresh, wanted, CHANGED)
    check_name(fresh)
    if not fresh.goal.strip():
        raise Rejected(_("연구 목적을 입력해 주세요."), field="goal")
    if "allotment" in changed:
        _need_other(fresh, actor, principal)
        _need_enough(fresh)
    if teams is not None:
        need_shape(fresh, [], teams)
        _need_seats(fresh, teams)
        set_teams(fresh, teams)
    fresh.version += 1
    save(fresh)
    if {"name", "goal"} & set(changed):
        assert fresh.panel is not None
        named = {"name": panel_name(fresh), "purpose": fresh.goal[:1_000]}
        fresh.panel = panels.edit(fresh.panel, named, actor=actor)
    record(fresh, "change", actor=actor, principal=principal, reason=reason)
    notifications.changed(fresh, notifications.sitting(fresh), reason)
    return fresh


def _need_other(club: Club, *people: Any) -> None:
    """No member gives the own club more money (D9)."""
    assert club.panel is not None
    if club.panel.seats.on(today()).filter(user__in=[one.pk for one in people]).exists():
        text = _("지원 한도는 그 동아리 회원이 아닌 담당자가 바꿀 수 있습니다.")
        raise Rejected(text, field="allotment")


def _need_enough(club: Club) -> None:
    """Settled ones take what they cost."""
    rows = club.supports.filter(state__in=TAKING)
    used = rows.aggregate(used=Sum(Coalesce("actual", "amount")))["used"] or 0
    if club.allotment < used:
        raise Rejected(
            _("이미 %(used)s을 지원하기로 했습니다. 지원 한도를 그보다 적게 할 수 없습니다.")
            % {"used": won(used)},
            field="allotment",
        )


def _need_seats(club: Club, teams: Sequence[TeamPlan]) -> None:
    """No team goes away in which somebody sits."""
    assert club.panel is not None
    numbers = {one.number for one in teams}
    held = club.panel.seats.on(today()).exclude(team=None).values_list("team", flat=True)
    if set(held) - numbers:
        raise Rejected(_("회원이 있는 분임은 없앨 수 없습니다."), field="teams")


def set_allotment(club: Club, amount: int, *, reason: str, version: int | None = None, actor: Any) -> Club:
    return change(club, {"allotment": amount}, reason=reason, version=version, actor=actor)


@transaction.atomic
def end(club: Club, *, on: date, reason: str, version: int | None = None, actor: Any) -> Club:
    """Planning ends it before its time; all terms end with that day.

    Locks: the club, its panel, the seats. Raises: Outdated, Rejected as `panels.end`.
    """
    fresh = locked(club, version)
    if fresh.panel is None:
        raise Rejected(_("활동 중인 동아리만 마칠 수 있습니다."))
    people = notifications.sitting(fresh)
    fresh.ended_on = on
    perform(fresh, "end", actor=actor, reason=reason)
    panels.end(fresh.panel, on=on, reason=reason, actor=actor)
    settle_upkeep(*fresh.panel.seats.all())
    reports.lapse(fresh)
    notifications.ended(fresh, people, reason)
    return fresh


def last_day_of(year: int) -> date:
    """Through which clubs of a year last: some days after the last month of their work."""
    month = Period(PeriodKind.MONTH, year, LAST_MONTH.on(date(year, 12, 31)))
    return month.end + timedelta(days=CLOSE_DAYS.on(month.end))


def close_past(day: date) -> int:
    """Clubs whose time is over have ended, but for those with a meeting before them or minutes to be written; how many.

    Locks: each club, its panel, the seats. Called by: the schedule.
    """
    coming = Session.objects.filter(panel__kind=ClubPanel.key, state__in=TO_COME).values("panel")
    closed = 0
    for found in Club.objects.active().filter(year__lte=day.year).exclude(panel__in=coming).order_by("pk"):
        last = last_day_of(found.year)
        if last < day:
            closed += _close(found, last)
    return closed


@transaction.atomic
def _close(found: Club, last: date) -> int:
    club = locked(found)
    if club.state != ClubState.ACTIVE or club.panel is None:
        return 0
    held = club.panel.sessions.exclude(state=SessionState.CANCELLED).order_by("-held_on").first()
    club.ended_on = max(last, held.held_on) if held is not None else last
    perform(club, "close", actor=SYSTEM)
    panels.end(club.panel, on=club.ended_on, reason="", actor=SYSTEM)
    settle_upkeep(*club.panel.seats.all())
    reports.lapse(club)
    return 1


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Clubs and topics of the bureau or department are the new one's; those of years past keep theirs."""
    open_ = (*WRITTEN, ClubState.ACTIVE)
    rows = Club.objects.select_for_update(of=("self",)).filter(bureau=old, state__in=open_).order_by("pk")
    for club in rows:
        club.bureau = new
        club.version += 1
        club.save()
        record(club, "merged", actor=actor)
    Topic.objects.filter(department=old, year__gte=today().year).update(department=new)


def open_of(department: Department) -> int:
    open_ = (*WRITTEN, ClubState.ACTIVE)
    return Club.objects.filter(bureau=department, state__in=open_, kind=ClubKind.BUREAU).count()
