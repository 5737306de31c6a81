"""The tables of the plan of 2016 taken in whole, and with a fault each (I6, I7, I9, N1–N3)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Award
from core.models import OpenWork
from imports.services import intake, undo
from imports.sockets import IMPORT_PAGES
from incentives.excel import PastProjectImporter, PastResultImporter, YearSumImporter
from incentives.models import Division, Payout, Project, Result, YearSum
from incentives.selectors.results import explain
from notifications.models import Mail, Notice
from tests import factories as make
from tests.incentives import gangbuk

pytestmark = pytest.mark.django_db


def test_i1_the_13_projects_of_2015_with_their_14_budget_lines() -> None:
    gangbuk.office()
    result = gangbuk.taken(PastProjectImporter(), gangbuk.projects_book())
    assert not result.errors, [str(error) for error in result.errors]
    assert (Project.objects.count(), Division.objects.count()) == (13, 14)
    assert sum(one.budget or 0 for one in Division.objects.all()) == 9_200_000_000
    first, second = Division.objects.filter(project__number=7).order_by("order")
    assert [(one.evaluator, one.budget) for one in (first, second)] == [
        ("복지정책과", 800_000_000),
        ("보건의료정책과", 300_000_000),
    ]
    assert [part.department_name for part in second.parts.all()] == ["건강증진과", "의약과", "지역보건과"]


def test_i6_the_27_results_of_2015_belong_where_they_belong() -> None:
    gangbuk.all_of_2015()
    by_number = {one.number: one for one in Result.objects.select_related("division__project")}
    assert len(by_number) == 27
    projects = {number: one.division.project.number for number, one in by_number.items()}
    assert {number: projects[number] for number in range(3, 13)} == {
        3: 6, 4: 11, 5: 9, 6: 2, 7: 7, 8: 10, 9: 10, 10: 12, 11: 7, 12: 1,
    }  # fmt: skip
    assert by_number[7].division.evaluator == "복지정책과"
    assert by_number[11].division.evaluator == "보건의료정책과"
    assert [by_number[n].division.budget for n in (1, 2)] == [None, None], "joint without a budget line"
    assert {by_number[n].division.project.kind for n in (1, 2)} == {"joint"}
    assert {by_number[n].division.project.kind for n in range(13, 19)} == {"single"}
    assert {by_number[n].division.project.kind for n in range(19, 28)} == {"outside"}
    assert [part.department_name for part in by_number[8].shares.all()] == ["환경과", "지역경제과"]


BONUS: dict[int, int | None] = {
    1: 5_000_000, 2: 3_000_000, 3: 8_000_000, 4: 1_500_000, 5: 6_920_000, 6: 3_040_000, 7: 5_000_000, 8: 2_250_000,
    9: 3_210_000, 10: 9_000_000, 11: 1_500_000, 12: 2_500_000, 13: None, 14: 300_000, 15: 200_000, 16: 800_000,
    17: None, 18: 10_000_000, 19: 1_500_000, 20: 1_000_000, 21: 1_000_000, 22: 1_500_000, 23: 8_000_000, 24: None,
    25: 1_500_000, 26: 50_000, 27: 500_000,
}  # fmt: skip


def test_i7_the_bonus_of_each_of_the_27_is_reckoned_and_explained() -> None:
    gangbuk.all_of_2015()
    rows = Result.objects.select_related("division__project", "payout").prefetch_related("prizes")
    found = {one.number: one.payout.amount for one in rows}
    assert found == BONUS
    for one in rows:
        lines = dict(explain(one, one.payout))
        assert lines["산정 기준"].endswith(("다.", "다")), one
        said = "정해지지 않음" if BONUS[one.number or 0] is None else f"{BONUS[one.number or 0]:,}원"
        assert lines["포상금"] == said
        assert one.payout.state == "past"


def test_i9_each_grade_has_its_tier_and_reads_as_its_name() -> None:
    gangbuk.all_of_2015()
    tiers = {one.number: one.tier for one in Result.objects.all()}
    assert [number for number, tier in tiers.items() if tier == "top"] == [10, 17, 19, 25]
    assert [number for number, tier in tiers.items() if not tier] == [24]
    assert {tiers[n] for n in (5, 6, 7, 8, 9, 11, 12)} == {"good"}, "수상구(절대)"
    assert Result.objects.get(number=19).grade == "최우수(SA등급)"


def test_i6_the_four_year_table_on_its_side() -> None:
    gangbuk.all_of_2015()
    found = {
        one.year: (one.rank, one.amount // 1_000_000, one.wins)
        for one in YearSum.objects.filter(kind="joint")
    }
    assert found == {2015: (9, 509, 12), 2014: (12, 318, 7), 2013: (4, 569, 14), 2012: (7, 517, 10)}
    assert YearSum.objects.get(year=2015, kind="joint").named == "최우수1, 우수(수상)8, 노력3"
    assert YearSum.objects.get(year=2015, kind="single").wins == 6


def test_n1_the_past_asks_nothing_and_tells_nobody() -> None:
    gangbuk.all_of_2015()
    assert not OpenWork.objects.filter(content_type__app_label="incentives").exists()
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()
    assert not Award.objects.exists()


def wrong(*rows: tuple[int, int, Any]) -> list[Any]:
    found = [list(row) for row in gangbuk.RESULTS]
    for number, column, value in rows:
        found[number - 1][column] = value
    return found


@pytest.mark.parametrize(
    ("rows", "total", "cell", "said"),
    [
        (wrong(), 717.8, (5, "D"), "파일은 717.8백만원, 행의 합은 717.7백만원"),
        (wrong((6, 4, "없던과")), 717.7, (11, "E"), "없던과"),
        (wrong((1, 3, "약 50")), 717.7, (6, "D"), "정확한 금액이 아닙니다"),
        (wrong((4, 2, "참 잘함")), 717.7, (9, "C"), "등급 이름 목록에 없습니다"),
        (wrong((26, 3, "0.5 (과자)")), 717.7, (31, "D"), "어떤 돈인지"),
    ],
)
def test_n3_a_fault_is_shown_with_its_cell_and_nothing_is_saved(
    rows: list[Any], total: Any, cell: tuple[int, str], said: str
) -> None:
    gangbuk.office()
    result = gangbuk.taken(PastResultImporter(), gangbuk.results_book(rows, total))
    assert [(error.row, error.column_letter) for error in result.errors] == [cell]
    assert said in result.errors[0].message
    assert not Result.objects.exists()
    assert not Project.objects.exists()


def test_n3_the_three_faults_together_each_with_its_cell() -> None:
    gangbuk.office()
    rows = wrong((6, 4, "없던과"), (1, 3, "약 50"))
    result = gangbuk.taken(PastResultImporter(), gangbuk.results_book(rows, 700))
    found = {(error.row, error.column_letter) for error in result.errors}
    assert found == {(5, "D"), (6, "D"), (11, "E")}
    assert not Result.objects.exists()


def test_n3_a_wrong_total_or_count_of_projects() -> None:
    gangbuk.office()
    result = gangbuk.taken(PastProjectImporter(), gangbuk.projects_book(gangbuk.PROJECTS[:-1], "9,200"))
    assert {(error.row, error.column_letter) for error in result.errors} == {(3, "B"), (3, "C")}
    assert not Project.objects.exists()


def test_n2_without_a_unit_nothing_is_taken_for_won() -> None:
    gangbuk.office()
    rows = [
        ("연도", "사업명", "평가결과", "인센티브", "주관부서", "비고"),
        (2015, "가", "우수", 50, "세무과", "대외기관"),
    ]
    result = gangbuk.taken(PastResultImporter(), gangbuk.table_book(rows))
    assert "단위를 알 수 없습니다" in result.errors[0].message


def test_n3_taken_in_again_each_row_is_there_already() -> None:
    gangbuk.all_of_2015()
    for importer, file, count in (
        (PastResultImporter(), gangbuk.results_book(), 27),
        (PastProjectImporter(), gangbuk.projects_book(), 14),
        (YearSumImporter(), gangbuk.table_book(gangbuk.YEARS), 4),
    ):
        assert gangbuk.taken(importer, file).error_count == count


def test_n3_the_import_is_undone_whole() -> None:
    gangbuk.office()
    planner = make.planner()
    assert not gangbuk.taken(PastProjectImporter(), gangbuk.projects_book()).errors
    page = IMPORT_PAGES[PastResultImporter.kind]
    one = intake.begin(page, gangbuk.results_book(), actor=planner)
    one = intake.answer(one, {"confirmed": gangbuk.CONFIRMED}, actor=planner)
    saved = intake.save(one, actor=planner)
    assert Result.objects.count() == 27, saved.result
    undo.begin(saved, actor=planner)
    assert (Result.objects.count(), Payout.objects.count()) == (0, 0)
    assert (Project.objects.count(), Division.objects.count()) == (13, 14)


def test_n3_a_wrong_total_is_named_in_the_page_and_in_the_returned_workbook() -> None:
    gangbuk.office()
    planner, client = make.planner(), Client()
    client.force_login(planner, backend="organization.backends.Backend")
    one = intake.begin(IMPORT_PAGES[PastResultImporter.kind], gangbuk.results_book(total=700), actor=planner)
    one = intake.answer(one, {"confirmed": gangbuk.CONFIRMED}, actor=planner)
    page = client.get(reverse("import_rows", args=[one.pk])).content.decode()
    assert "5행 D열(수상금): 합계가 맞지 않습니다" in page
    answer = client.get(reverse("import_returned", args=[one.pk]))
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer is a stream
    assert not Result.objects.exists()
