"""Clubs of earlier years from an office's papers (N1): who was in them, until when, and when they met. Nobody is told,
nothing is to be done, no hours are earned again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from clubs.enums import ClubState
from clubs.kinds import ClubPanel
from clubs.models import Club, Team
from clubs.policies import ALLOTMENT, LAST_MONTH
from clubs.services.founding import Member, check_name, need_president
from core.actors import SYSTEM
from core.now import today
from core.permissions import ensure
from core.transition import record, record_many
from core.work import keep
from meetings.enums import Basis, Every, PanelState, SeatState
from meetings.models import Panel, Seat
from organization.models import Department


@dataclass(frozen=True)
class PastClub:
    """`begun_on`: the first day that its roll knows; `topics`: of its teams, in words."""

    year: int
    name: str
    kind: str
    bureau: Department | None
    begun_on: date
    people: Sequence[Member]
    goal: str = ""
    topics: tuple[str, ...] = ()


def last_day(year: int) -> date:
    """Of the activity of a year."""
    month = LAST_MONTH.on(date(year, 12, 31))
    return date(year + month // 12, month % 12 + 1, 1) - date.resolution


@transaction.atomic
def take_in(rows: Iterable[PastClub], *, actor: Any) -> list[models.Model]:
    """Write them down; gives what was made, each before what needs it.

    Raises: Refused; Rejected for a name that is taken, or without one president.
    """
    if actor is not SYSTEM:  # the command line
        ensure(actor, "clubs.plan")
    return [made for row in rows for made in _made(row, actor)]


def _made(row: PastClub, actor: Any) -> list[models.Model]:
    need_president(row.people)
    over = row.year < today().year
    ended = last_day(row.year) if over else None
    panel = Panel.objects.create(
        kind=ClubPanel.key,
        name=f"{row.year} {row.name}"[:60],
        purpose=row.goal[:1_000],
        size=len(row.people),
        every=Every.MONTH,
        begun_on=row.begun_on,
        ended_on=ended,
        state=PanelState.ENDED if over else PanelState.STANDING,
    )
    club = Club(
        year=row.year,
        kind=row.kind,
        name=row.name,
        bureau=row.bureau,
        goal=row.goal,
        panel=panel,
        state=ClubState.ENDED if over else ClubState.ACTIVE,
        allotment=ALLOTMENT.on(row.begun_on),
        approved_on=row.begun_on,
        ended_on=ended,
    )
    check_name(club)
    club.save()
    Team.objects.bulk_create(
        Team(club=club, number=number, name=topic[:40]) for number, topic in enumerate(row.topics, start=1)
    )
    seats = [_seat(panel, one, row.begun_on, ended) for one in row.people]
    for seat in seats:
        seat.save()
    record(panel, "make", actor=actor)
    record_many(seats, "appoint", actor=actor, data={})
    record(club, "take_in", actor=actor)
    if not over:
        keep.refresh(club, panel)
    return [panel, club, *seats]


def _seat(panel: Panel, one: Member, begun: date, ended: date | None) -> Seat:
    until = one.until or ended
    return Seat(
        panel=panel,
        user=one.user,
        chair=one.chair,
        team=one.team,
        basis=Basis.EX_OFFICIO,
        starts_on=one.since or begun,
        ends_on=until,
        state=SeatState.ENDED if until and until < today() else SeatState.SITTING,
    )
