"""Rows of the lists of incentive projects, many and varied."""

import datetime as dt

from awards.models import Award
from awards.services.granting import Gift, grant
from core.now import now, today
from incentives.enums import (
    Behind,
    DivisionState,
    Kind,
    Level,
    PayoutState,
    Role,
    Shape,
    Tier,
    WeeklyState,
    WeekState,
)
from incentives.models import (
    Division,
    Indicator,
    Part,
    Payout,
    Prize,
    Project,
    Result,
    Reward,
    Share,
    Value,
    Week,
    WeekReport,
)
from tests.factories import DepartmentFactory, UserFactory, planner
from tests.proposals.many import some


def divisions(count: int) -> list[Division]:
    first = Project.objects.count()
    places = [DepartmentFactory() for _n in range(2)]
    projects = Project.objects.bulk_create(
        Project(
            year=some(n, 2025, 2026),
            kind=some(n, *Kind.values),
            number=first + n + 1,
            name=some(n, "안전도시 만들기", "서울 희망일자리") + f" {first + n}",
        )
        for n in range(count)
    )
    made = Division.objects.bulk_create(
        Division(
            project=project,
            order=1,
            name=some(n, "", "복지분야"),
            evaluator=some(n, "", "안전총괄과"),
            budget=some(n, None, 900_000_000),
            state=some(n, *DivisionState.values),
            notified_on=some(n, None, today() - dt.timedelta(days=n % 5)),
        )
        for n, project in enumerate(projects)
    )
    Part.objects.bulk_create(
        Part(division=one, department=place, department_name=place.name, role=role, order=order)
        for n, one in enumerate(made)
        for order, (place, role) in enumerate(((some(n, *places), Role.OWNER),), start=1)
    )
    return made


def indicators(count: int) -> list[Indicator]:
    """Of two divisions; the value of some is known."""
    places, people = divisions(2), [None, UserFactory()]
    first = Indicator.objects.count()
    made = Indicator.objects.bulk_create(
        Indicator(
            division=some(n, *places),
            level=Level.ITEM,
            order=first + n + 1,
            name=some(n, "안전교육 이수", "공영주차장 확보") + f" {first + n}",
            weight=some(n, 5, 10),
            unit=some(n, "", "건"),
            shape=some(n, Shape.HIGHER, Shape.LOWER, Shape.YES),
            target=some(n, 100, 50, None),
            person=some(n, *people),
        )
        for n in range(count)
    )
    Value.objects.bulk_create(
        Value(indicator=one, as_of=today(), value=n % 40, recorded_at=now())
        for n, one in enumerate(made)
        if n % 3
    )
    return made


def results(count: int) -> list[Result]:
    first = Result.objects.count()
    of = divisions(count)
    made = Result.objects.bulk_create(
        Result(
            division=one,
            number=some(n, None, first + n + 1),
            title=some(n, "안전도시", "꽃으로 피다") + f" {first + n}",
            grade=some(n, "우수", "최우수(SA등급)", "노력"),
            tier=some(n, *Tier.values, ""),
            rank=some(n, None, 3, 9),
            decided_on=today() - dt.timedelta(days=n % 7),
        )
        for n, one in enumerate(of)
    )
    place = DepartmentFactory()
    Share.objects.bulk_create(
        Share(result=one, department=place, department_name=place.name, role=Role.OWNER, order=1)
        for one in made
    )
    Prize.objects.bulk_create(
        Prize(result=one, money="grant", amount=1_000_000 * (n + 1)) for n, one in enumerate(made) if n % 3
    )
    Payout.objects.bulk_create(
        Payout(
            result=one,
            title=one.title,
            place=place.name,
            amount=some(n, None, 0, 1_000_000),
            why="share",
            state=some(n, *PayoutState.values),
        )
        for n, one in enumerate(made)
    )
    return made


def rewarded(count: int) -> list[Reward]:
    made = results(count)
    people = [UserFactory() for _one in made]
    rows = Reward.objects.bulk_create(
        Reward(
            result=one,
            user=user,
            label=user.full_label,
            part=some(n, *Behind.values),
            days=some(n, 0, 1, 2),
            commended=some(n, False, True),
        )
        for n, (one, user) in enumerate(zip(made, people, strict=True))
    )
    for row, award in zip(rows, _awards(rows), strict=True):
        row.award = award
    Reward.objects.bulk_update(rows, ["award"])
    return rows


def _awards(rows: list[Reward]) -> list[Award]:
    gifts = [
        Gift(
            key=f"incentives.reward:{one.pk}", title="유공", grade="", thing=one, work="평가", decided_on=today(),
            decision="기획예산과-90", receiver="staff", user=one.user, leave_days=one.days, from_purse=False,
        )
        for one in rows
    ]  # fmt: skip
    return grant(gifts, actor=planner())


def weeks(count: int) -> list[Week]:
    """One after the other, with what a few divisions report of each."""
    first = Week.objects.count()
    places = list(Division.objects.all()[:3]) or divisions(3)
    made = Week.objects.bulk_create(
        Week(
            year=2024 + n // 52,
            number=n % 52 + 1,
            due_on=dt.date.fromisocalendar(2024 + n // 52, n % 52 + 1, 5),
            state=(state := some(n, *WeekState.values)),
            frozen_at=now() if state == WeekState.FROZEN else None,
        )
        for n in range(first, first + count)
    )
    WeekReport.objects.bulk_create(
        WeekReport(
            week=week, division=division, state=some(n + place, *WeeklyState.values), unchanged=n % 2 == 0
        )
        for n, week in enumerate(made)
        for place, division in enumerate(places)
    )
    return made


def week_reports(count: int) -> list[WeekReport]:
    (week,) = Week.objects.all()[:1] or Week.objects.bulk_create(
        [Week(year=2023, number=1, due_on=dt.date(2023, 1, 6))]
    )
    return WeekReport.objects.bulk_create(
        WeekReport(
            week=week,
            division=division,
            state=some(n, *WeeklyState.values),
            unchanged=some(n, True, False),
            problems=some(n, "", "예산 지연", "협약 지연"),
            asked_of_others=some(n, "", "재무과 심사"),
        )
        for n, division in enumerate(divisions(count))
    )
