"""Rows of the lists of clubs, many and varied."""

import datetime as dt

from clubs.enums import Cause, ClubKind, ClubState, TopicSource, UpkeepState
from clubs.models import Club, Topic, Upkeep
from core.now import today
from meetings.models import Panel, Seat
from organization.enums import DepartmentKind
from tests.factories import DepartmentFactory, UserFactory, planner
from tests.proposals.many import some


def clubs(count: int) -> list[Club]:
    first = Club.objects.count()
    bureaus = [DepartmentFactory(kind=DepartmentKind.BUREAU) for _n in range(2)]
    panels = Panel.objects.bulk_create(
        Panel(kind="club", name=f"모임 {first + n}", size=8, begun_on=today()) for n in range(count)
    )
    return Club.objects.bulk_create(
        Club(
            year=some(n, 2025, 2026),
            kind=some(n, *ClubKind.values),
            name=some(n, "주차연구회", "마을연구회") + f" {first + n}",
            bureau=some(n, *bureaus, None),
            goal="연구",
            state=some(n, *ClubState.values),
            panel=panels[n],
            allotment=some(n, 0, 500_000),
            applied_by=planner(),
        )
        for n in range(count)
    )


def upkeeps(count: int) -> list[Upkeep]:
    user = UserFactory()
    of = clubs(count)
    seats = Seat.objects.bulk_create(Seat(panel=one.panel, user=user, starts_on=today()) for one in of)
    return Upkeep.objects.bulk_create(
        Upkeep(
            club=one,
            seat=seat,
            cause=some(n, *Cause.values),
            since=today() - dt.timedelta(days=n % 5),
            state=some(n, *UpkeepState.values),
            note=some(n, "", "함께합니다."),
        )
        for n, (one, seat) in enumerate(zip(of, seats, strict=True))
    )


def topics(count: int) -> list[Topic]:
    first = Topic.objects.count()
    places = [DepartmentFactory() for _n in range(2)]
    return Topic.objects.bulk_create(
        Topic(
            year=some(n, 2025, 2026),
            source=some(n, *TopicSource.values),
            number=first + n + 1,
            title=some(n, "골목 주차", "빈집 활용"),
            department=some(n, None, *places),
            is_open=some(n, True, False),
        )
        for n in range(count)
    )
