"""A messy workbook in a real browser, from upload to save to undo: with a mouse, and without any script (B2, N3)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from benchmarking.models import Case
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HEADS = [
    "연번",
    "사 례 명",
    "기관구분",
    "기관",
    "분야별",
    "소요예산 구분",
    "주요내용",
    "발굴 일자",
    "검토부서",
]
REST = ["저예산", "빈 주차면 나눔", "2015. 3. 6.(금)"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A title above, two years, other words, a total below, a department that is misspelled, a date in the future."""
    book = Workbook()
    for year in (2015, 2014):
        sheet = book.create_sheet(f"{year}년")
        sheet.append([f"{year}년 벤치마킹 추진 현황"])
        sheet.append(HEADS)
        sheet.append([1, f"공유주차 앱 도입 {year}", "시·군·구", "가나시", "교통", *REST, "교통행정과"])
        sheet.append([2, f"작은 도서관 {year}", "시·군·구", "마바시", "교통", *REST, "교통행정꽈"])
        sheet.append(["합계", "2건"])
    book["2014년"]["H4"] = "2030-03-03"
    book.remove(book["Sheet"])
    path = tmp_path / "벤치마킹 2014-2015.xlsx"
    book.save(path)
    return path


def take_in(page: Any, workbook: Path) -> None:
    """Each page has one button that leads on."""
    page.goto("/import/benchmarking-cases/")
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="파일 확인").click()
    page.get_by_role("heading", name="가져올 표 고르기").wait_for()
    assert page.get_by_label(re.compile("제목 행 2, 자료 2행, 합계 1행 제외")).count() == 2
    page.get_by_role("button", name="다음").click()
    page.get_by_role("heading", name="열과 값 맞추기").wait_for()
    page.get_by_label("발굴 경로").select_option("언론보도")
    page.get_by_role("button", name="이대로 읽기").click()
    page.get_by_label("분야: 교통").wait_for()  # proposed: 건설교통
    page.get_by_role("button", name="이대로 읽기").click()
    page.get_by_role("heading", name="고칠 행").wait_for()
    page.get_by_label(re.compile("교통행정꽈.*2행")).fill("교통행정과")
    page.get_by_label("발굴일", exact=True).fill("2014-03-03")
    page.get_by_role("button", name="고친 내용 확인").click()
    page.get_by_text("4행을 모두 확인했습니다").wait_for()
    page.get_by_role("button", name="저장하기").click()
    page.get_by_text("4건이 저장되었습니다").wait_for()


def undo(page: Any) -> None:
    page.goto("/imports/")
    page.get_by_role("link", name="벤치마킹 2014-2015.xlsx").click()
    page.get_by_role("link", name="되돌리기").click()
    page.get_by_text("4건을 지웁니다").wait_for()
    page.get_by_role("button", name="되돌리기").click()
    page.get_by_text("등록한 자료를 지웠습니다").wait_for()


def test_b2_a_messy_workbook_from_upload_to_save_to_undo(person: Callable[..., Any], workbook: Path) -> None:
    make.DepartmentFactory(name="교통행정과")
    page = person(make.planner())
    take_in(page, workbook)
    assert Case.objects.filter(suggested_departments__name="교통행정과").count() == 4
    undo(page)
    assert not Case.objects.exists()


def test_b2_the_same_without_scripts(plain: Callable[..., Any], workbook: Path) -> None:
    make.DepartmentFactory(name="교통행정과")
    page = plain(make.planner())
    take_in(page, workbook)
    undo(page)
    assert not Case.objects.exists()
