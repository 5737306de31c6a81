"""A year of incentive projects: CPU and questions of their pages. python -m bench.incentives N PROJECTS INDICATORS
(of each). Every indicator has a value for each of 52 weeks, one in ten of them corrected. Prints one JSON object a
page, the shell first."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any

import django

django.setup()

from django.urls import reverse
from django.utils import timezone

from bench.cpu import Ask, measured
from bench.shell import PLANNER, asking, signed_in
from core.now import today
from incentives.enums import DivisionState, Kind, Level, Role, Shape
from incentives.models import Division, Indicator, Part, Project, Value
from organization.enums import DepartmentKind
from organization.models import Department

WEEKS, BATCH = 52, 2_000
PREFIX = "많은 사업"


def filled(projects: int, indicators: int) -> None:
    """This year and the one before, which is the shape of this one's paths."""
    places = list(Department.objects.filter(kind=DepartmentKind.DIVISION, valid_to=None))
    for n in range(projects):
        before: list[Indicator] = []
        for year in (today().year - 1, today().year):
            project = Project.objects.create(year=year, kind=Kind.JOINT, number=500 + n, name=f"{PREFIX} {n}")
            division = Division.objects.create(project=project, order=1, state=DivisionState.RUNNING)
            place = places[n % len(places)]
            Part.objects.create(
                division=division, department=place, department_name=place.name, role=Role.OWNER, order=1
            )
            before = rows_of(division, indicators, before)
            values_of(before, year)


def rows_of(division: Division, count: int, before: list[Indicator]) -> list[Indicator]:
    """Ten to a field."""
    fields = Indicator.objects.bulk_create(
        Indicator(division=division, level=Level.FIELD, order=n * 11 + 1, name=f"분야 {n}")
        for n in range(-(-count // 10))
    )
    return Indicator.objects.bulk_create(
        Indicator(
            division=division,
            parent=fields[n // 10],
            level=Level.ITEM,
            order=n + n // 10 + 2,
            name=f"지표 {n}",
            weight=1,
            unit="건",
            shape=Shape.HIGHER if n % 3 else Shape.LOWER,
            target=520,
            before=before[n] if before else None,
        )
        for n in range(count)
    )


def values_of(indicators: list[Indicator], year: int) -> None:
    made = Value.objects.bulk_create(_weekly(indicators, year), batch_size=BATCH)
    Value.objects.bulk_create(
        (
            Value(
                indicator_id=one.indicator_id,
                as_of=one.as_of,
                value=one.value + 1,
                note="정정",
                corrects=one,
                recorded_at=one.recorded_at + dt.timedelta(days=1),
            )
            for one in made[::10]
        ),
        batch_size=BATCH,
    )


def _weekly(indicators: list[Indicator], year: int) -> Iterator[Value]:
    for week in range(1, WEEKS + 1):
        day = dt.date(year, 1, 1) + dt.timedelta(weeks=week - 1)
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        if day <= today():
            for place, one in enumerate(indicators):
                yield Value(indicator=one, as_of=day, value=week * (5 + place % 7), recorded_at=moment)


def pages() -> dict[str, Ask]:
    planner: Any = signed_in(PLANNER)
    division = Division.objects.filter(project__name__startswith=PREFIX, project__year=today().year)[0]
    here = [division.pk]
    one = division.indicators.exclude(shape="")[0]
    return {
        "shell alone (attribution)": asking(planner, reverse("attribution")),
        "indicators of a division": asking(planner, reverse("incentives:indicators", args=here)),
        "their monthly paths": asking(planner, reverse("incentives:indicators", args=here) + "?table=path"),
        "their scores": asking(planner, reverse("incentives:scores", args=here)),
        "the year at a glance": asking(planner, reverse("incentives:heat")),
        "indicators": asking(planner, reverse("incentives:indicator_list")),
        "the weak ones": asking(planner, reverse("incentives:indicator_list") + "?standing=weak"),
        "an indicator": asking(planner, one.get_absolute_url()),
    }


def main() -> None:
    requests, projects, indicators = (int(text) for text in sys.argv[1:4])
    if not Project.objects.filter(name__startswith=PREFIX).exists():
        filled(projects, indicators)
    for row in measured(pages(), requests):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
