"""Panels, seats and sessions, many and varied, for tests of lists."""

import datetime as dt

from meetings.enums import DecisionState, PanelState, SeatState, SessionState, Sort
from meetings.models import Attendance, Decision, Panel, Seat, Session
from tests.factories import DepartmentFactory, UserFactory
from tests.proposals.many import DAY, some


def panels(count: int) -> list[Panel]:
    return Panel.objects.bulk_create(
        Panel(
            name=some(n, "나위원회", "가위원회", "다평가단"),
            size=n % 7 + 1,
            decides=n % 2 == 0,
            every=some(n, "", "quarter"),
            begun_on=DAY - dt.timedelta(days=n % 5),
            ended_on=some(n, None, DAY),
            state=some(n, *PanelState.values),
        )
        for n in range(count)
    )


def seats(count: int) -> list[Seat]:
    users = [UserFactory() for _n in range(3)]
    return Seat.objects.bulk_create(
        Seat(
            panel=panel,
            user=some(n, *users),
            belongs=some(n, "", "한빛대학교 교수"),
            chair=some(n, "member", "chair"),
            basis=some(n, "appointed", "ex_officio"),
            starts_on=DAY - dt.timedelta(days=n % 6),
            ends_on=some(n, None, DAY, DAY + dt.timedelta(days=n % 4)),
            state=some(n, *SeatState.values),
        )
        for n, panel in enumerate(panels(count))
    )


def sessions(count: int) -> list[Session]:
    return Session.objects.bulk_create(
        Session(
            panel=panel,
            number=1,
            title=some(n, "제2회 회의", "제1회 회의"),
            held_on=DAY + dt.timedelta(days=n % 5),
            begins_at=dt.time(14),
            place="회의실",
            came=some(n, None, 5, 7),
            state=some(n, *SessionState.values),
        )
        for n, panel in enumerate(panels(count))
    )


def group_sessions(count: int) -> list[Session]:
    """Of clubs, each sort in turn."""
    made = sessions(count)
    Panel.objects.filter(pk__in=[one.panel_id for one in made]).update(kind="club")
    for n, one in enumerate(made):
        one.sort = some(n, *Sort.values)
        one.panel.kind = "club"
    Session.objects.bulk_update(made, ["sort"])
    return made


def fees(count: int) -> list[Attendance]:
    users = [UserFactory() for _n in range(3)]
    of = sessions(count)
    seats_ = Seat.objects.bulk_create(
        Seat(panel=one.panel, user=some(n, *users), official=False, starts_on=DAY) for n, one in enumerate(of)
    )
    return Attendance.objects.bulk_create(
        Attendance(
            session=one,
            seat=seat,
            label=some(n, "나대학교 교수", "가대학교 교수"),
            chair="member",
            presence="present",
        )
        for n, (one, seat) in enumerate(zip(of, seats_, strict=True))
    )


def decisions(count: int) -> list[Decision]:
    users, departments = [UserFactory() for _n in range(3)], [DepartmentFactory() for _n in range(2)]
    return Decision.objects.bulk_create(
        Decision(
            session=one,
            order=1,
            text=some(n, "나 할 일", "가 할 일"),
            person=some(n, *users) if n % 2 else None,
            department=None if n % 2 else some(n // 2, *departments),
            until=some(n, None, DAY, DAY + dt.timedelta(days=n % 4)),
            state=some(n, *DecisionState.values),
            done_on=some(n, None, DAY),
            outcome=some(n, "", "했음"),
        )
        for n, one in enumerate(sessions(count))
    )
