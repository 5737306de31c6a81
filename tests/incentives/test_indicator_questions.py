"""However many projects and indicators there are, the same few questions are asked (I3, I3a)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.now import now, pretend
from incentives.enums import Level, Shape
from incentives.models import Division, Indicator, Value
from incentives.selectors.indicators import end_of, standing
from tests import factories as make
from tests.incentives import made

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
MOST = 8
INDICATORS, WEEKS = 100, 6


def fill(year: int, before: list[Indicator]) -> list[Indicator]:
    division = made.division(year=year, title=f"사업 {Division.objects.count()}")
    rows = Indicator.objects.bulk_create(
        Indicator(
            division=division,
            level=Level.ITEM,
            order=n,
            name=f"지표 {n}",
            weight=1,
            shape=Shape.HIGHER,
            target=100,
            before=before[n] if before else None,
        )
        for n in range(INDICATORS)
    )
    Value.objects.bulk_create(
        Value(indicator=one, as_of=dt.date(year, 1 + week, 5), value=week, recorded_at=now())
        for week in range(WEEKS)
        for one in rows
    )
    return rows


def questions(ask: Callable[[], Any]) -> int:
    ask()
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def test_i3_as_many_questions_for_thirteen_projects_of_a_hundred_as_for_one(client: Client) -> None:
    with pretend(DAY):
        client.force_login(make.UserFactory())
        division = fill(2026, fill(2025, []))[0].division
        asks: dict[str, Callable[[], Any]] = {
            "standing": lambda: standing(2026),
            "as known then": lambda: standing(2026, end_of(dt.date(2026, 3, 6))),
            "table": lambda: client.get(reverse("incentives:indicators", args=[division.pk])),
            "heat": lambda: client.get(reverse("incentives:heat")),
            "list": lambda: client.get(reverse("incentives:indicator_list")),
        }
        first = {name: questions(ask) for name, ask in asks.items()}
        for _n in range(12):
            fill(2026, fill(2025, []))
        assert {name: questions(ask) for name, ask in asks.items()} == first
    pages = {"table", "heat", "list"}  # who is logged in, notices and open work beside
    assert {name: count for name, count in first.items() if name not in pages and count > MOST} == {}
    shell = questions(lambda: client.get(reverse("attribution")))
    assert {name: first[name] - shell for name in pages if first[name] - shell > MOST} == {}
