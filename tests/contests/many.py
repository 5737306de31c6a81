"""Rows of the lists of contests and bonuses, many and varied."""

import datetime as dt

from contests.enums import BonusState, ContestState, PracticeState, Saving
from contests.models import Bonus, Contest, Practice
from contests.models.bonus import key_of
from core.now import today
from tests.factories import DepartmentFactory, planner
from tests.proposals.many import some

WEEK = dt.timedelta(days=7)


def contests(count: int) -> list[Contest]:
    first = Contest.objects.count()
    return Contest.objects.bulk_create(
        Contest(
            period=f"{1990 + first + n}",
            title=some(n, "우수사례 경진대회", "혁신사례 경진대회"),
            text="하나씩",
            opens_on=today() + n * WEEK,
            closes_on=today() + (n + 2) * WEEK,
            state=some(n, *ContestState.values),
            prepared_by=planner(),
        )
        for n in range(count)
    )


def practices(count: int) -> list[Practice]:
    (contest,) = Contest.objects.all()[:1] or contests(1)
    return Practice.objects.bulk_create(
        Practice(
            contest=contest,
            department=(place := DepartmentFactory()),
            department_name=place.name,
            title=some(n, "", "공유주차", "옥상텃밭"),
            state=some(n, *PracticeState.values),
            due_on=today() + some(n, 1, 2, 3) * WEEK,
            entered_on=some(n, None, today()),
            grade=some(n, "", "우수"),
        )
        for n in range(count)
    )


def bonuses(count: int) -> list[Bonus]:
    first, place = Bonus.objects.count(), planner().department
    assert place
    return Bonus.objects.bulk_create(
        Bonus(
            year=some(n, 2024, 2025),
            kind=some(n, *Saving.values),
            title=some(n, "전기요금", "옥상 임대"),
            cause=f"원인 {first + n}",
            cause_key=key_of(f"원인 {first + n}"),
            claimed=some(n, 1_000_000, 20_000_000, 3_000_000),
            reckoning="줄인 금액",
            department=place,
            department_name=some(n, "재무과", "총무과"),
            state=some(n, BonusState.DRAFT, BonusState.NOMINATED, BonusState.REVIEWED, BonusState.REJECTED),
            amount=some(n, None, 500_000),
            written_by=planner(),
        )
        for n in range(count)
    )
