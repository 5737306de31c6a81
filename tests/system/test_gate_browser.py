"""A form that anybody may send, in real browsers while a flood is on (P3)."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.models import Tries
from core.now import now
from organization.policies import GATE_FLOOD, GATE_SECONDS, GATE_WAIT
from tests.earned import change
from tests.throwaway.models import Slip

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request: Any, browser: Any, live_server: Any) -> Iterator[Any]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        java_script_enabled=request.param,
        viewport={"width": 390, "height": 800},
    )
    context.has_script = request.param
    yield context.new_page()
    context.close()


def test_p3_during_a_flood_a_browser_works_and_without_script_one_waits(page: Any) -> None:
    today = now().date()
    change(GATE_WAIT, GATE_WAIT.minimum, today)
    Tries.objects.create(who="flood", place=f"{now():%Y%m%d%H%M}", count=GATE_FLOOD.current(), since=now())
    page.goto("/throwaway/ask/")
    page.get_by_label("제목").fill("우리 동네 쉼터")
    assert not page.get_by_label("이 칸은 비워 두세요").is_visible()
    if page.context.has_script:
        page.wait_for_function("document.querySelector('[data-work]').value !== ''")
    page.wait_for_timeout(GATE_SECONDS.current() * 1000)
    page.get_by_role("button", name="저장").click()
    if not page.context.has_script:
        page.get_by_text("뒤에 다시 보내 주세요").first.wait_for()
        assert page.get_by_label("제목").input_value() == "우리 동네 쉼터"
        page.wait_for_timeout(3000)
        page.get_by_role("button", name="저장").click()

    page.wait_for_load_state()
    assert [slip.title for slip in Slip.objects.all()] == ["우리 동네 쉼터"]
