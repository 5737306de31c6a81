"""E3 in real browsers: a judge by keyboard, one without script, a resident on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from core import roomcode
from evaluations.models import Entry, Judge, Mark, Sheet
from evaluations.services import slips, stages
from tests import factories as make
from tests.evaluations import made

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def marks_of(judge: Judge) -> list[list[int]]:
    rows = Sheet.objects.filter(judge=judge).order_by("entry__number")
    return [[int(mark.value) for mark in row.marks.order_by("criterion__order")] for row in rows]


def test_e3_a_judge_signs_and_scores_by_keyboard_on_a_tablet(person: Callable[..., Any]) -> None:
    user = make.UserFactory(name="심사자")
    stage = made.opened([user], entries=3)
    judge = Judge.objects.get()
    page = person(user, width=820)
    page.goto(judge.get_absolute_url())
    page.get_by_text("위 내용을 읽었고 서약합니다.").click()
    page.get_by_role("button", name="서약하고 시작").click()
    page.get_by_text("아직 배정된 것이 없습니다.").wait_for()
    stages.start(stage, actor=make.planner())
    page.goto(judge.get_absolute_url())
    page.get_by_role("link", name="이어서 채점하기").click()
    for number, (first, second) in enumerate(((8, 7), (9, 0), (3, 5)), start=1):
        page.get_by_text(f"{number} / 3").wait_for()
        page.locator(".criterion.is-current").wait_for()
        page.keyboard.press(f"Digit{first}")
        page.keyboard.press(f"Digit{second}")
        page.locator(".mark-saved").nth(1).wait_for()
        page.get_by_role("button", name="채점 완료").click()
    page.get_by_text("배정된 것을 모두 채점했습니다.").wait_for()
    assert marks_of(judge) == [[8, 7], [9, 10], [3, 5]]


def test_e3_a_judge_scores_without_script(plain: Callable[..., Any]) -> None:
    user = make.UserFactory()
    made.scoring([user], entries=1)
    page = plain(user)
    page.goto(Sheet.objects.get().get_absolute_url())
    for group in page.locator(".criterion").all():
        group.locator("input[value='6']").check(force=True)
    page.get_by_role("button", name="채점 완료").click()
    page.get_by_text("배정된 것을 모두 채점했습니다.").wait_for()
    assert marks_of(Judge.objects.get()) == [[6, 6]]


def test_e3_a_resident_scores_the_finalists_on_a_phone(browser: Any, live_server: Any) -> None:
    stage = made.opened([], body="residents", entries=2)
    ((_number, code),) = slips.make(stage, 1, actor=make.planner())
    stages.start(stage, actor=make.planner())
    context = browser.new_context(
        base_url=live_server.url, locale="ko-KR", viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(reverse("evaluations:ballot_enter"))
    page.get_by_label("쪽지 번호").fill(code)
    page.get_by_label("화면의 숫자 6자리").fill(roomcode.shown(slips.room(stage)))
    page.get_by_role("button", name="시작").click()
    page.get_by_role("button", name="채점 보내기").wait_for()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for group in page.locator(".criterion").all():
        group.locator("input[value='7']").check(force=True)
    page.get_by_role("button", name="채점 보내기").click()
    page.get_by_text("채점을 마쳤습니다. 고맙습니다.").wait_for()
    assert Mark.objects.filter(value=7).count() == Entry.objects.count() * 2
    context.close()
