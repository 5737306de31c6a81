"""Writing a proposal in real browsers: what was typed stays there, too; several write together (P2)."""

import json
from typing import Any

import pytest
from django.urls import reverse

from core import gate
from proposals.models import Proposal, Proposer, Writing
from tests.system.test_browser import AXE, problems_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KEY = "changui.writing:"
PROBLEM = "밤에 공원 화장실을 쓰기 무섭습니다."


def begin(page: Any) -> None:
    page.goto(reverse("proposals:start"))
    page.get_by_role("button", name="쓰기 시작").click()
    page.get_by_role("heading", name="무엇이 문제인가요").wait_for()
    page.wait_for_load_state()


def all_kept(page: Any) -> list[Any]:
    """What the browser has, the oldest first."""
    script = (
        f"""Object.entries(localStorage).filter(([key]) => key.startsWith("{KEY}")).map(([, text]) => text)"""
    )
    return sorted((json.loads(text) for text in page.evaluate(script)), key=lambda one: one["at"])


def kept(page: Any) -> Any:
    """The one there is."""
    found = all_kept(page)
    assert len(found) < 2
    return found[0] if found else None


def on(page: Any, heading: str) -> None:
    page.get_by_role("button", name="다음").click()
    page.get_by_role("heading", name=heading).wait_for()


def test_p2_what_was_typed_is_offered_back_and_goes_when_it_was_sent(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    begin(page)
    assert page.locator("[data-writing]").is_hidden()
    page.get_by_label("제목").fill("공원 화장실에 비상벨 설치")
    page.get_by_label("지금의 문제").fill(PROBLEM)
    page.on("dialog", lambda dialog: dialog.accept())  # one leaves before it was saved
    page.context.clear_cookies()  # the way back to what the server has is lost
    begin(page)
    page.get_by_role("button", name="쓰던 글 불러오기").click()
    assert page.get_by_label("지금의 문제").input_value() == PROBLEM
    page.get_by_text("안전·도시").click()
    on(page, "어떻게 바꿀까요")
    page.get_by_label("이렇게 바꾸고 싶어요").fill("칸마다 비상벨을 달아 주세요.")
    on(page, "비슷한 제안이 있는지 보세요")
    on(page, "누가 제안하나요")
    page.locator("[name=name]").fill("김구민")
    page.locator("[name=phone]").fill("010-0000-0000")
    texts = kept(page)["texts"]
    assert texts["improvement"] == "칸마다 비상벨을 달아 주세요."
    assert "김구민" not in str(kept(page))
    assert "010" not in str(kept(page))
    for box in page.locator("[name=consents]").all():
        box.check(force=True)
    page.get_by_role("button", name="제안 보내기").last.click()
    page.get_by_text("제안이 접수되었습니다").first.wait_for()
    page.wait_for_function("localStorage.length === 0")
    assert Proposal.objects.get().problem == PROBLEM


def test_p2_what_is_old_or_not_wanted_goes(page: Any) -> None:
    begin(page)
    page.get_by_label("지금의 문제").fill(PROBLEM)
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page)
    page.get_by_role("button", name="쓰던 글 지우기").click()
    assert kept(page) is None
    assert page.locator("[data-writing]").is_hidden()
    page.get_by_label("지금의 문제").fill(PROBLEM)
    page.evaluate(f"""() => {{
        const key = Object.keys(localStorage).find((one) => one.startsWith("{KEY}"));
        const kept = JSON.parse(localStorage.getItem(key));
        kept.begun -= 7 * 86400000;
        localStorage.setItem(key, JSON.stringify(kept));
    }}""")
    begin(page)
    assert page.locator("[data-writing]").is_hidden()
    assert kept(page) is None
    assert Writing.objects.count() == 3


def test_p2_what_was_typed_before_the_script_came_is_kept_too(page: Any) -> None:
    held: list[Any] = []
    page.route("**/writing*.js", lambda route: held.append(route))
    page.goto(reverse("proposals:start"))
    page.get_by_role("button", name="쓰기 시작").click()
    page.get_by_label("지금의 문제").fill(PROBLEM)
    assert kept(page) is None
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    assert kept(page)["texts"]["problem"] == PROBLEM


def test_p2_of_two_written_in_two_tabs_neither_is_lost(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page)
    page.get_by_label("지금의 문제").fill(PROBLEM)
    other = page.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    begin(other)
    other.get_by_label("제목").fill("버스 정류장에 그늘막")
    other.get_by_label("지금의 문제").fill("여름에 너무 덥습니다.")
    page.get_by_label("제목").fill("공원 화장실에 비상벨 설치")  # and back again
    texts = [one["texts"] for one in all_kept(page)]
    assert [one["problem"] for one in texts] == ["여름에 너무 덥습니다.", PROBLEM]
    assert [one["title"] for one in texts] == ["버스 정류장에 그늘막", "공원 화장실에 비상벨 설치"]
    # one is sent, the other stays and is offered back by its name
    other.get_by_text("안전·도시").click()
    on(other, "어떻게 바꿀까요")
    other.get_by_label("이렇게 바꾸고 싶어요").fill("그늘막을 쳐 주세요.")
    on(other, "비슷한 제안이 있는지 보세요")
    on(other, "누가 제안하나요")
    other.locator("[name=name]").fill("김구민")
    other.locator("[name=phone]").fill("010-0000-0000")
    for box in other.locator("[name=consents]").all():
        box.check(force=True)
    other.get_by_role("button", name="제안 보내기").last.click()
    other.get_by_text("제안이 접수되었습니다").first.wait_for()
    other.wait_for_function("localStorage.length === 1")
    assert kept(page)["texts"]["problem"] == PROBLEM
    begin(other)
    assert other.locator("[data-writing-name]").all_inner_texts() == ["공원 화장실에 비상벨 설치"]
    other.get_by_role("button", name="쓰던 글 불러오기").click()
    assert other.get_by_label("지금의 문제").input_value() == PROBLEM


def test_p2_the_browser_keeps_a_few_and_offers_each(page: Any) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    for number in range(7):
        begin(page)
        page.get_by_label("지금의 문제").fill(f"문제 {number}")
    assert [one["texts"]["problem"] for one in all_kept(page)] == [f"문제 {number}" for number in range(2, 7)]
    begin(page)
    assert page.locator("[data-writing-name]").all_inner_texts() == [f"문제 {n}" for n in (6, 5, 4, 3, 2)]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert problems_of(page) == []
    page.get_by_role("button", name="쓰던 글 지우기").nth(1).click()
    assert page.locator("[data-writing-name]").all_inner_texts() == [f"문제 {n}" for n in (6, 4, 3, 2)]
    page.get_by_role("button", name="쓰던 글 불러오기").nth(2).click()
    assert page.get_by_label("지금의 문제").input_value() == "문제 3"
    assert page.locator("[data-writing]").is_hidden()
    assert sorted(one["texts"]["problem"] for one in all_kept(page)) == [
        "문제 2",
        "문제 3",
        "문제 4",
        "문제 6",
    ]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_p2_several_propose_together_on_a_small_phone(
    browser: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    context = browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        java_script_enabled=script,
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    begin(page)
    page.get_by_label("제목").fill("공원 화장실에 비상벨 설치")
    page.get_by_text("안전·도시").click()
    page.get_by_label("지금의 문제").fill(PROBLEM)
    on(page, "어떻게 바꿀까요")
    page.get_by_label("이렇게 바꾸고 싶어요").fill("칸마다 비상벨을 달아 주세요.")
    on(page, "비슷한 제안이 있는지 보세요")
    on(page, "누가 제안하나요")
    page.locator("[name=name]").fill("김구민")
    page.locator("[name=phone]").fill("010-0000-0000")
    for number in (1, 2):
        page.get_by_role("button", name="함께 제안하는 사람 추가").click()
        page.locator(f"[name=other{number}-name]").fill(f"이은구{number}")
        page.locator(f"[name=other{number}-share]").fill("30")
    page.get_by_role("button", name="사람 1 빼기").click()
    assert page.locator("[name=other1-name]").input_value() == "이은구2"
    page.locator("[name=other1-share]").fill("50")
    page.locator("[name=other1-share]").press("Enter")  # sends, and takes nobody out
    page.get_by_text("입력한 내용을 확인해 주세요.").wait_for()
    assert page.locator("[name=other1-name]").input_value() == "이은구2"
    if script:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert problems_of(page) == []
    for box in page.locator("[name=consents], [name=together-agreed]").all():
        box.check(force=True)
    page.get_by_label("주 제안자").select_option("이은구2")
    page.get_by_role("button", name="제안 보내기").click()
    page.get_by_text("제안이 접수되었습니다").first.wait_for()
    context.close()
    assert list(Proposer.objects.values_list("name", "share")) == [("이은구2", 50), ("김구민", 50)]
