"""The table of indicators in a real browser: by keyboard alone, without script, and by pasting a block (I3)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from core.now import today
from incentives.models import Indicator
from tests import factories as make
from tests.incentives import made, measured
from tests.incentives.measured import MEASURED
from tests.system.test_browser import AXE, problems_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASTE = """([name, text]) => {
  const field = document.getElementsByName(name)[0];
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def rows(count: int = 3) -> tuple[Any, list[Indicator]]:
    division = made.division()
    return division, measured.written(division, [{**MEASURED, "name": f"지표 {n + 1}"} for n in range(count)])


def table(division: Any) -> str:
    return reverse("incentives:indicators", args=[division.pk])


def test_i3_the_table_by_keyboard_alone(person: Callable[..., Any]) -> None:
    division, (first, second, _third) = rows()
    measured.known(first, "50", today() - dt.timedelta(days=1))
    page = person(make.planner())
    page.context.add_init_script(path=AXE)
    page.goto(table(division))
    page.get_by_label("지표 1 · 배점").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == f"r{first.pk}-unit"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # one down: the row is left and saves itself
    assert page.evaluate("document.activeElement.name") == f"r{second.pk}-weight"
    page.locator(f"#r{first.pk}-saved").get_by_text("저장됨").wait_for()
    assert "(+" in page.locator("#sums").inner_text(), "what that does to the expected score"
    page.keyboard.type("-5")
    page.keyboard.press("Shift+Enter")
    page.locator(f"#r{second.pk}-weight-error").get_by_text("0 이상").wait_for()
    assert page.get_by_label("지표 2 · 배점").get_attribute("aria-invalid") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    page.keyboard.press("ArrowDown")
    page.locator(f"#r{second.pk}-saved").get_by_text("저장됨").wait_for()
    assert page.get_by_label("지표 2 · 배점").get_attribute("aria-invalid") is None
    assert list(division.indicators.order_by("order").values_list("weight", flat=True)) == [30, 20, 10]
    assert problems_of(page) == []


def test_i3_the_table_without_script(plain: Callable[..., Any]) -> None:
    division, (first, second, _third) = rows()
    page = plain(make.planner())
    page.goto(table(division))
    page.get_by_label("지표 1 · 배점").fill("30")
    page.get_by_label("지표 2 · 목표").fill("0")
    page.get_by_label("새 줄 1 · 지표").fill("넷째")
    page.get_by_label("새 줄 1 · 산식").select_option("yes")
    page.get_by_role("button", name="모두 저장").last.click()
    page.get_by_text("목표는 0보다 커야").first.wait_for()
    assert page.get_by_label("지표 1 · 배점").input_value() == "30", "nothing typed is lost"
    page.get_by_label("지표 2 · 목표").fill("80")
    page.get_by_role("button", name="바뀌는 내용 확인").click()
    page.get_by_text("지표 2 · 목표: 100 → 80").wait_for()
    page.get_by_role("button", name="모두 저장").last.click()
    page.get_by_text("3줄을 저장했습니다.").wait_for()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.weight, second.target) == (30, 80)
    assert division.indicators.filter(name="넷째").exists()


def test_i3_a_block_from_excel_fills_cells_and_waits_until_saved(person: Callable[..., Any]) -> None:
    division, made_ = rows()
    page = person(make.planner())
    page.goto(table(division))
    block = "11\t명\t낮을수록 좋음\n12\t곳\t높을수록 좋음\n13\t%\t높을수록 좋음\n14\t점\t이행 여부\n"
    page.evaluate(PASTE, [f"r{made_[0].pk}-weight", block])
    bar = page.locator("[data-pasted]")
    bar.get_by_text("지표 1 · 산식: 높을수록 좋음 → 낮을수록 좋음").wait_for()
    assert page.locator("td.changed").count() > 6
    assert list(division.indicators.values_list("weight", flat=True)) == [10, 10, 10], "nothing is saved yet"
    bar.get_by_role("button", name="붙여 넣기 되돌리기").click()
    assert page.get_by_label("지표 1 · 배점").input_value() == "10"
    assert bar.is_hidden()
    page.evaluate(PASTE, [f"r{made_[0].pk}-weight", block])
    page.get_by_label("새 줄 1 · 지표").fill("넷째")
    page.get_by_role("button", name="모두 저장").last.click()
    page.get_by_text("4줄을 저장했습니다.").wait_for()
    assert [(one.weight, one.unit, one.shape) for one in division.indicators.order_by("order")] == [
        (11, "명", "lower"),
        (12, "곳", "higher"),
        (13, "%", "higher"),
        (14, "점", "yes"),
    ]
