"""Rows of the lists of incentive projects, many and varied."""

import datetime as dt

from core.now import today
from incentives.enums import DivisionState, Kind, Role
from incentives.models import Division, Part, Project
from tests.factories import DepartmentFactory
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
