"""Figures and the rows behind them: whatever leads somewhere leads to exactly what it counts (R4)."""

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from basis.periods import PeriodKind, parse
from benchmarking.enums import CaseState, Decision, Field
from benchmarking.models import Case, Review, ReviewRound
from core.models import Clock
from core.now import pretend
from organization.models import Department
from reports.definitions import DEFINITIONS
from reports.statistics import Statistics
from reviews.enums import ReviewState
from tests import b9
from tests.factories import DepartmentFactory, UserFactory, planner
from visits.models import FieldVisit

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 9, 10)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    with pretend(DAY):
        yield


def random_office(seed: int) -> list[Department]:
    """Cases, reviews and visits in every combination the database allows."""
    r = random.Random(seed)
    offices = [DepartmentFactory() for _n in range(4)]
    for n in range(40):
        on = dt.date(2025, 1, 1) + dt.timedelta(days=r.randrange(600))
        outcome = r.choice(["", *Decision.values])
        state = r.choice([CaseState.DECIDED, CaseState.IMPLEMENTED, CaseState.IN_REVIEW]) if outcome else r.choice(
            [CaseState.REGISTERED, CaseState.IN_REVIEW, CaseState.CANCELLED]
        )  # fmt: skip
        case = Case.objects.create(
            year=on.year, number=n + 1, title=f"무작위 사례 {n}", source_kind="local", source_name="○○시",
            channel="press", summary="요약", field=r.choice(Field.values), cost_class="none",
            found_on=on, registered_on=on, state=state, outcome=outcome,
        )  # fmt: skip
        round_ = ReviewRound.objects.create(case=case, number=1, kind="first")
        for office in r.sample(offices, r.randrange(3)):
            review_state = r.choice(ReviewState.values)
            done = review_state == ReviewState.COMPLETED
            closed = done or review_state == ReviewState.RECALLED
            due = on + dt.timedelta(days=14)
            clock = Clock.objects.create(
                kind="benchmarking.review", start=on, length=14, original_due=due, due=due,
                paused=not closed and r.random() < 0.2, closed_on=due if closed else None,
            )  # fmt: skip
            Review.objects.create(
                round=round_, case=case, department=office, department_name=office.name, state=review_state,
                clock=clock, notified_on=on, decision=r.choice(Decision.values) if done else "",
                completed_on=on + dt.timedelta(days=r.randrange(30)) if done else None,
                in_time=r.random() < 0.7 if done else None,
            )  # fmt: skip
        if r.random() < 0.3:
            FieldVisit.objects.create(
                case=case, department=offices[0], department_name=offices[0].name, visited_on=on, host="○○시",
                purpose="확인", headcount=2,
            )  # fmt: skip
    return offices


@pytest.mark.parametrize("unit", [PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER])
def test_r4_statistics_every_figure_leads_to_exactly_its_rows(unit: PeriodKind) -> None:
    random_office(len(unit))
    found = Statistics(unit=unit, first=2025, last=2026, day=DAY)
    figures = b9.linked([found.table(), *found.details()])
    assert len(figures) > 20
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []


def test_r4_staff_follow_only_what_they_may_see_wholly() -> None:
    (office, *_rest) = random_office(7)
    user = UserFactory(department=office)
    found = Statistics(unit=PeriodKind.YEAR, first=2025, last=2026, day=DAY, linked=False)
    figures = b9.linked([found.table(), *found.details()])
    assert figures
    assert [(n, url) for n, url in figures if b9.rows_behind(url, user) != n] == []


@pytest.mark.parametrize(
    ("slug", "period"),
    [
        ("benchmarking-dispatch", "2026-Q2"),
        ("benchmarking-progress", "2026-H1"),
        ("benchmarking-analysis", "2026-H1"),
        ("benchmarking-analysis", "2026"),
    ],
)
def test_r4_reports_every_figure_leads_to_exactly_its_rows(slug: str, period: str) -> None:
    random_office(11)
    document = DEFINITIONS[slug].document(parse(period), DAY)
    figures = b9.linked(document.blocks)
    assert figures
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []


def test_r4_dashboard_every_figure_leads_to_exactly_its_rows(client: Client) -> None:
    random_office(12)
    client.force_login(planner())
    context = client.get("/dashboard/").context
    rate = context["figures"][3]
    figures = [(int(f.value.replace(",", "")), f.url) for f in context["figures"][:3]]
    figures += [(int(rate.delta.partition("/")[0]), rate.url)]
    figures += [(n, url) for _day, n, url in context["due"]]
    figures += [cell for row in context["heat"] for cell in row.cells]
    assert sum(n for n, _url in figures) > 20
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []
