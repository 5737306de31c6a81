"""The jobs of every day, counted from the first page in clicks and with the keyboard alone (R5, O9, B3)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from benchmarking.models import Case, Review
from benchmarking.services import dispatch
from core.models import ClockAdjustment
from reviews.services import clocks
from tests import factories as make
from tests.system.test_browser import reach, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Mouse:
    """Clicks, and counts them."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks = page, 0

    def link(self, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role("link", name=re.compile(name)).first.click()

    def button(self, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=name, exact=True).first.click()


def asked() -> ClockAdjustment:
    review = make.ReviewFactory()
    until = review.clock.due + dt.timedelta(days=7)
    while until.weekday() > 4:
        until += dt.timedelta(days=1)
    return clocks.ask_extension(review, until=until, reason="회신을 기다립니다.", actor=make.head(review))


def test_o9_an_extension_is_approved_in_two_clicks(person: Callable[..., Any]) -> None:
    row, mouse = asked(), Mouse(person(make.planner()))
    mouse.link("기한 연장 승인하기")
    mouse.button("승인")
    mouse.page.get_by_text("처리 결과를 부서에 알렸습니다.").wait_for()
    row.refresh_from_db()
    assert (row.state, mouse.clicks) == ("approved", 2)
    mouse.link("다음 할 일")
    mouse.page.get_by_role("heading", name="내 할 일").wait_for()


def test_b3_a_reviewer_is_assigned_in_two_clicks(person: Callable[..., Any]) -> None:
    review = make.ReviewFactory()
    reviewer = make.UserFactory(department=review.department)
    mouse = Mouse(person(make.head(review)))
    mouse.link("검토자 지정하기")
    mouse.button(f"{reviewer.full_label} 지정")
    mouse.page.get_by_text("검토자가 지정되었습니다.").wait_for()
    review.refresh_from_db()
    assert (review.reviewer, mouse.clicks) == (reviewer, 2)


def sent() -> Case:
    case = make.CaseFactory(title="잘못 보낸 사례")
    department = make.DepartmentFactory()
    make.head_of(department)
    dispatch.dispatch([case], [department], actor=make.planner())
    return case


def test_b4_a_review_is_recalled_in_three_clicks(person: Callable[..., Any]) -> None:
    case, mouse = sent(), Mouse(person(make.planner()))
    mouse.page.get_by_role("heading", name="내가 처리한 것은 지금").scroll_into_view_if_needed()
    mouse.link("잘못 보낸 사례")
    mouse.link("^회수")
    mouse.page.get_by_label("사유").fill("부서를 잘못 골랐습니다.")
    mouse.button("회수")
    mouse.page.get_by_text("회수되었습니다.").wait_for()
    assert (Review.objects.get(case=case).state, mouse.clicks) == ("recalled", 3)


def enter(page: Any, text: str) -> None:
    reach(page, text)
    page.keyboard.press("Enter")


def test_o9_b3_b4_the_same_with_the_keyboard_alone(person: Callable[..., Any]) -> None:
    row, case = asked(), sent()
    page = person(make.planner())
    enter(page, "기한 연장 승인하기")
    page.get_by_role("button", name="승인", exact=True).wait_for()
    enter(page, "승인")
    page.get_by_text("처리 결과를 부서에 알렸습니다.").wait_for()
    row.refresh_from_db()
    assert row.state == "approved"

    page.goto("/")
    page.get_by_role("link", name="잘못 보낸 사례").first.wait_for()
    enter(page, "잘못 보낸 사례")
    page.get_by_role("heading", name="잘못 보낸 사례").wait_for()
    reach(page, "회수")
    page.keyboard.press("Enter")
    page.get_by_label("사유").wait_for()
    tab_to(page, lambda: page.evaluate("document.activeElement.name") == "reason")
    page.keyboard.type("부서를 잘못 골랐습니다.")
    enter(page, "회수")
    page.get_by_text("회수되었습니다.").wait_for()
    assert Review.objects.get(case=case).state == "recalled"

    review = make.ReviewFactory()
    reviewer = make.UserFactory(department=review.department)
    page = person(make.head(review))
    enter(page, "검토자 지정하기")
    page.get_by_role("button", name=f"{reviewer.full_label} 지정").wait_for()
    enter(page, reviewer.full_label)
    page.get_by_text("검토자가 지정되었습니다.").wait_for()
    review.refresh_from_db()
    assert review.reviewer == reviewer


def press(page: Any, **event: Any) -> None:
    said = {"bubbles": True, "cancelable": True, **event}
    page.evaluate("(said) => document.body.dispatchEvent(new KeyboardEvent('keydown', said))", said)


def test_d11_keys_work_with_the_korean_input_mode_on_but_not_while_composing(
    person: Callable[..., Any],
) -> None:
    page = person(make.planner())
    page.goto("/benchmarking/")
    press(page, key="ㅜ", code="KeyN", isComposing=True)
    assert page.url.endswith("/benchmarking/")
    press(page, key="ㅜ", code="KeyN")
    page.get_by_role("heading", name="사례 등록").wait_for()
    page.goto("/benchmarking/")
    press(page, key="Process", code="Slash")
    assert page.evaluate("document.activeElement.type") == "search"


def test_rows_are_chosen_all_at_once_and_ordered_on_a_phone(person: Callable[..., Any]) -> None:
    for title in ("나중 사례", "가장 먼저"):
        make.ReviewFactory(case=make.CaseFactory(title=title))
    page = person(make.planner(), width=390)
    page.goto("/benchmarking/reviews/")
    page.get_by_text("이 쪽의 모두 선택").first.click()
    page.get_by_role("button", name="독촉하기").wait_for()
    page.locator("details.sorts summary").click()
    page.get_by_role("link", name="사례명 ↑").click()
    page.wait_for_url(re.compile("sort=title"))
    assert page.locator("tbody th").first.inner_text().strip() == "가장 먼저"
    page.get_by_text("이 쪽의 모두 선택").first.click()
    page.get_by_role("button", name="독촉하기").click()
    page.get_by_role("button", name="2건 독촉하기").click()
    page.get_by_text("2건을 독촉했습니다.").wait_for()
