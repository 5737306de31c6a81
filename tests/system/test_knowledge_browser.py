"""The knowledge board in a real browser, by clicking from the first page: a post's life with a wrong passage answered
and a hand-over after a move (K2, K6); a question to its best answer (K1); registration days (K4); a quarter's
ranking that leaves out who has no proposal (M5)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from basis.periods import PeriodKind, containing
from core.now import pretend, today
from knowledge.models import Campaign, Post
from knowledge.services import campaigns, looking
from mileage.models import Account, Ranking
from organization.models import User
from proposals.services import receiving
from tests import factories as make
from tests.knowledge import made
from tests.proposals import made as ideas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUARTER = PeriodKind.QUARTER
TITLE = "주정차 과태료 의견 진술 처리 순서"
PASSAGE = "결과는 사흘 안에 문자로 알린다"


def fill(page: Any, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"main [name={name}]").fill(value)


def press(page: Any, name: str) -> None:
    """The link or button of this name in the page."""
    main = page.locator("main")
    main.get_by_role("link", name=name, exact=True).or_(
        main.get_by_role("button", name=name, exact=True)
    ).first.click()


def todo(page: Any, verb: str) -> None:
    """What the first page asks for."""
    page.goto("/")
    page.get_by_role("link", name=re.compile(verb)).first.click()


def board(page: Any, entry: str = "") -> Any:
    """By the menu; `entry` is one of the side's."""
    page.goto("/")
    page.get_by_role("link", name="지식나눔", exact=True).first.click()
    page.get_by_role("heading", name="지식나눔", level=1).wait_for()
    if entry:
        page.get_by_role("link", name=entry, exact=True).first.click()
    return page


def points(user: User) -> int:
    found = Account.objects.filter(user=user, scheme="knowledge").first()
    return found.balance if found else 0


def written(page: Any, title: str = TITLE, text: str = made.TEXT) -> None:
    press(board(page), "지식 쓰기")
    fill(page, title=title, text=text, tags="주차 과태료")
    press(page, "저장하고 확인하기")
    page.get_by_text("저장했습니다. 내용을 확인한 뒤").wait_for()
    press(page, "승인 요청")
    page.get_by_text("승인을 요청했습니다.").first.wait_for()


def test_k2_k6_a_post_from_the_draft_to_its_next_owner(person: Callable[..., Any]) -> None:
    writer, reader, heir = made.staff(), made.staff(), made.staff()
    office, desk, other = person(writer), person(make.planner()), person(reader)
    written(office)

    todo(desk, "지식 승인하기")
    press(desk, "보완 요청")
    fill(desk, reason="근거 조항을 적어 주세요.")
    press(desk, "보완 요청")
    desk.get_by_text("보완을 요청했습니다.").wait_for()
    todo(office, "지식 이어 쓰기")
    office.get_by_text("근거 조항을 적어 주세요.").first.wait_for()
    press(office, "고치기")
    fill(office, text=f"{made.TEXT} 근거는 도로교통법 제160조이다.")
    press(office, "저장")
    press(office, "승인 요청")
    office.get_by_text("승인을 요청했습니다.").first.wait_for()
    todo(desk, "지식 승인하기")
    press(desk, "지식 승인")
    press(desk, "지식 승인")
    desk.get_by_text("지식나눔에 게시되었습니다.").wait_for()
    assert points(writer) == 500

    board(other).get_by_role("link", name=TITLE).first.click()
    other.get_by_role("heading", name=TITLE, level=1).wait_for()
    press(other, "읽었습니다")
    other.get_by_text("읽은 지식입니다.").wait_for()
    assert points(reader) == 50
    fill(other, text="사전 통지를 먼저 보내는 순서도 함께 적으면 더 좋겠습니다.")
    press(other, "의견 쓰기")
    other.get_by_text("추가의견 1건").wait_for()
    other.locator("main").get_by_text("★ 5").click()
    press(other, "평가하기")
    other.get_by_text("1명 평가").wait_for()
    press(other, "잘못 알림")
    fill(other, passage="없는 대목", remark="닷새로 바뀌었습니다.")
    press(other, "담당자에게 알리기")
    other.get_by_text("이 글에 없는 대목입니다.").first.wait_for()
    assert other.locator("main [name=remark]").input_value() == "닷새로 바뀌었습니다."
    fill(other, passage=PASSAGE)
    press(other, "담당자에게 알리기")
    other.get_by_text("알렸습니다. 담당자가 답하면").wait_for()

    todo(office, "잘못 알림에 답하기")
    press(office, "잘못 인정")
    fill(office, reason="고치겠습니다.")
    press(office, "잘못 인정")
    office.get_by_text("다시 확인할 때가 된 지식입니다.").wait_for()
    assert points(reader) == 550  # the reading and what was wrong; the opinion has to stand a day
    press(office, "고치기")
    text = office.locator("main [name=text]")
    text.fill(text.input_value().replace("사흘", "닷새"))
    fill(office, note="통보 기한이 바뀜")
    press(office, "저장")
    press(office, "바뀐 내용 보기")
    office.locator("ins", has_text="닷새").first.wait_for()

    make.moved(writer, make.DepartmentFactory())
    looking.note_moves(today())
    todo(office, "맡은 지식 인계하기")
    fill(office, to=heir.employee_number)
    press(office, "인계하기")
    office.get_by_text("지식 1건을 인계했습니다.").wait_for()
    assert Post.objects.get().owner == heir


def test_k1_a_question_to_its_best_answer(person: Callable[..., Any]) -> None:
    keeper, asker = made.staff(), made.staff()
    made.field("교통", keeper=keeper)
    office, helper, desk = person(asker), person(keeper), person(make.planner())

    press(board(office), "물어보기")
    fill(office, title="이중주차 과태료는 누구에게 부과하나요?", text="민원이 자주 옵니다.")
    office.locator("main [name=field]").select_option(label="교통")
    press(office, "질문 올리기")
    office.get_by_text("질문을 올렸습니다.").wait_for()
    todo(helper, "질문에 답하기")
    press(helper, "답하기")
    fill(helper, text="차 주인에게 부과한다. 사전 통지를 먼저 보낸다.")
    press(helper, "답하기")
    helper.get_by_text("답을 달았습니다.").wait_for()
    todo(office, "가장 좋은 답 고르기")
    press(office, "이 답 고르기")
    press(office, "이 답 고르기")
    office.get_by_text("지식으로 등록되어 승인을 기다립니다.").first.wait_for()
    todo(desk, "지식 승인하기")
    press(desk, "지식 승인")
    press(desk, "지식 승인")
    desk.get_by_text("지식나눔에 게시되었습니다.").wait_for()
    assert (points(keeper), points(asker)) == (500, 0)


def test_k4_registration_days(person: Callable[..., Any]) -> None:
    day = today()
    campaign = Campaign.objects.create(
        month=f"{day:%Y}-M03", title="봄 지식등록의 날", begins_on=day, ends_on=day + dt.timedelta(days=9)
    )
    assert campaigns.move(day) >= 1
    writer = made.staff()
    office, desk = person(writer), person(make.planner())
    board(office).get_by_role("link", name="봄 지식등록의 날").first.click()
    office.get_by_text("D-9").first.wait_for()
    office.get_by_text("아직 올린 지식이 없습니다.").wait_for()
    written(office)
    board(desk, "지식등록의 날")
    desk.get_by_role("link", name="봄 지식등록의 날").first.click()
    row = desk.locator("tr", has_text=writer.department.name)
    assert row.locator("td").first.inner_text() == "1"
    row.get_by_role("link").click()
    desk.get_by_role("link", name=TITLE).first.wait_for()
    press(desk.goto(reverse("knowledge:campaign", args=[campaign.pk])) and desk, "고치기")
    fill(desk, ends_on=(day + dt.timedelta(days=20)).isoformat())
    press(desk, "저장")
    desk.get_by_text("D-20").first.wait_for()


def test_m5_the_quarters_ranking_leaves_out_who_has_no_proposal(person: Callable[..., Any]) -> None:
    last = containing(
        today().replace(month=(today().month - 1) // 3 * 3 + 1, day=1) - dt.timedelta(days=1), QUARTER
    )
    idle, keen = made.staff(), made.staff()
    with pretend(last.end - dt.timedelta(days=3)):
        receiving.propose(ideas.CONTENT, [{"user": keen}], actor=keen)
        for text in (
            "당직은 두 사람이 선다",
            "대형폐기물은 스티커를 산다",
            "여권 사진은 여섯 달 안의 것이다",
        ):
            made.standing(idle, title=text, text=f"{text}. " * 2)
        made.standing(keen, title="전입 신고", text="신분증을 본다")
    assert points(idle) > points(keen)
    desk = person(make.planner())
    desk.goto(reverse("mileage:ranking_new"))
    desk.locator("main [name=which]").select_option(value=f"creative_king:{last.key}")
    press(desk, "초안 만들기")
    row = desk.locator("tr", has_text=idle.name)
    row.get_by_text("제안 미제출").wait_for()
    press(desk, "순위 확정")
    press(desk, "순위 확정")
    desk.get_by_text("확정").first.wait_for()
    ranking = Ranking.objects.get()
    assert ranking.state == "confirmed"
    winners = ranking.rows.filter(wins=True).values_list("user", flat=True)
    assert keen.pk in winners
    assert idle.pk not in winners
