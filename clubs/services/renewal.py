"""A club goes on into the next year: an application that begins with what there was (C1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from clubs import notifications
from clubs.enums import GONE, LIVED, ClubKind
from clubs.models import Club, Topic
from clubs.services.applications import keep_lists
from clubs.services.founding import Member, TeamPlan, check_name, save
from core.actors import user_of
from core.now import today
from core.permissions import ensure
from core.transition import record
from meetings.enums import Chair
from organization.bureaus import head_of, parents, within
from organization.models import Department, User

FIRST = (Chair.CHAIR, Chair.LEADER, Chair.SECRETARY, Chair.MEMBER)


@transaction.atomic
def renew(club: Club, *, actor: Any) -> Club:
    """The draft of the year after: kind, bureau, goal, teams with their topics where the new list has them, and the
    members who still fit. It waits for who begins it, or where planning does for one of those who led the club.

    Locks: the club. Raises: Rejected where it goes on already, never was one, or its name is taken.
    """
    rows = Club.objects.select_for_update(of=("self",)).select_related("bureau", "panel")
    old = rows.prefetch_related("teams__topic").get(pk=club.pk)
    principal = ensure(actor, "clubs.run", old)
    if old.state not in LIVED:
        raise Rejected(_("활동한 동아리만 다음 해로 이어 쓸 수 있습니다."))
    if old.after.exclude(state__in=GONE).exists():
        raise Rejected(_("이미 다음 해의 신청서가 있습니다."))
    bureau = successor(old.bureau)
    people = still_fitting(old, bureau)
    new = Club(
        year=old.year + 1,
        kind=old.kind,
        name=old.name,
        bureau=bureau,
        goal=old.goal,
        plan=old.plan,
        before=old,
        applied_by=_writer(people, user_of(actor)),
    )
    check_name(new)
    save(new)
    keep_lists(new, people, _teams(old, new.year))
    record(new, "renew", actor=actor, principal=principal)
    notifications.renewed(new)
    return new


def successor(bureau: Department | None) -> Department | None:
    """What the bureau is by now."""
    while bureau is not None and bureau.valid_to is not None and bureau.successor is not None:
        bureau = bureau.successor
    return bureau


def still_fitting(old: Club, bureau: Department | None) -> list[Member]:
    """Who was in it on its last day and still serves here; the head of the bureau presides."""
    assert old.panel is not None
    rows = old.panel.seats.on(old.ended_on or today()).select_related("user__department").order_by("pk")
    tree = parents()
    own = old.kind == ClubKind.BUREAU and bureau is not None
    head = head_of(bureau) if own else None
    found = [
        Member(seat.user, seat.chair, seat.team)
        for seat in rows
        if seat.user.is_active
        and seat.user.department_id is not None
        and not (own and bureau and not within(seat.user.department_id, bureau.pk, tree))
    ]
    if head is not None:
        found = [
            replace(one, chair=Chair.MEMBER) if one.chair == Chair.CHAIR else one
            for one in found
            if one.user.pk != head.pk
        ]
        found.insert(0, Member(head, Chair.CHAIR))
    return sorted(found, key=lambda one: (FIRST.index(Chair(one.chair)), one.team or 0))


def _writer(people: list[Member], actor: User | None) -> User | None:
    """Who begins it if of the club, else its secretary, else who leads a team or presides."""
    if actor is not None and any(one.user.pk == actor.pk for one in people):
        return actor
    order = (Chair.SECRETARY, Chair.LEADER, Chair.CHAIR)
    leading = [one for chair in order for one in people if one.chair == chair]
    return leading[0].user if leading else actor


def _teams(old: Club, year: int) -> list[TeamPlan]:
    topics = _same_topics(old, year)
    return [
        TeamPlan(one.number, one.name, topics.get((one.topic.source, one.topic.title)) if one.topic else None)
        for one in old.teams.all()
    ]


def _same_topics(old: Club, year: int) -> Mapping[tuple[str, str], Topic]:
    titles = [one.topic.title for one in old.teams.all() if one.topic]
    rows = Topic.objects.filter(year=year, is_open=True, title__in=titles)
    return {(one.source, one.title): one for one in rows}
