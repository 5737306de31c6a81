"""Members who were moved, promoted or are gone, and bureaus with another head: whose place is to be looked at (C1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from clubs import notifications
from clubs.enums import Cause, ClubKind, ClubState, UpkeepState
from clubs.models import Club, Upkeep
from clubs.services import members
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from meetings.enums import LASTING, Basis, Chair
from meetings.models import Seat
from meetings.services import seats
from organization.bureaus import head_of, parents, within
from organization.enums import Position
from organization.models import Posting, User

ONE_DAY = timedelta(days=1)
NOTE = Upkeep._meta.get_field("note").max_length or 0


@dataclass(frozen=True)
class Found:
    """A place to be looked at. Gone: since the day on which that was seen."""

    club: Club
    seat: Seat
    cause: Cause
    since: date


def locked(upkeep: Upkeep, seen: int | None = None) -> Upkeep:
    """In the order club, upkeep."""
    club = members.locked(upkeep.club)
    rows = Upkeep.objects.select_for_update(of=("self",)).select_related(
        "seat__user__department", "seat__panel"
    )
    fresh = rows.get(pk=upkeep.pk)
    fresh.club = club
    check_seen(fresh, seen)
    return fresh


def note_changes(day: date) -> int:
    """One row for each place that is to be looked at; those of which there is nothing left to be done are closed. How
    many.

    Locks: upkeep. Called by: the schedule, when postings are in force.
    """
    found = list(changes(day))
    return _note(found) + _close(found, day)


def changes(day: date) -> Iterator[Found]:
    """What the postings say of the members of active clubs, in a few questions for all of them. Only clubs of a bureau
    mind where people serve and as what."""
    rows = Seat.objects.filter(state__in=LASTING, panel__club__state=ClubState.ACTIVE, starts_on__lte=day)
    places = list(rows.select_related("user__department", "panel__club__bureau").order_by("panel", "pk"))
    postings = _postings(places, day)
    tree = parents()
    heads = _heads(places)
    for seat in places:
        club = seat.panel.club
        if not seat.user.is_active:
            yield Found(club, seat, Cause.GONE, day)
        elif club.kind == ClubKind.BUREAU and club.bureau_id is not None:
            head = heads.get(club.bureau_id)
            if seat.chair == Chair.CHAIR and head is not None and head.pk != seat.user_id:
                continue
            yield from _moved(club, seat, postings.get(seat.user_id, ()), tree)
    yield from _headed(places, heads, day)


def _postings(places: Sequence[Seat], day: date) -> Mapping[int, list[Posting]]:
    users = {seat.user_id for seat in places}
    found: dict[int, list[Posting]] = {}
    rows = Posting.objects.filter(valid_from__lte=day, user__seats__panel__club__state=ClubState.ACTIVE)
    for one in rows.order_by("valid_from", "pk").distinct():
        if one.user_id in users:
            found.setdefault(one.user_id, []).append(one)
    return found


def _moved(
    club: Club, seat: Seat, postings: Sequence[Posting], tree: Mapping[int, tuple[int | None, str]]
) -> Iterator[Found]:
    """Somebody who serves elsewhere since the seat began; else who has another position since."""
    assert club.bureau_id is not None
    since = None
    for one in reversed(postings):
        if within(one.department_id, club.bureau_id, tree):
            break
        since = one.valid_from
    if since is not None:
        if since > seat.starts_on:
            yield Found(club, seat, Cause.MOVED, since)
        return
    for before, one in reversed(list(pairwise(postings))):
        if one.valid_from > seat.starts_on and one.position != before.position:
            yield Found(club, seat, Cause.PROMOTED, one.valid_from)
            return


def _heads(places: Sequence[Seat]) -> Mapping[int, User]:
    """Who heads the bureaus of these clubs today."""
    bureaus = {seat.panel.club.bureau_id for seat in places} - {None}
    rows = User.objects.filter(department__in=bureaus, position=Position.BUREAU_HEAD, is_active=True)
    return {one.department_id or 0: one for one in rows.order_by("-pk")}


def _headed(places: Sequence[Seat], heads: Mapping[int, User], day: date) -> Iterator[Found]:
    """Clubs whose bureau has another head than their president, or than the last one they had."""
    clubs = {seat.panel.club.pk: seat.panel.club for seat in places if seat.panel.club.bureau_id in heads}
    own = {pk: club for pk, club in clubs.items() if club.kind == ClubKind.BUREAU}
    presidents = Seat.objects.filter(panel__club__in=own, chair=Chair.CHAIR, starts_on__lte=day)
    last = {
        seat.panel.club.pk: seat
        for seat in presidents.select_related("user__department", "panel__club__bureau").order_by(
            "starts_on", "pk"
        )
    }
    began = {
        one.user_id: one.valid_from
        for one in Posting.objects.filter(
            user__in=[one.pk for one in heads.values()],
            position=Position.BUREAU_HEAD,
            department=F("user__department"),
            valid_from__lte=day,
        ).order_by("valid_from")
    }
    for pk, seat in last.items():
        head = heads[own[pk].bureau_id or 0]
        since = began.get(head.pk)
        if seat.user_id != head.pk and since is not None and since > seat.starts_on:
            yield Found(own[pk], seat, Cause.HEAD, since)


def _note(found: Sequence[Found]) -> int:
    rows = Upkeep.objects.filter(seat__in={one.seat.pk for one in found}).values_list(
        "seat", "cause", "since", "state"
    )
    known = {(seat, cause, since) for seat, cause, since, _state in rows}
    gone = {seat for seat, cause, _since, state in rows if cause == Cause.GONE and state == UpkeepState.OPEN}
    made = 0
    for one in found:
        if (one.seat.pk, one.cause, one.since) in known or (one.cause == Cause.GONE and one.seat.pk in gone):
            continue
        with transaction.atomic():
            upkeep, new = Upkeep.objects.get_or_create(
                seat=one.seat, cause=one.cause, since=one.since, defaults={"club": one.club}
            )
            if new:
                record(upkeep, "noted", actor=SYSTEM)
                notifications.noticed(upkeep, keepers(one.club))
                made += 1
    return made


def keepers(club: Club) -> list[User]:
    """Who looks after the members: leaders and secretaries."""
    return [one.user for one in members.lasting(club).filter(chair__in=(Chair.LEADER, Chair.SECRETARY))]


def _close(found: Iterable[Found], day: date) -> int:
    """Of whom nothing is to be asked any more: who left meanwhile, came back, or whose club has ended."""
    standing = {(one.seat.pk, one.cause) for one in found}
    rows = Upkeep.objects.filter(state=UpkeepState.OPEN).select_related("club", "seat")
    closed = 0
    for one in rows.order_by("club", "pk"):
        if (one.seat_id, one.cause) in standing:
            continue
        with transaction.atomic():
            fresh = locked(one)
            if fresh.state == UpkeepState.OPEN:
                ended = fresh.seat.state not in LASTING
                perform(fresh, "settle" if ended else "lapse", actor=SYSTEM)
                closed += 1
    return closed


def last_day(upkeep: Upkeep) -> date:
    """The day of the change; of a president the one before, since the new head follows. Not before a meeting that the
    member still attended."""
    seat = upkeep.seat
    day = upkeep.since - ONE_DAY if upkeep.cause == Cause.HEAD else upkeep.since
    attended = (
        seat.attendances.order_by("-session__held_on").values_list("session__held_on", flat=True).first()
    )
    return min(max(day, seat.starts_on, attended or day), today())


@transaction.atomic
def leave(
    upkeep: Upkeep, *, on: date | None = None, note: str = "", version: int | None = None, actor: Any
) -> Upkeep:
    """The member's term ends on that day, by default that of the change; of a president of whom the bureau's new head
    takes over, that one's begins the day after.

    Locks: the club, the upkeep, the panel, the seat. Raises: Outdated, Rejected as `members.leave`.
    """
    fresh = locked(upkeep, version)
    ensure(actor, members.RUN, fresh)
    head = head_of(fresh.club.bureau) if fresh.cause == Cause.HEAD else None
    day = on or last_day(fresh)
    fresh.note = note.strip()[:NOTE]
    perform(fresh, "leave", actor=actor, reason=note, data={"day": day.isoformat()})
    if fresh.seat.state in LASTING:
        reason = " ".join(filter(None, [f"{fresh.get_cause_display()}({date_ko(fresh.since)})", fresh.note]))
        seats.end(fresh.seat, on=day, reason=reason, actor=actor)
        members.settle_upkeep(fresh.seat, without=Cause.HEAD)
    if fresh.cause == Cause.HEAD:
        _follow(fresh, head, day, actor)
    return fresh


def _follow(upkeep: Upkeep, head: User | None, day: date, actor: Any) -> None:
    """The head of the bureau presides from the day after; who is in the club as something else goes over to it."""
    if head is None:
        raise Rejected(_("그 국·소에 지금 국·소장이 없습니다. 새로 발령되면 다시 정비해 주세요."))
    assert upkeep.club.panel is not None
    old = upkeep.seat
    old.refresh_from_db()
    start = max((old.ends_on or day) + ONE_DAY, upkeep.since)
    start = min(start, today() + ONE_DAY)
    own = members.lasting(upkeep.club).filter(user=head).first()
    if own is not None:
        new = seats.change_over(
            own, {"chair": Chair.CHAIR, "team": None}, on=max(start, own.starts_on), actor=actor
        )
        notifications.seat_changed(upkeep.club, new)
        return
    values = {"basis": Basis.EX_OFFICIO, "official": True, "chair": Chair.CHAIR, "starts_on": start}
    seats.appoint(upkeep.club.panel, head, values, actor=actor)


@transaction.atomic
def keep(upkeep: Upkeep, *, note: str, version: int | None = None, actor: Any) -> Upkeep:
    """The member goes on. Whose account is closed cannot.

    Locks: the club, the upkeep. Raises: Outdated, Rejected without a note.
    """
    fresh = locked(upkeep, version)
    ensure(actor, members.RUN, fresh)
    if fresh.cause == Cause.GONE and not fresh.seat.user.is_active:
        raise Rejected(_("계정이 중지된 직원은 계속 참여할 수 없습니다. 탈퇴로 정비해 주세요."))
    if not note.strip():
        raise Rejected(_("계속 참여하는 까닭을 입력해 주세요."), field="note")
    fresh.note = note.strip()[:NOTE]
    perform(fresh, "keep", actor=actor, reason=note)
    return fresh
