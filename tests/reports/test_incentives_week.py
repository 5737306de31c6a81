"""The weekly report of incentive projects in every form, once a week, by mail with its files (R1, R2, I4)."""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from basis.documents.model import Document, Figures, Paragraph, Table
from basis.documents.response import FORMATS
from basis.periods import parse
from core import duties, jobs
from core.now import pretend
from incentives.models import Week
from incentives.services import values, weekly, weeks
from incentives.services.weekly import New
from notifications.models import Mail
from reports.definitions import definition_of
from reports.models import ReportRun
from reports.selectors import coming_releases, document_of
from reports.services import mailing
from tests import factories as make
from tests.basis.test_documents_files import assert_valid, hwpx_grid, hwpx_tables
from tests.incentives import weeks as some

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
FRIDAY = some.FRIDAY
CLOSING = FRIDAY + dt.timedelta(days=3)
PERIOD = "2026-W11"
NAMES = ("방범 강화", "안전도시", "여성친화")


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(FRIDAY):
        yield


def a_week() -> Week:
    """One project with a change, one without, one that says nothing."""
    told, same, _silent = (some.running(title=name) for name in NAMES)
    first = told.indicators.order_by("order")[0]
    with pretend(FRIDAY - dt.timedelta(days=7)):
        before = some.week(FRIDAY - dt.timedelta(days=7))
        some.known(first, 12)
        weeks.freeze(before, actor=make.planner())
    week = some.week()
    new = New(first, Decimal("15.5"), source="실적 보고")
    some.confirmed(
        some.owed(told, week),
        [new],
        problems="예산이 늦게 왔습니다.\n인력이 모자랍니다.",
        asked_of_others="재무과",
    )
    report = weekly.unchanged(some.owed(same, week), actor=some.charge(same))
    weekly.confirm(report, actor=some.leader(same))
    return week


def document(period: str = PERIOD) -> Document:
    return definition_of("incentives-weekly").document(parse(period), FRIDAY)


def values_of(rows: Any) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in rows]


def tables(found: Document) -> dict[str, Table]:
    return {block.caption: block for block in found.blocks if isinstance(block, Table)}


def test_r1_the_week_of_projects_lists_the_missing_first() -> None:
    a_week()
    found = document()
    figures = next(block for block in found.blocks if isinstance(block, Figures))
    assert [(one.label, one.value) for one in figures.items] == [
        ("대상", 3), ("보고", 1), ("변동 없음", 1), ("확인 전", 1), ("바뀐 실적", 1),
    ]  # fmt: skip
    (missing,) = values_of(tables(found)["팀장이 확인하지 않은 보고"].rows)
    assert missing[0] == NAMES[2]
    assert missing[2:] == ["보고 전", "빠짐"]
    rows = values_of(tables(found)["바뀐 실적과 문제점"].rows)
    assert [line[0] for line in rows] == [NAMES[2], NAMES[0], NAMES[1]]
    assert rows[1][2:] == [
        "지표 1: 12곳 → 15.5곳",
        "예산이 늦게 왔습니다.\n인력이 모자랍니다.",
        "재무과",
        "확인",
    ]
    assert rows[2][5] == "변동 없음"


def test_r1_the_report_of_a_frozen_week_stays_whatever_is_corrected_later() -> None:
    week = a_week()
    weeks.freeze(week, actor=make.planner())
    before = document()
    with pretend(FRIDAY + dt.timedelta(days=30)):
        value = some.owed(week.reports.all()[0].division, week).division.indicators.order_by("order")[0]
        values.correct(value.values.latest("pk"), value=Decimal(99), reason="다시 셈", actor=make.planner())
        assert document().blocks == before.blocks


def test_r1_a_week_without_reports_says_so_and_none_is_made_of_it() -> None:
    definition = definition_of("incentives-weekly")
    assert not definition.worth(parse(PERIOD))
    assert [block.text for block in document().blocks if isinstance(block, Paragraph)] == [
        "이 주에는 받은 보고가 없습니다."
    ]
    a_week()
    assert definition.worth(parse(PERIOD))


def test_r1_of_a_week_without_a_working_day_none_is_made() -> None:
    some.running()
    for n in range(5):
        some.holiday(FRIDAY - n * dt.timedelta(days=1))
    weeks.keep_weeks(some.MONDAY)
    assert not definition_of("incentives-weekly").worth(parse(PERIOD))


def test_r1_of_what_comes_each_week_the_next_is_told_alone() -> None:
    coming = [one for one in coming_releases(FRIDAY) if one.definition.slug == "incentives-weekly"]
    assert [(one.period.key, one.due_on) for one in coming] == [(PERIOD, CLOSING)]


def test_r2_the_weekly_report_is_made_once_and_a_missed_one_at_the_next_start() -> None:
    a_week()
    make.planner()
    mailing.add_recipients("incentives-weekly", [make.planner()], actor=make.planner())
    with pretend(CLOSING - dt.timedelta(days=1)):
        duties.run_due()
        jobs.run_pending()
        assert {run.period for run in made()} == {"2026-W10"}, "the week before had been missed"
    late = CLOSING + dt.timedelta(days=9)
    with pretend(late):
        for _turn in range(2):
            duties.run_due()
            jobs.run_pending()
    run = made().get(period=PERIOD)
    assert (run.due_on, run.as_of) == (CLOSING, late)
    assert document_of(run).title == "2026년 11주 공동협력사업 추진 상황"
    mail = Mail.objects.get(kind="reports.run", email__subject__contains="2026년 11주")
    assert sorted(file.name.rpartition(".")[2] for file in mail.email.attachments.all()) == ["hwpx", "xlsx"]


def made() -> Any:
    return ReportRun.objects.filter(slug="incentives-weekly")


def test_r1_the_weekly_report_in_all_formats() -> None:
    a_week()
    found = document()
    page = FORMATS["html"].render(found).decode()
    assert "지표 1: 12곳 → 15.5곳" in page
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render(found)))
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert {*NAMES, "지표 1: 12곳 → 15.5곳", "예산이 늦게 왔습니다.\n인력이 모자랍니다."} <= cells
    hwpx = FORMATS["hwpx"].render(found)
    assert_valid(hwpx)
    grids = [hwpx_grid(one) for one in hwpx_tables(hwpx)]
    assert any("지표 1: 12곳 → 15.5곳" in "".join(map(str, line)) for grid in grids for line in grid)


def test_r2_the_command_makes_the_week(capsys: pytest.CaptureFixture[str]) -> None:
    a_week()
    call_command("report", "incentives-weekly", "--period", PERIOD)
    assert "방범 강화" in capsys.readouterr().out


@pytest.mark.parametrize("projects", [1, 13])
def test_r1_as_many_questions_for_one_project_as_for_thirteen(projects: int) -> None:
    divisions = [some.running(title=f"사업 {n}") for n in range(projects)]
    some.past(divisions, 2)
    some.week()
    with CaptureQueriesContext(connection) as asked:
        document()
    assert len(asked) <= 9, "the office's name, the week, and its compilation"
