"""Panels, seats and sessions for tests, made by the services."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.now import today
from meetings.models import Panel, Seat, Session
from meetings.selectors import seated
from meetings.services import panels, seats, sessions
from organization.enums import Position
from organization.models import User
from tests import factories as make

BEGUN = dt.date(2026, 1, 5)
DAY = dt.date(2026, 9, 10)


def panel(**values: Any) -> Panel:
    usual = {"name": f"위원회 {Panel.objects.count() + 1}", "size": 5, "begun_on": BEGUN}
    return panels.make({**usual, **values}, actor=make.planner())


def outsider(**values: Any) -> User:
    return make.UserFactory(department=None, position=Position.EXTERNAL, **values)


def seat(of: Panel, user: User | None = None, **values: Any) -> Seat:
    usual = {"basis": "ex_officio", "official": True, "starts_on": BEGUN}
    return seats.appoint(of, user or make.UserFactory(), {**usual, **values}, actor=make.planner())


def filled(outsiders: int = 3, **values: Any) -> Panel:
    """A panel of five: chair, vice-chair, and so many from outside among them, women and men in turn."""
    made = panel(**values)
    chairs = ["chair", "vice", "member", "member", "member"]
    for place, chair in enumerate(chairs):
        if place >= len(chairs) - outsiders:
            sex = ("female", "male")[place % 2]
            term = {"basis": "appointed", "official": False, "sex": sex, "ends_on": dt.date(2027, 12, 31)}
            seat(made, outsider(), chair=chair, **term)
        else:
            seat(made, chair=chair)
    return made


def planned(
    of: Panel | None = None, *, on: dt.date | None = None, items: Sequence[Any] = (), **values: Any
) -> Session:
    usual = {"begins_at": dt.time(14), "place": "3층 회의실"}
    return sessions.plan(
        of or filled(),
        held_on=on or today(),
        items=items or [("심사 기준", None)],
        actor=make.planner(),
        **{**usual, **values},
    )


def held(session: Session, *, came: int | None = None, outcome: Any = None, **values: Any) -> Session:
    """With the first `came` of its members, each item with this outcome (passed, nobody counted)."""
    people = [one.pk for one in seated(session.panel, session.held_on)][:came]
    outcomes = {item.pk: outcome or ("passed", "", None, None, None) for item in session.items.all()}
    usual = {"ends_at": None, "minutes": "논의함.", "actor": make.planner()}
    return sessions.hold(session, present=set(people), outcomes=outcomes, **{**usual, **values})


def confirmer() -> User:
    """The head of planning, who wrote nothing."""
    department = make.planner().department
    assert department is not None
    return User.objects.filter(department=department, position=Position.HEAD).first() or make.head_of(
        department
    )


def confirmed(session: Session) -> Session:
    return sessions.confirm(session, actor=confirmer(), version=session.version)
