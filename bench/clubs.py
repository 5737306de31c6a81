"""Clubs of ten years: CPU and questions of their pages. python -m bench.clubs N CLUBS (in each year). Prints one JSON
object a page, the shell first."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any

import django

django.setup()

from django.urls import reverse

from bench.cpu import Ask, measured
from bench.shell import PLANNER, asking, signed_in
from clubs.enums import ClubKind, ClubState, ReportKind, ReportState
from clubs.kinds import ClubPanel
from clubs.models import Club, Report, Team
from core.now import today
from meetings.enums import Chair, Every, PanelState, Presence, SeatState, SessionState
from meetings.models import Attendance, Panel, Seat, Session
from mileage.catalogue import MEETING_HOURS
from mileage.services.awards import Award, award
from organization.enums import DepartmentKind, Position
from organization.models import Department, User

YEARS, MEMBERS, MONTHS = 10, 10, range(2, 12)
LEADING = [Chair.CHAIR, Chair.LEADER, Chair.LEADER, Chair.SECRETARY, Chair.SECRETARY]
CHAIRS = [*LEADING, *[Chair.MEMBER] * (MEMBERS + 1 - len(LEADING))]
BATCH = 2_000
PREFIX = "많은 동아리"


def filled(clubs: int) -> None:
    """As if it had all been done here; only one club's hours go through the ledger."""
    places = list(Department.objects.filter(kind=DepartmentKind.BUREAU, valid_to=None))
    people = staff(clubs)
    for year in range(today().year - YEARS + 1, today().year + 1):
        over = year < today().year
        panels = Panel.objects.bulk_create(
            [
                Panel(
                    kind=ClubPanel.key,
                    name=f"{year} {PREFIX} {n}",
                    size=MEMBERS,
                    every=Every.MONTH,
                    begun_on=dt.date(year, 1, 5),
                    ended_on=dt.date(year, 12, 31) if over else None,
                    state=PanelState.ENDED if over else PanelState.STANDING,
                )
                for n in range(clubs)
            ],
            batch_size=BATCH,
        )
        made = Club.objects.bulk_create(
            [
                Club(
                    year=year,
                    kind=ClubKind.BUREAU,
                    name=f"{PREFIX} {n}",
                    bureau=places[n % len(places)],
                    goal="많은 것을 한꺼번에 연구",
                    panel=panel,
                    state=ClubState.ENDED if over else ClubState.ACTIVE,
                    allotment=500_000,
                    approved_on=panel.begun_on,
                    ended_on=panel.ended_on,
                )
                for n, panel in enumerate(panels)
            ],
            batch_size=BATCH,
        )
        Team.objects.bulk_create([Team(club=one, number=n) for one in made for n in (1, 2)], batch_size=BATCH)
        live(made, people, over)


def staff(clubs: int) -> list[User]:
    home = Department.objects.filter(kind=DepartmentKind.DIVISION, valid_to=None)[0]
    return User.objects.bulk_create(
        [
            User(employee_number=f"C{n:05}", name=f"회원{n}", department=home, position=Position.OFFICER)
            for n in range(clubs * 2)
        ],
        batch_size=BATCH,
    )


def live(clubs: list[Club], people: list[User], over: bool) -> None:
    """Everybody's seat, a meeting each month, a paper for each."""
    seats = Seat.objects.bulk_create(_seats(clubs, people, over), batch_size=BATCH)
    of: dict[Any, list[Seat]] = {}
    for seat in seats:
        of.setdefault(seat.panel_id, []).append(seat)
    sessions = Session.objects.bulk_create(_sessions(clubs), batch_size=BATCH)
    Attendance.objects.bulk_create(
        [
            Attendance(
                session=one,
                seat=seat,
                label=seat.user.name,
                chair=seat.chair,
                presence=Presence.ABSENT if (seat.pk + one.number) % 7 == 0 else Presence.PRESENT,
            )
            for one in sessions
            for seat in of[one.panel_id]
        ],
        batch_size=BATCH,
    )
    Report.objects.bulk_create(_reports(clubs), batch_size=BATCH)


def _seats(clubs: list[Club], people: list[User], over: bool) -> Iterator[Seat]:
    for place, club in enumerate(clubs):
        assert club.panel is not None
        for n, chair in enumerate(CHAIRS):
            yield Seat(
                panel=club.panel,
                user=people[(place * 2 + n) % len(people)],
                chair=chair,
                team=None if chair == Chair.CHAIR else n % 2 + 1,
                starts_on=club.panel.begun_on,
                ends_on=club.panel.ended_on,
                state=SeatState.ENDED if over else SeatState.SITTING,
            )


def _sessions(clubs: list[Club]) -> Iterator[Session]:
    for place, club in enumerate(clubs):
        for number, month in enumerate(MONTHS, start=1):
            day = dt.date(club.year, month, place % 20 + 3)
            if day <= today() and (place + month) % 9:
                yield Session(
                    panel=club.panel,
                    number=number,
                    title=f"제{number}회",
                    state=SessionState.CONFIRMED,
                    held_on=day,
                    begins_at=dt.time(16),
                    ends_at=dt.time(18),
                    place="회의실",
                    minutes="나눈 이야기",
                    came=MEMBERS - 1,
                )


def _reports(clubs: list[Club]) -> Iterator[Report]:
    for place, club in enumerate(clubs):
        for month in MONTHS:
            due = dt.date(club.year, month + 1, 5)
            sent = bool((place + month) % 8)
            if due <= today():
                yield Report(
                    club=club,
                    kind=ReportKind.MONTH,
                    period=f"{club.year}-M{month:02}",
                    due_on=due,
                    state=ReportState.SENT if sent else ReportState.DUE,
                    sent_on=due if sent else None,
                )


def hours_of(club: Club, planner: User) -> None:
    sessions = Session.objects.filter(panel=club.panel_id, state=SessionState.CONFIRMED)
    rows = Attendance.objects.filter(session__in=sessions, presence=Presence.PRESENT)
    award(
        [
            Award(
                MEETING_HOURS,
                one.seat.user,
                f"meetings.session:{one.session_id}",
                one.session.held_on,
                str(one.session),
                source=one.session,
                amount=200,
            )
            for one in rows.select_related("session__panel", "seat__user")
        ],
        actor=planner,
    )


def pages() -> dict[str, Ask]:
    planner = User.objects.get(employee_number=PLANNER)
    club = Club.objects.filter(name__startswith=PREFIX, year=today().year).order_by("-pk")[0]
    hours_of(club, planner)
    assert club.panel is not None
    member = club.panel.seats.filter(chair=Chair.SECRETARY)[0].user
    own, manager = signed_in(member.employee_number), signed_in(PLANNER)
    return {
        "shell alone (attribution)": asking(manager, reverse("attribution")),
        "my clubs": asking(own, reverse("clubs:home")),
        "a club, its secretary": asking(own, club.get_absolute_url()),
        "a club, planning": asking(manager, club.get_absolute_url()),
        "clubs": asking(manager, reverse("clubs:list")),
        "map": asking(manager, reverse("clubs:map")),
        "reports of clubs": asking(manager, reverse("clubs:reports")),
    }


def main() -> None:
    requests, clubs = int(sys.argv[1]), int(sys.argv[2])
    if not Club.objects.filter(name__startswith=PREFIX).exists():
        filled(clubs)
    for row in measured(pages(), requests):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
