"""Members join, leave, become something else: each a term of its own, with its days (C1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from clubs import notifications
from clubs.enums import Cause, ClubKind, ClubState, UpkeepState
from clubs.models import Club, Upkeep
from core.actors import SYSTEM
from core.now import today
from core.permissions import ensure
from core.transition import perform
from meetings.enums import LASTING, Basis, Chair
from meetings.models import Seat
from meetings.services import seats
from organization.bureaus import head_of
from organization.models import User

RUN = "clubs.run"
ALONE = (Chair.LEADER, Chair.SECRETARY)  # one of each in a team


def locked(club: Club) -> Club:
    """Changes of its members wait for each other."""
    return Club.objects.select_for_update(of=("self",)).select_related("panel", "bureau").get(pk=club.pk)


def of_seat(seat: Seat) -> Club:
    return Club.objects.select_related("panel", "bureau").get(panel=seat.panel_id)


@transaction.atomic
def join(
    club: Club, user: User, *, chair: str = Chair.MEMBER, team: int | None = None, since: date, actor: Any
) -> Seat:
    """Locks: the club, its panel. Raises: Rejected beside the field: a club that has ended, a day to come, a place
    that is taken, another president than the head of the bureau.
    """
    club = locked(club)
    ensure(actor, RUN, club)
    _need_active(club)
    _need_day(since, "since")
    _check(club, user, chair, team, since)
    assert club.panel is not None
    values = {"basis": Basis.EX_OFFICIO, "official": True, "chair": chair, "team": team, "starts_on": since}
    seat = seats.appoint(club.panel, user, values, actor=actor)
    if chair == Chair.CHAIR:
        _presided(club)
    return seat


@transaction.atomic
def leave(seat: Seat, *, on: date, reason: str, version: int | None = None, actor: Any) -> Seat:
    """`on` is the last day. What was still to be looked at of this member is done with it.

    Locks: the club, its panel, the seat. Raises: Outdated, Rejected for a day to come or before a meeting attended.
    """
    club = locked(of_seat(seat))
    ensure(actor, RUN, club)
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    gone = seats.end(seat, on=on, reason=reason, version=version, actor=actor)
    settle_upkeep(gone, without=Cause.HEAD)
    return gone


def settle_upkeep(*seats_: Seat, without: str = "") -> None:
    """There is nothing left to be looked at of these places.

    Called by: whatever ends a member's term. `without`: a president's successor is still to be seated.
    """
    rows = Upkeep.objects.select_for_update(of=("self",)).filter(seat__in=seats_, state=UpkeepState.OPEN)
    for one in rows.exclude(cause=without).order_by("pk"):
        perform(one, "settle", actor=SYSTEM)


def _presided(club: Club) -> None:
    """The club has a president again."""
    assert club.panel is not None
    rows = Upkeep.objects.filter(club=club, cause=Cause.HEAD).values("seat")
    settle_upkeep(*Seat.objects.filter(pk__in=rows))


@transaction.atomic
def change(
    seat: Seat, *, chair: str, team: int | None, on: date, version: int | None = None, actor: Any
) -> Seat:
    """Something else in the club from that day on.

    Locks: the club, its panel, the seat. Raises: Outdated, Rejected as `join`, and where nothing changes.
    """
    club = locked(of_seat(seat))
    ensure(actor, RUN, club)
    _need_active(club)
    _need_day(on, "on")
    if version is not None and Seat.objects.filter(pk=seat.pk).exclude(version=version).exists():
        raise Rejected(_("다른 사람이 먼저 고쳤습니다. 지금 내용을 확인한 뒤 다시 고쳐 주세요."))
    if (seat.chair, seat.team) == (chair, team):
        raise Rejected(_("바뀌는 것이 없습니다. 직책이나 분임을 바꿔 주세요."), field="chair")
    _check(club, seat.user, chair, team, on)
    new = seats.change_over(seat, {"chair": chair, "team": team}, on=on, actor=actor)
    for one in Upkeep.objects.filter(seat=seat, state=UpkeepState.OPEN).exclude(seat=new):
        one.seat = new
        one.save(update_fields=["seat"])
    if chair == Chair.CHAIR:
        _presided(club)
    notifications.seat_changed(club, new)
    return new


def _need_active(club: Club) -> None:
    if club.state != ClubState.ACTIVE:
        raise Rejected(_("활동 중인 동아리의 회원만 바꿀 수 있습니다."))


def _need_day(day: date, field: str) -> None:
    if day > today():
        raise Rejected(_("오늘 또는 지난 날을 입력해 주세요."), field=field)


def _check(club: Club, user: User, chair: str, team: int | None, on: date) -> None:
    """Rejected beside the field that does not fit."""
    assert club.panel is not None
    if user.department_id is None:
        raise Rejected(_("직원만 회원이 될 수 있습니다."), field="user")
    numbers = set(club.teams.values_list("number", flat=True))
    if team is not None and team not in numbers:
        raise Rejected(_("이 동아리에 없는 분임입니다."), field="team")
    if chair == Chair.LEADER and team is None:
        raise Rejected(_("분임장의 분임을 골라 주세요."), field="team")
    if chair == Chair.CHAIR and club.kind == ClubKind.BUREAU:
        head = head_of(club.bureau)
        if head is not None and head.pk != user.pk:
            raise Rejected(
                _("국·소별 동아리의 회장은 그 국·소의 장입니다(%(head)s).") % {"head": head.full_label},
                field="chair",
            )
    if chair in ALONE and team is not None:
        lasting = Q(ends_on=None) | Q(ends_on__gte=on)
        rows = club.panel.seats.filter(lasting, chair=chair, team=team).select_related("user__department")
        if other := rows.exclude(user=user).first():
            raise Rejected(
                _(
                    "%(team)d분임에는 이미 %(chair)s(%(who)s)이(가) 있습니다. 먼저 그 직원의 직책을 바꿔 주세요."
                )
                % {"team": team, "chair": other.chair_label, "who": other.user.full_label},
                field="chair",
            )


def lasting(club: Club) -> Any:
    """Seats that nobody has ended."""
    assert club.panel is not None
    return club.panel.seats.filter(state__in=LASTING).select_related("user__department").order_by("pk")
