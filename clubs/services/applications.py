"""A club is asked for, looked at by planning, and begins (C1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from clubs import notifications
from clubs.enums import ClubKind, ClubState
from clubs.models import Club, Founder
from clubs.policies import ALLOTMENT
from clubs.services.founding import FIELDS, Member, TeamPlan, check_name, save, seat_all, set_teams
from clubs.services.whole import members_of, need_shape, need_whole, teams_of
from core.actors import user_of
from core.editing import apply as set_fields
from core.editing import check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record

People = Sequence[Member]
Teams = Sequence[TeamPlan]


def locked(club: Club, seen: int | None = None) -> Club:
    rows = Club.objects.select_for_update(of=("self",)).select_related("bureau", "panel", "applied_by")
    fresh = rows.prefetch_related("founders__user__department", "teams__topic").get(pk=club.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def create(values: Mapping[str, Any], people: People, teams: Teams, *, actor: Any) -> Club:
    """Somebody begins to ask for a club; it may be kept unfinished: what is missing is said when it is sent.

    Raises: Rejected for a name that is taken, or the same person twice.
    """
    principal = ensure(actor, "clubs.apply")
    club = Club(**_wanted(values), applied_by=user_of(actor))
    check_name(club)
    need_shape(club, people, teams)
    save(club)
    keep_lists(club, people, teams)
    record(club, "create", actor=actor, principal=principal)
    return club


def _wanted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only clubs of a bureau have one."""
    found = {name: values[name] for name in FIELDS if name in values}
    return found if found.get("kind", ClubKind.BUREAU) == ClubKind.BUREAU else {**found, "bureau": None}


def keep_lists(club: Club, people: People, teams: Teams) -> None:
    """Called by: whatever writes an application, under its lock."""
    set_teams(club, teams)
    club.founders.all().delete()
    Founder.objects.bulk_create(
        Founder(club=club, user=one.user, chair=one.chair, team=one.team, order=order)
        for order, one in enumerate(people, start=1)
    )
    for name in ("founders", "teams"):
        getattr(club, "_prefetched_objects_cache", {}).pop(name, None)


@transaction.atomic
def edit(
    club: Club,
    values: Mapping[str, Any],
    people: People,
    teams: Teams,
    *,
    version: int | None = None,
    actor: Any,
) -> Club:
    """Locks: the club. Raises: Conflict; Rejected as `create`, and once it was sent."""
    fresh = locked(club)
    principal = ensure(actor, "clubs.apply", fresh)
    if fresh.state != ClubState.DRAFT:
        raise Rejected(_("신청한 동아리는 신청을 거둔 뒤 고칠 수 있습니다."))
    wanted = _wanted(values)
    check_version(fresh, version, wanted)
    set_fields(fresh, wanted, FIELDS)
    check_name(fresh)
    need_shape(fresh, people, teams)
    fresh.version += 1
    save(fresh)
    keep_lists(fresh, people, teams)
    record(fresh, "edit", actor=actor, principal=principal)
    return fresh


@transaction.atomic
def apply(club: Club, *, version: int | None = None, actor: Any) -> Club:
    """Locks: the club. Raises: Outdated, Rejected where something is missing."""
    fresh = locked(club, version)
    fresh.applied_on = today()
    perform(fresh, "apply", actor=actor)
    need_whole(fresh, members_of(fresh), teams_of(fresh))
    notifications.applied(fresh)
    return fresh


@transaction.atomic
def take_back(club: Club, *, version: int | None = None, actor: Any) -> Club:
    """Locks: the club. Raises: Outdated."""
    fresh = locked(club, version)
    fresh.applied_on = None
    perform(fresh, "take_back", actor=actor)
    return fresh


@transaction.atomic
def give_back(club: Club, *, reason: str, version: int | None = None, actor: Any) -> Club:
    """Locks: the club. Raises: Outdated."""
    fresh = locked(club, version)
    fresh.applied_on = None
    perform(fresh, "give_back", actor=actor, reason=reason)
    notifications.given_back(fresh, reason)
    return fresh


@transaction.atomic
def approve(club: Club, *, allotment: int | None = None, version: int | None = None, actor: Any) -> Club:
    """The club begins: its panel, everybody's seat. Today, or with its year where that is to come.

    Locks: the club. Raises: Outdated, Rejected where it is no longer whole (a member is gone, the bureau has another
    head).
    """
    fresh = locked(club, version)
    ensure(actor, "clubs.approve", fresh)
    if fresh.state == ClubState.APPLIED:
        people = members_of(fresh)
        need_whole(fresh, people, teams_of(fresh))
        first = max(today(), date(fresh.year, 1, 1))
        fresh.approved_on = today()
        fresh.allotment = ALLOTMENT.on(first) if allotment is None else allotment
        begin = [Member(one.user, one.chair, one.team, since=first) for one in people]
        seat_all(fresh, begin, begun_on=today(), actor=actor)
    perform(fresh, "approve", actor=actor)
    notifications.approved(fresh)
    return fresh


@transaction.atomic
def refuse(club: Club, *, reason: str, version: int | None = None, actor: Any) -> Club:
    """Locks: the club. Raises: Outdated."""
    fresh = locked(club, version)
    perform(fresh, "refuse", actor=actor, reason=reason)
    notifications.refused(fresh, reason)
    return fresh


@transaction.atomic
def withdraw(club: Club, *, version: int | None = None, actor: Any) -> Club:
    """There will be no such club.

    Locks: the club. Raises: Outdated.
    """
    fresh = locked(club, version)
    perform(fresh, "withdraw", actor=actor)
    return fresh
