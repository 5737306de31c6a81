"""A thousand cases by Excel of which seven are bad: nothing is saved, the seven are shown; corrected, all are (B2)."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from benchmarking.excel import CaseImporter
from benchmarking.models import Case
from core.models import Gram
from tests import factories as make
from tests.basis.excel_files import taken

pytestmark = pytest.mark.django_db
HEAD = [str(column.label) for column in CaseImporter.columns]
TITLE, COST, SUMMARY, FOUND, DEPARTMENTS = (
    HEAD.index(label) for label in ("사례명", "예상 비용(원)", "주요 내용", "발굴일", "검토 예정 부서")
)


def rows(count: int) -> list[list[Any]]:
    return [
        [
            f"빈 점포를 청년 공방으로 바꾸기 {n:04d}호", "시·군·구", "○○시", "언론보도", "행정개혁", "저예산",
            "빈 점포를 빌려 청년에게 내줍니다.", "2026-01-15", 1_000_000, "", "교통행정과",
        ]
        for n in range(count)
    ]  # fmt: skip


def workbook(lines: list[list[Any]], path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [HEAD, *lines]:
        sheet.append(line)
    book.save(path)
    return path


def test_b2_seven_bad_rows_of_a_thousand_save_nothing_and_are_shown(tmp_path: Path) -> None:
    make.DepartmentFactory(name="교통행정과")
    lines = rows(1000)
    lines[9][TITLE] = None
    lines[99][DEPARTMENTS] = "없는과"
    lines[199][FOUND] = "2026-02-30"
    lines[299][SUMMARY] = "=1+1"
    lines[399] = list(lines[398])
    lines[499][COST] = "1,000,000"
    lines[599][TITLE] = "가" * 201
    result = taken(
        CaseImporter(), io.BytesIO(workbook(lines, tmp_path / "bad.xlsx").read_bytes()), make.planner()
    )
    assert (result.total, result.saved, result.error_count) == (1000, 0, 7)
    assert Case.objects.count() == 0
    found = [(error.row, error.column_label) for error in result.errors]
    assert found == [
        (11, "사례명"), (101, "검토 예정 부서"), (201, "발굴일"), (301, "주요 내용"), (401, "사례명"),
        (501, "예상 비용(원)"), (601, "사례명"),
    ]  # fmt: skip
    words = ("필수", "없는 부서", "달력에 없는", "수식", "중복", "텍스트로 저장", "200자")
    assert all(word in error.message for word, error in zip(words, result.errors, strict=True))


def test_b2_the_corrected_file_saves_all_by_the_command(tmp_path: Path, capsys: Any) -> None:
    department = make.DepartmentFactory(name="교통행정과")
    call_command("import_excel", "benchmarking-cases", str(workbook(rows(1000), tmp_path / "good.xlsx")))
    assert Case.objects.count() == 1000
    assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 1001))
    assert Case.objects.filter(suggested_departments=department, estimated_cost=1_000_000).count() == 1000
    assert Gram.objects.values("object_id").distinct().count() == 1000
    with pytest.raises((SystemExit, CommandError)):
        call_command("import_excel", "benchmarking-cases", str(tmp_path / "good.xlsx"))
    assert Case.objects.count() == 1000, "the same file again is a thousand duplicates"


def test_b2_a_cost_that_no_case_has_is_named(tmp_path: Path) -> None:
    make.DepartmentFactory(name="교통행정과")
    lines = rows(2)
    lines[1][COST] = 10**19
    sheet = workbook(lines, tmp_path / "huge.xlsx").read_bytes()
    (error,) = taken(CaseImporter(), io.BytesIO(sheet), make.planner()).errors
    assert (error.row, error.column_label) == (3, "예상 비용(원)")
    assert error.message == "999,999,999,999원 이하로 입력해 주세요."


def test_n3_every_fault_of_a_row_is_told_in_one_go(tmp_path: Path) -> None:
    """A row with five faults is mended in one round, not in five."""
    make.DepartmentFactory(name="교통행정과")
    (line,) = rows(1)
    line[TITLE], line[FOUND], line[COST] = "공유", "2030-01-01", -1
    line[HEAD.index("관련 링크")], line[DEPARTMENTS] = "ftp:/x", "없는과, 교통행정과, 또없는과"
    file = io.BytesIO(workbook([line], tmp_path / "faults.xlsx").read_bytes())
    errors = taken(CaseImporter(), file, make.planner(), dry_run=True).errors
    assert [error.column_label for error in errors] == [
        "사례명", "발굴일", "예상 비용(원)", "관련 링크", "검토 예정 부서",
    ]  # fmt: skip
    assert "‘없는과’, ‘또없는과’" in errors[-1].message


def test_b1_b10_the_finder_stands_in_a_column_of_its_own_and_files_without_it_still_import(
    tmp_path: Path,
) -> None:
    make.DepartmentFactory(name="교통행정과")
    finder = make.UserFactory(name="한발굴")
    lines = [
        [*line, given] for line, given in zip(rows(3), (finder.employee_number, "한발굴", ""), strict=True)
    ]
    call_command("import_excel", "benchmarking-cases", workbook(lines, tmp_path / "finders.xlsx"))
    assert list(Case.objects.order_by("pk").values_list("found_by", flat=True)) == [
        finder.pk,
        finder.pk,
        None,
    ]
    lines[0][-1] = "없는이"
    lines[0][TITLE] = "처음 보는 사례 이름"
    with pytest.raises(CommandError):
        call_command("import_excel", "benchmarking-cases", workbook(lines[:1], tmp_path / "nobody.xlsx"))


def test_the_same_department_twice_is_meant_once(tmp_path: Path) -> None:
    """However it is spelled; and the same case spelled otherwise is a duplicate."""
    make.DepartmentFactory(name="교통·행정과")
    lines = rows(2)
    lines[0][DEPARTMENTS], lines[1][DEPARTMENTS] = "교통·행정과, 교통ㆍ행정과,교통·행정과", ""
    file = workbook(lines, tmp_path / "cases.xlsx").read_bytes()
    planner = make.planner()
    assert taken(CaseImporter(), io.BytesIO(file), planner, dry_run=True).ok
    assert not Case.objects.exists()
    assert taken(CaseImporter(), io.BytesIO(file), planner).saved == 2
    assert Case.objects.order_by("pk")[0].suggested_departments.count() == 1
    lines[0][TITLE] = lines[0][TITLE].replace(" ", "  ").replace("0", "０")
    again = taken(
        CaseImporter(), io.BytesIO(workbook(lines[:1], tmp_path / "again.xlsx").read_bytes()), planner
    )
    assert again.error_count == 1
