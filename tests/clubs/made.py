"""Clubs for tests, made by the services."""

import datetime as dt
from typing import Any

from clubs.models import Club, Topic
from clubs.services import applications
from clubs.services.founding import Member, TeamPlan, found
from core.now import today
from meetings.enums import Chair
from meetings.models import Seat, Session
from meetings.services import sessions
from organization.enums import DepartmentKind, Position, Role
from organization.models import Department, User
from organization.services import staff
from tests import factories as make
from tests.asked import second_planner

BEGUN = dt.date(2026, 2, 2)


def bureau(**values: Any) -> Department:
    return make.DepartmentFactory(kind=DepartmentKind.BUREAU, **values)


def topic(**values: Any) -> Topic:
    number = Topic.objects.count() + 1
    usual = {"year": 2026, "source": "core", "number": number, "title": f"과제 {number}"}
    return Topic.objects.create(**{**usual, **values})


def people(of: Department, members: int = 6) -> list[Member]:
    """The head of the bureau as president, two teams with leader and secretary, members of its departments."""
    office = make.DepartmentFactory(parent=of)
    head = make.UserFactory(department=of, position=Position.BUREAU_HEAD)
    found = [Member(head, Chair.CHAIR)]
    for place in range(members):
        team = place % 2 + 1
        chair = [Chair.LEADER, Chair.SECRETARY, Chair.MEMBER][min(place // 2, 2)]
        found.append(Member(make.UserFactory(department=office), chair, team))
    return found


def club(members: int = 6, **values: Any) -> Club:
    of = values.pop("bureau", None) or bureau()
    begun = values.pop("begun_on", BEGUN)
    rows = values.pop("people", None) or people(of, members)
    usual = {"year": begun.year, "kind": "bureau", "name": f"동아리 {Club.objects.count() + 1}", "bureau": of}
    teams = [TeamPlan(1, topic=topic(year=begun.year)), TeamPlan(2, topic=topic(year=begun.year))]
    planner = make.planner()
    founder = second_planner() if planner in [one.user for one in rows] else planner  # no member founds it
    return found({**usual, "goal": "주차 문제를 연구", **values}, rows, teams, begun_on=begun, actor=founder)


def one_of(of: Club, chair: str, team: int | None = None) -> User:
    """Somebody who is this in the club."""
    assert of.panel is not None
    rows = of.panel.seats.on(today()).filter(chair=chair)
    seat = (
        (rows.filter(team=team) if team else rows).select_related("user__department").order_by("pk").first()
    )
    assert seat is not None
    return User.objects.select_related("department").get(pk=seat.user_id)


def secretary(of: Club) -> User:
    return one_of(of, Chair.SECRETARY)


def leader(of: Club) -> User:
    return one_of(of, Chair.LEADER)


def president(of: Club) -> User:
    return one_of(of, Chair.CHAIR)


def meeting(of: Club, on: dt.date | None = None, **values: Any) -> Session:
    assert of.panel is not None
    usual = {"begins_at": dt.time(16), "place": "3층 회의실", "items": [("과제 토론", None)]}
    return sessions.plan(of.panel, held_on=on or today(), actor=secretary(of), **{**usual, **values})


VALUES = {
    "year": 2026,
    "kind": "bureau",
    "name": "주차연구회",
    "goal": "주차 문제를 연구",
    "plan": "달마다 토론",
}


def application(actor: User | None = None, members: int = 10, **values: Any) -> Club:
    """What somebody of the bureau has begun to ask for, whole."""
    of = values.pop("bureau", None) or bureau()
    rows = values.pop("people", None) or people(of, members)
    year = values.get("year", 2026)
    teams = values.pop("teams", None) or [
        TeamPlan(1, topic=topic(year=year)),
        TeamPlan(2, topic=topic(year=year)),
    ]
    usual = {**VALUES, "name": f"동아리 {Club.objects.count() + 1}", "bureau": of}
    return applications.create({**usual, **values}, rows, teams, actor=actor or rows[-1].user)


def applied(actor: User | None = None, **values: Any) -> Club:
    club = application(actor, **values)
    assert club.applied_by is not None
    return applications.apply(club, actor=make.fresh(club.applied_by))


def seat_of(of: Club, user: User) -> Seat:
    """The person's last seat in it."""
    assert of.panel is not None
    return (
        Seat.objects.select_related("user__department", "panel")
        .filter(panel=of.panel, user=user)
        .latest("pk")
    )


def transferred(user: User, to: Department, day: dt.date, position: str = Position.OFFICER) -> None:
    """Somebody is posted elsewhere from that day on (전보)."""
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    staff.transfer(user, actor=admin, department=to, position=position, rank="", valid_from=day)
