"""Intake and dispatch in a real browser, with the clicks counted: by mouse and with the keyboard alone (B1–B3)."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from benchmarking.enums import CaseState
from benchmarking.models import Case, Review
from tests import factories as make
from tests.system.test_browser import reach, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
COUNT = "sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0)"
PLACES = ("교통행정과", "복지정책과")


def count_clicks(page: Any) -> None:
    """Every press of the mouse from now on: keys make clicks too, and a label makes two of one."""
    page.add_init_script(f"addEventListener('mousedown', () => {{ {COUNT}; }}, true)")
    page.goto("/")
    page.evaluate("sessionStorage.clicks = 0")


def clicks(page: Any) -> int:
    return int(page.evaluate("sessionStorage.clicks"))


def fill_case(page: Any) -> None:
    """Fields are typed and gone through with the Tab key: no click among them."""
    page.locator("#id_title").fill("빈 주차면을 나누어 쓰는 공유주차 앱")
    page.get_by_label("기관 구분").select_option("local")
    page.get_by_label("기관명").fill("○○시")
    page.get_by_label("발굴 경로").select_option("press")
    page.get_by_label("주요 내용").fill("거주자 우선 주차구역의 빈 시간을 앱으로 나눕니다.")
    page.get_by_label("분야").select_option("construction")
    page.get_by_label("예산 구분").select_option("low")


@pytest.fixture
def planning(person: Callable[..., Any]) -> Any:
    for name in PLACES:
        make.head_of(make.DepartmentFactory(name=name))
    page = person(make.planner())
    count_clicks(page)
    return page


def test_b1_b3_registered_and_sent_to_two_departments_in_four_clicks(planning: Any) -> None:
    planning.get_by_role("link", name="벤치마킹", exact=True).first.click()
    planning.get_by_role("link", name="사례 등록").first.click()
    fill_case(planning)
    field = planning.get_by_label("검토 예정 부서")
    field.click()
    planning.keyboard.type("교통행정과")
    planning.keyboard.press("Enter")
    planning.keyboard.type("복지정책과")
    planning.get_by_role("button", name="등록하고 보내기").click()
    planning.get_by_text("부서 2곳에 보냈습니다").wait_for()
    assert clicks(planning) <= 4
    assert Review.objects.count() == 2


def test_b1_b3_registered_and_sent_with_the_keyboard_alone(planning: Any) -> None:
    reach(planning, "벤치마킹")
    planning.keyboard.press("Enter")
    planning.get_by_role("heading", name="벤치마킹 사례").wait_for()
    planning.keyboard.press("n")
    planning.locator("#id_title").wait_for()
    fill_case(planning)
    tab_to(planning, lambda: planning.evaluate("document.activeElement.id") == "id_departments")
    for name in PLACES:
        planning.keyboard.type(name)
        planning.keyboard.press("Enter")
    assert planning.locator(".chip-list .chip").count() == 2
    reach(planning, "등록하고 보내기")
    planning.keyboard.press("Enter")
    planning.get_by_text("부서 2곳에 보냈습니다").wait_for()
    assert clicks(planning) == 0
    assert Review.objects.count() == 2


def forty(count: int = 40) -> None:
    """As imported, with the departments thought of; every other one goes to two."""
    places = [make.DepartmentFactory(name="주차관리과"), make.DepartmentFactory(name="도로과")]
    for n in range(count):
        make.CaseFactory(title=f"사례 {n:03d} 서로 다른 일", suggested_departments=places[: 1 + n % 2])


def test_b3_forty_imported_cases_go_to_their_departments_in_three_clicks(planning: Any) -> None:
    forty()
    planning.goto("/benchmarking/?state=registered")
    planning.evaluate("sessionStorage.clicks = 0")
    planning.locator("label[for=choose-all]").click()
    planning.get_by_role("button", name="부서에 보내기").click()
    planning.get_by_role("button", name="사례 40건 보내기(검토 60건)").click()
    planning.get_by_text("사례 40건을 보냈습니다(검토 60건).").wait_for()
    assert clicks(planning) <= 3
    assert (Review.objects.count(), Case.objects.filter(state=CaseState.IN_REVIEW).count()) == (60, 40)
    assert planning.locator("tbody tr").count() == 40
    planning.get_by_role("link", name="돌아가기").click()
    planning.wait_for_url(re.compile(r"/benchmarking/\?state=registered"))


def test_b3_forty_with_the_keyboard_alone(planning: Any) -> None:
    forty()
    planning.goto("/benchmarking/?state=registered")
    planning.evaluate("sessionStorage.clicks = 0")
    tab_to(
        planning, lambda: planning.evaluate("document.activeElement.matches('thead input[type=checkbox]')")
    )
    planning.keyboard.press("Space")
    reach_button(planning, "부서에 보내기")
    planning.keyboard.press("Enter")
    planning.locator("[data-sheet-send]").wait_for()
    planning.locator("[data-sheet-send]").focus()
    planning.keyboard.press("Enter")
    planning.get_by_text("사례 40건을 보냈습니다(검토 60건).").wait_for()
    assert clicks(planning) == 0


def reach_button(page: Any, text: str) -> None:
    said = "document.activeElement.tagName + document.activeElement.innerText"
    tab_to(page, lambda: page.evaluate(said) == f"BUTTON{text}", most=300)


def test_b3_chips_are_taken_out_and_the_button_says_what_will_go(planning: Any) -> None:
    forty(2)
    planning.goto("/benchmarking/?state=registered")
    planning.locator("label[for=choose-all]").click()
    planning.get_by_role("button", name="부서에 보내기").click()
    send = planning.locator("[data-sheet-send]")
    assert send.inner_text() == "사례 2건 보내기(검토 3건)"
    planning.get_by_role("button", name=re.compile("도로과.*빼기")).click()
    assert send.inner_text() == "사례 2건 보내기(검토 2건)"
    planning.get_by_label("모든 사례에 함께 보낼 부서").fill("교통행정과")
    planning.keyboard.press("Tab")
    assert send.inner_text() == "사례 2건 보내기(검토 4건)"


def test_b1_b3_all_of_it_works_without_script(plain: Callable[..., Any]) -> None:
    make.DepartmentFactory(name="교통행정과"), make.DepartmentFactory(name="복지정책과")
    page = plain(make.planner())
    page.goto("/benchmarking/new/")
    fill_case(page)
    page.get_by_label("검토 예정 부서").fill("교통행정과, 복지정책과")
    page.get_by_role("button", name="등록", exact=True).click()
    page.get_by_role("link", name="부서에 보내기").click()
    page.get_by_role("button", name="사례 1건 보내기(검토 2건)").click()
    page.get_by_text("부서 2곳에 보냈습니다.").wait_for()
    assert Review.objects.count() == 2
