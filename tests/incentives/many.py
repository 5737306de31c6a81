"""Rows of the lists of incentive projects, many and varied."""

import datetime as dt

from core.now import now, today
from incentives.enums import DivisionState, Kind, Level, Role, Shape
from incentives.models import Division, Indicator, Part, Project, Value
from tests.factories import DepartmentFactory, UserFactory
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
