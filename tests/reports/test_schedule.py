"""When reports are due (R1)."""

import datetime as dt
from typing import Any

import pytest

from basis.errors import Rejected
from basis.periods import parse
from policies.models import PolicyValue
from policies.registry import cache_clear
from reports.definitions import DEFINITIONS, definition_of, label_of
from reports.policies import ANALYSIS_YEAR, DISPATCH_AFTER, PROGRESS_SECOND, START_ON
from reports.schedule import releases
from tests.factories import planner

pytestmark = pytest.mark.django_db


def due(slug: str, period: str) -> str | None:
    found = DEFINITIONS[slug].due_on(parse(period))
    return found and found.isoformat()


def change(policy: Any, value: Any, since: str) -> None:
    PolicyValue.objects.create(
        key=policy.key, value=value, effective_from=since, document="시험", reason="시험", author=planner()
    )
    cache_clear()


@pytest.mark.parametrize(
    ("slug", "period", "day"),
    [
        ("benchmarking-dispatch", "2025-Q4", "2026-01-01"),
        ("benchmarking-dispatch", "2026-Q1", "2026-04-01"),
        ("benchmarking-dispatch", "2026-Q2", "2026-07-01"),
        ("benchmarking-dispatch", "2026-Q3", "2026-10-01"),
        ("benchmarking-progress", "2026-H1", "2026-07-01"),
        ("benchmarking-progress", "2026-H2", "2027-01-01"),
        ("benchmarking-analysis", "2026-H1", "2026-07-01"),
        ("benchmarking-analysis", "2026-H2", None),
        ("benchmarking-analysis", "2026", "2026-12-20"),
        ("creative-king", "2026-Q3", "2026-10-10"),
        ("knowledge-quarter", "2026-Q3", "2026-10-12"),
        ("awards-year", "2025", "2026-01-10"),
        ("mvp", "2026-M11", "2026-12-05"),
        ("mvp", "2026-M12", "2027-01-05"),
        ("incentives-weekly", "2026-W11", "2026-03-16"),
        ("incentives-weekly", "2026-W53", "2027-01-04"),
    ],
)
def test_r1_due_days(slug: str, period: str, day: str | None) -> None:
    assert due(slug, period) == day


def test_r1_due_days_are_policy_values_of_the_period() -> None:
    change(DISPATCH_AFTER, 10, "2026-03-01")
    change(ANALYSIS_YEAR, "01-15", "2026-06-01")
    change(PROGRESS_SECOND, "12-28", "2027-01-01")
    assert due("benchmarking-dispatch", "2025-Q4") == "2026-01-01"
    assert due("benchmarking-dispatch", "2026-Q1") == "2026-04-10"
    assert due("benchmarking-analysis", "2026") == "2027-01-15"
    assert due("benchmarking-analysis", "2025") == "2025-12-20"
    assert due("benchmarking-progress", "2026-H2") == "2027-01-01"
    assert due("benchmarking-progress", "2027-H2") == "2027-12-28"


def test_r1_a_new_installation_does_not_make_years_of_reports() -> None:
    found = releases(dt.date.min, dt.date(2026, 7, 1))
    made = [(r.due_on.isoformat(), r.definition.slug, r.period.key) for r in found]
    months = [f"2026-{month:02}-05" for month in range(1, 7)]
    assert [day for day, slug, _period in made if slug == "mvp"] == months
    assert len([1 for _day, slug, _period in made if slug == "incentives-weekly"]) == 26, "one a week"
    assert [row for row in made if row[1] not in ("mvp", "incentives-weekly")] == [
        ("2026-01-01", "benchmarking-dispatch", "2025-Q4"),
        ("2026-01-01", "benchmarking-progress", "2025-H2"),
        ("2026-01-10", "awards-year", "2025"),
        ("2026-01-10", "creative-king", "2025-Q4"),
        ("2026-01-12", "knowledge-quarter", "2025-Q4"),
        ("2026-01-20", "incentives-year", "2025"),
        ("2026-01-20", "proposals-year", "2025"),
        ("2026-04-01", "benchmarking-dispatch", "2026-Q1"),
        ("2026-04-10", "creative-king", "2026-Q1"),
        ("2026-04-12", "knowledge-quarter", "2026-Q1"),
        ("2026-07-01", "benchmarking-analysis", "2026-H1"),
        ("2026-07-01", "benchmarking-dispatch", "2026-Q2"),
        ("2026-07-01", "benchmarking-progress", "2026-H1"),
    ]
    change(START_ON, "2026-07-01", "2026-01-01")
    assert len(releases(dt.date.min, dt.date(2026, 7, 1))) == 3


def test_r1_unknown_reports_are_named() -> None:
    with pytest.raises(Rejected, match="benchmarking-analysis"):
        definition_of("nothing")
    assert label_of("long-gone") == "long-gone"
    with pytest.raises(Rejected, match="분기 단위"):
        DEFINITIONS["benchmarking-dispatch"].check(parse("2015"))
