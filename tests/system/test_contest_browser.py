"""A citizens' contest in real browsers, from the pledge to the certificates (P9, E3, E4, E7, A5)."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any

import pytest
from django.urls import reverse

from awards.models import Award
from core import passes
from core.now import now, today
from evaluations.models import Conflict, Entry, Judge, Result, Round, Sheet, Stage
from letters.models import Letter
from proposals.enums import CallKind
from tests import factories as make
from tests.asked import second_planner
from tests.evaluations import made
from tests.evaluations.results import money, second
from tests.proposals.finals import contest, prepared
from tests.proposals.made import called, sent

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.django_db(transaction=True),
]
TABLET = 820
JUDGES = 7
Open = Callable[..., Any]


class Day:
    """Those who take part, each at a page of their own."""

    def __init__(self, person: Open, plain: Open, visitor: Any) -> None:
        self.person, self.plain, self.visitor = person, plain, visitor
        call = called(kind=CallKind.CONTEST, audience="citizens")
        proposal, self.token = sent(call=call, title="골목마다 쉬어 갈 의자")
        call, _others = contest(proposal)
        self.runs = make.planner()
        self.panel = [made.outsider(name=f"위원{number}") for number in range(1, JUDGES + 1)]
        self.round = prepared(call, self.panel, run_by=self.runs)
        self.presentation, self.residents = self.round.stages.filter(order__gt=2).order_by("order")
        self.own = Entry.objects.get(round=self.round, object_id=proposal.pk)
        self.planner = person(self.runs)
        money()

    def step(self, thing: Any, button: str) -> None:
        """Press a button of the thing's page, and what asks whether it is meant."""
        self.pressed(self.planner, thing.get_absolute_url(), button)

    def pressed(self, page: Any, url: str, button: str) -> None:
        page.goto(url)
        page.get_by_role("link", name=button, exact=True).or_(
            page.get_by_role("button", name=button, exact=True)
        ).first.click()
        sure(page, button)


def sure(page: Any, button: str) -> None:
    """The dialog, or the page, that asks once more."""
    asked = page.locator("dialog[open], .modal.in, main").get_by_role("button", name=button, exact=True)
    asked.last.click()
    page.wait_for_load_state("networkidle")


@pytest.fixture
def day(person: Open, plain: Open, browser: Any, live_server: Any) -> Iterator[Day]:
    context = browser.new_context(
        base_url=live_server.url, locale="ko-KR", viewport={"width": 360, "height": 740}
    )
    yield Day(person, plain, context)
    context.close()


def sign(page: Any, judge: Judge, day: Day, *, related: bool = False) -> None:
    """Names alone are read before; nothing of what the entries say."""
    page.goto(judge.get_absolute_url())
    page.get_by_role("heading", name="심사 서약").wait_for()
    assert "김구민" in page.inner_text("main")
    assert day.own.title not in page.content()
    assert "밤에 공원 화장실" not in page.content()
    if related:
        line = page.locator("tbody tr").nth(2)
        line.locator("select").select_option(index=1)
        line.locator("input[type=text]").fill("조카입니다.")
    page.locator("label[for=agreed]").click()
    page.get_by_role("button", name="서약하고 시작").click()
    page.get_by_text("아직 배정된 것이 없습니다.").wait_for()


def turn(page: Any, number: int, values: Sequence[int]) -> None:
    """The page of this sheet has come: `all()` takes what is there and does not wait."""
    page.get_by_text(f"{number} / {len(values)}").wait_for()
    page.locator(".criterion").nth(4).wait_for()


def by_finger(page: Any, values: Sequence[int]) -> None:
    for number, value in enumerate(values, start=1):
        turn(page, number, values)
        for group in page.locator(".criterion").all():
            group.locator("label", has_text=re.compile(rf"^\s*{value}\s*$")).click()
        page.locator(".mark-saved").nth(4).wait_for()
        page.get_by_role("button", name="채점 완료").click()


def by_keyboard(page: Any, values: Sequence[int]) -> None:
    for number, value in enumerate(values, start=1):
        turn(page, number, values)
        page.locator(".criterion.is-current").wait_for()
        for _criterion in range(5):
            page.keyboard.press(f"Digit{value % 10}")
        page.locator(".mark-saved").nth(4).wait_for()
        page.get_by_role("button", name="채점 완료").click()


def without_script(page: Any, values: Sequence[int]) -> None:
    for number, value in enumerate(values, start=1):
        turn(page, number, values)
        for group in page.locator(".criterion").all():
            group.locator(f"input[value='{value}']").check(force=True)
        page.get_by_role("button", name="채점 완료").click()


def on_paper(day: Day, judge: Judge, values: Sequence[int]) -> None:
    """Typed by two, the first sheet differently at first."""
    other = day.person(second_planner())
    place = f"{reverse('evaluations:stage_paper', args=[day.presentation.pk])}?judge={judge.pk}"
    sheets = list(Sheet.objects.filter(judge=judge).select_related("entry").order_by("entry__number"))
    for number, (sheet, value) in enumerate(zip(sheets, values, strict=True)):
        turns = [(day.planner, value), (other, value)]
        if number == 0:
            turns = [(day.planner, value), (other, 1), *turns]
        for page, typed in turns:
            page.goto(place)
            page.get_by_role("link", name=str(sheet.entry)).click()
            page.locator("form.typing input[type=text]").nth(4).wait_for()
            for field in page.locator("form.typing input[type=text]").all():
                field.fill(str(typed))
            page.get_by_role("button", name="입력", exact=True).click()
            page.wait_for_url(f"**{place}")
        if number == 0:
            assert sheet.typings.count() == 0 or Sheet.objects.get(pk=sheet.pk).state == "done"


def residents(day: Day) -> None:
    """Slips printed once, the number on the wall, a ballot on the phone."""
    day.planner.goto(day.residents.get_absolute_url())
    day.planner.get_by_role("link", name="쪽지 만들기").click()
    day.planner.get_by_label("쪽지 수(장)").fill("2")
    day.planner.get_by_role("button", name="쪽지 만들기").click()
    day.planner.locator(".slip-code").nth(1).wait_for()
    codes = day.planner.locator(".slip-code").all_inner_texts()
    assert len(codes) == 2
    day.step(day.residents, "배정하고 채점 시작")
    for code, value in zip(codes, (9, 7), strict=True):
        day.planner.goto(reverse("evaluations:stage_wall", args=[day.residents.pk]))
        wall = day.planner.locator(".wall-code").inner_text()
        phone = day.visitor.new_page()
        phone.goto(reverse("evaluations:ballot_enter"))
        phone.get_by_label("쪽지 번호").fill(code)
        phone.get_by_label("화면의 숫자 6자리").fill(wall)
        phone.get_by_role("button", name="시작").click()
        phone.locator(".criterion").first.wait_for()
        for group in phone.locator(".criterion").all():
            group.locator(f"input[value='{value}']").check(force=True)
        phone.get_by_role("button", name="채점 보내기").click()
        phone.get_by_text("채점을 마쳤습니다. 고맙습니다.").wait_for()
        phone.close()


def meet(day: Day, head: Any) -> None:
    """The committee resolves; another than who wrote confirms the minutes."""
    panel = day.presentation.panel
    assert panel is not None
    page = day.planner
    page.goto(panel.get_absolute_url())
    page.get_by_role("link", name="회의 잡기").click()
    page.locator("[name=held_on]").fill(today().isoformat())
    page.locator("[name=begins_at]").fill("00:01")
    page.get_by_label("장소").fill("3층 회의실")
    page.get_by_label("결과 심의", exact=False).check(force=True)
    page.locator("main form button.primary").click()
    page.get_by_role("heading", name="안건").wait_for()
    session = panel.sessions.get()
    page.get_by_role("link", name="회의록 작성").first.click()
    page.locator("[name$=-outcome]").select_option("passed")
    page.locator("[name$=-yes]").fill(str(JUDGES))
    page.locator("[name$=-no]").fill("0")
    page.locator("[name$=-abstained]").fill("0")
    page.locator("[name$=-resolution]").fill("점수 순서대로 정한다.")
    page.locator("[name=ends_at]").fill("00:30")
    page.locator("[name=minutes]").fill("점수표를 보고 의결하였다.")
    page.get_by_role("button", name="회의록 저장").click()
    day.pressed(head, session.get_absolute_url(), "회의록 확정")
    session.refresh_from_db()
    assert session.state == "confirmed"


def test_p9_a_contest_from_the_pledge_to_the_certificates(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    judges = pledge(day)
    marks(day, judges)
    residents(day)
    day.step(day.presentation, "채점 마감")
    day.step(day.residents, "채점 마감")
    round = Round.objects.get(pk=day.round.pk)
    assert round.state == "draft"
    results = list(Result.objects.filter(entry__round=round, place__isnull=False).order_by("place"))
    assert results[0].entry == day.own
    head = day.person(second())
    meet(day, head)
    decide(day)
    objection(day, head)
    later(day, monkeypatch)
    confirm(day)


def pledge(day: Day) -> list[tuple[Any, Judge]]:
    day.step(day.presentation, "심사 요청")
    rows = Judge.objects.filter(stage=day.presentation).select_related("user").order_by("number")
    found = []
    for number, judge in enumerate(rows):
        page = day.plain(judge.user) if number == 1 else day.person(judge.user, width=TABLET)
        sign(page, judge, day, related=number == 2)
        found.append((page, judge))
    day.step(Stage.objects.get(pk=day.presentation.pk), "배정하고 채점 시작")
    return found


def marks(day: Day, judges: Sequence[tuple[Any, Judge]]) -> None:
    """By keyboard, without script, with a conflict, on paper, and by finger."""
    for number, (page, judge) in enumerate(judges):
        sheets = list(Sheet.objects.filter(judge=judge, state="open").order_by("entry__number"))
        assert len(sheets) == 6 - (number == 2)
        values = [8 - place for place in range(len(sheets))]
        if number == 3:
            on_paper(day, judge, values)
            continue
        page.goto(judge.get_absolute_url())
        page.get_by_role("link", name="이어서 채점하기").click()
        way = {0: by_keyboard, 1: without_script}.get(number, by_finger)
        way(page, values)
        page.get_by_text("배정된 것을 모두 채점했습니다.").wait_for()
        assert list(
            Sheet.objects.filter(judge=judge, state="done")
            .order_by("entry__number")
            .values_list("marks__value", flat=True)
        ) == [value for value in values for _criterion in range(5)]
    assert Conflict.objects.filter(judge__stage=day.presentation, reason="조카입니다.").count() == 1


def decide(day: Day) -> None:
    page = day.planner
    page.goto(reverse("evaluations:results", args=[day.round.pk]))
    page.get_by_role("link", name="심의 결과 기록", exact=True).click()
    page.get_by_role("button", name="의결 기록").click()
    page.get_by_text("위원회의 의결을 기록했습니다.").wait_for()
    day.pressed(page, reverse("evaluations:results", args=[day.round.pk]), "결과 예정 공개")
    assert Round.objects.get(pk=day.round.pk).state == "announced"


def objection(day: Day, head: Any) -> None:
    """The citizen asks by the private link; the head answers; nothing is confirmed before."""
    phone = day.visitor.new_page()
    phone.goto(passes.path_of(day.token))
    phone.get_by_text("왜 이 순위인가").first.wait_for()
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    phone.get_by_role("link", name="이의 신청", exact=False).first.click()
    phone.get_by_label("이의가 있는 까닭").fill("비중을 다시 보아 주세요.")
    phone.locator("main form button.primary").click()
    phone.wait_for_load_state("networkidle")
    (asked,) = day.round.objections.all()
    head.goto(asked.get_absolute_url())
    head.get_by_role("link", name="이의 받아들이지 않음", exact=True).click()
    head.locator("main textarea").fill("다시 계산하여도 같습니다.")
    head.get_by_role("button", name="이의 받아들이지 않음").click()
    head.wait_for_load_state("networkidle")
    asked.refresh_from_db()
    assert asked.state == "refused"


def later(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after the last of the objections, for the server too; people log in anew."""
    until = Round.objects.get(pk=day.round.pk).objections_until
    assert until is not None
    moment = now() + dt.timedelta(days=(until - today()).days + 1)
    monkeypatch.setattr("core.now._pretended", ContextVar("later", default=moment))
    day.planner = day.person(day.runs)


def confirm(day: Day) -> None:
    """Pressed again from a page that was open before, it gives nothing twice."""
    url = reverse("evaluations:round_confirm", args=[day.round.pk])
    head = day.person(second())
    again = head.context.new_page()
    for page in (head, again):
        page.goto(url)
        page.get_by_text("1,000,000원").first.wait_for()
    for page in (head, again):
        page.locator("main form button.primary").click()
        page.wait_for_load_state("networkidle")
    awards = Award.objects.filter(kind="구민 공모전 심사").order_by("-amount")
    assert [one.amount for one in awards] == [1_000_000, 700_000, 700_000, 500_000, 500_000, 500_000]
    assert Letter.objects.about(day.own.thing).filter(kind="proposals.awarded").count() == 1
    hand_over(day, awards[0])


def hand_over(day: Day, award: Award) -> None:
    """The list of prizes, a certificate as a file, and what was handed over with its receipt."""
    page = day.planner
    page.goto("/")
    page.get_by_role("link", name="심사·시상", exact=True).click()
    page.get_by_role("link", name="시상 대장").first.click()
    page.get_by_text(award.title).first.wait_for()
    page.goto(award.get_absolute_url())
    page.get_by_text("더 보기").click()
    with page.expect_download() as loaded:
        page.get_by_role("link", name="상장 한글(HWPX)").click()
    assert loaded.value.suggested_filename.endswith(".hwpx")
    page.goto(award.get_absolute_url())
    page.get_by_role("link", name="시상 기록", exact=True).click()
    page.get_by_label("수령", exact=False).first.fill("수령증 1")
    page.locator("main form button.primary").click()
    page.wait_for_load_state("networkidle")
    award.refresh_from_db()
    assert award.state == "handed"
