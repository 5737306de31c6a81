"""PostgreSQL runs every test, SQLite those marked `dialect`: what each database says in its own words must be among
them. What speaks so is found in the source; the table says which test proves it on both."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db.models import JSONField

from tests.test_consistency import APPS, ROOT, tracked


def fields(*of: str) -> list[Any]:
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in of]
    return [field for model in models for field in model._meta.get_fields()]


def json_of(*of: str) -> set[str]:
    return {field.name for field in fields(*of) if isinstance(field, JSONField)}


def signs(app: str) -> re.Pattern[str]:
    """Inside JSON too; what in this app leads to rows of their own, and is no JSON of it, is none."""
    related = {field.name for field in fields(app) if field.is_relation} - json_of(app)
    names = sorted(json_of(*APPS) - related)
    return re.compile(rf"{SIGNS}|\b({'|'.join(names)})__[a-z]")


SIGNS = (
    r"\.cursor\(|\.vendor\b|\bconnections?(\[\w+\])?\.(ops|features)\b"  # asked of the database itself
    r"|RawSQL|\.raw\((?!\))|\.extra\(|import (.*, )?rows\b|\bGuard\("  # SQL by hand
    r"|(ignore|update)_conflicts|nulls_(first|last)|skip_locked|nowait|\.union\("  # said differently, or by one alone
    r"|db\.models\.functions|\bWindow\(|distinct\([\"'*]"
)
PROVED_BY = {
    "benchmarking/selectors/dashboard.py": "benchmarking/test_statistics.py",
    "benchmarking/selectors/statistics.py": "benchmarking/test_statistics.py",
    "budgets/selectors.py": "budgets/test_budget.py",
    "core/deadlines.py": "core/test_deadlines.py",
    "core/exports.py": "core/test_quotas.py",
    "core/finding/database.py": "core/test_finding.py",
    "core/finding/index.py": "core/test_finding.py",
    "core/finding/search.py": "core/test_finding.py",
    "core/health.py": "core/test_health.py",
    "core/ledger/book.py": "mileage/test_awards.py",
    "core/ledger/checkpoints.py": "mileage/test_checkpoints.py",
    "core/ledger/protection.py": "mileage/test_ledger.py",
    "core/lists.py": "core/test_each_list.py",
    "core/beside.py": "evaluations/test_stability.py",
    "core/process.py": "mileage/test_ledger.py",
    "core/publishing/freeze.py": "core/test_publishing.py",
    "core/retention.py": "core/test_retention.py",
    "core/rows.py": "core/test_rows.py",
    "core/search.py": "core/test_search.py",
    "core/sessions.py": "core/test_texts.py",
    "core/gate.py": "core/test_gate.py",
    "core/tries.py": "organization/test_tries.py",
    "core/work/verify.py": "core/test_work.py",
    "demo/bulk_cases.py": "demo/test_generate_load.py",
    "evaluations/models/judging.py": "evaluations/test_scoring.py",
    "evaluations/models/results.py": "evaluations/test_scoring.py",
    "evaluations/publication.py": "evaluations/test_scoring.py",
    "demo/judging.py": "reports/test_awards.py",
    "evaluations/selectors/coverage.py": "evaluations/test_stability.py",
    "evaluations/selectors/page.py": "evaluations/test_stability.py",
    "evaluations/selectors/parts.py": "evaluations/test_stability.py",
    "evaluations/selectors/stability.py": "evaluations/test_stability.py",
    "incentives/selectors/indicators.py": "incentives/test_values.py",
    "knowledge/selectors/oddities.py": "knowledge/test_oddities.py",
    "knowledge/services/opinions.py": "knowledge/test_activity.py",
    "knowledge/services/looking.py": "knowledge/test_posts.py",
    "knowledge/services/mirrors.py": "knowledge/test_mirrors.py",
    "mileage/models/ranking.py": "mileage/test_rankings.py",
    "mileage/selectors/sources.py": "mileage/test_pages.py",
    "mileage/selectors/summary.py": "mileage/test_back_dated.py",
    "mileage/services/awards.py": "mileage/test_awards.py",
    "mileage/services/totals.py": "mileage/test_awards.py",
    "notifications/numbers.py": "notifications/test_numbers.py",
    "notifications/selectors.py": "notifications/test_todo.py",
    "organization/identity.py": "organization/test_backend.py",
    "organization/selectors.py": "mileage/test_back_dated.py",
    "organization/setup.py": "organization/test_setup.py",
    "organization/sockets.py": "organization/test_backend.py",
    "organization/unusual.py": "organization/test_checks.py",
    "proposals/selectors/statistics.py": "reports/test_proposals.py",
    "proposals/services/anonymising.py": "proposals/test_forgetting.py",
    "proposals/selectors/dashboard.py": "reports/test_proposals.py",
    "clubs/selectors/figures.py": "clubs/test_figures.py",
    "clubs/selectors/months.py": "clubs/test_pages.py",
    "clubs/selectors/page.py": "clubs/test_pages.py",
    "clubs/services/clubs.py": "clubs/test_applications.py",
    "clubs/services/whole.py": "clubs/test_applications.py",
    "reports/behind.py": "reports/test_judging.py",
    "proposals/services/writings.py": "proposals/test_citizens.py",
}
ONLY_POSTGRES = {"demo/timeline.py"}  # asks nothing of SQLite


def speaking() -> set[str]:
    """Source files that speak to one database otherwise than to the other, or in their own SQL."""
    own = [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in {*APPS, "config"}]
    return {
        path.relative_to(ROOT).as_posix()
        for path in own
        if "migrations" not in path.parts
        and signs(path.relative_to(ROOT).parts[0]).search(path.read_text(encoding="utf-8"))
    }


def test_what_a_database_says_in_its_own_words_is_proved_on_both() -> None:
    assert speaking() == {*PROVED_BY, *ONLY_POSTGRES}


@pytest.mark.parametrize("test", sorted(set(PROVED_BY.values())))
def test_what_proves_it_runs_on_both(test: str) -> None:
    """As a whole, or those of its tests that matter."""
    assert "pytest.mark.dialect" in (ROOT / "tests" / test).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "with connection.cursor() as cursor:",
        'if connection.vendor == "sqlite":',
        "return connections[using].ops.quote_name(name)",
        "from core import held, rows",
        "Model.objects.raw(_SQL)",
        'GUARDS = (Guard(Ranking, {"UPDATE": FROZEN}),)',
        "bulk_create(made, ignore_conflicts=True)",
        "F(path).asc(nulls_last=True)",
        'select_for_update(of=("self",), skip_locked=True)',
        'filter(payload__kind="staff")',
        "from django.db.models.functions import Cast",
    ],
)
def test_each_sign_is_seen(line: str) -> None:
    assert signs("core").search(line)


def test_everyday_queries_are_no_sign() -> None:
    assert not signs("core").search(
        'Case.objects.select_for_update(of=("self",)).filter(year__in=years, data={})'
    )
