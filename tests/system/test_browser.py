"""The main job in a real browser, by clicking from the first page; and axe on every page at both widths."""

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.test.signals import template_rendered

from basis.formats import date_short
from benchmarking.enums import CaseState, Decision
from benchmarking.models import Case, Review
from tests import factories as make
from tests.services import ROOT
from tests.test_permission_matrix import TABLE, address, addresses
from tests.world import ROLES, World, build

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOINER = "\u2060"  # between a date and its weekday, by app.js
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# All its usual rules; none of them reads style sheets themselves, which would be copied anew each time. What it says
# of all the elements that pass stays in the page.
RUN = """axe.run(document, {reporter: 'no-passes', preload: {assets: ['media']}}).then(({violations}) =>
    violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 160)}`))"""
TOO_WIDE = """[document.documentElement.scrollWidth - document.documentElement.clientWidth]
    .filter(wide => wide > 0).map(wide => `${wide} px wider than the window`)"""
WIDE, NARROW = 1440, 390


def test_b2_b3_b4_b9_r4_r5_from_intake_to_statistics(person: Callable[..., Any]) -> None:
    """Planning enters and dispatches, two departments decide, outcome, statistics and dashboard follow."""
    first, second = make.DepartmentFactory(name="교통행정과"), make.DepartmentFactory(name="복지정책과")
    reviewers = [make.UserFactory(department=d) for d in (first, second)]
    heads = [make.head_of(d) for d in (first, second)]

    planning = person(make.planner())
    planning.get_by_role("link", name="벤치마킹", exact=True).first.click()
    planning.get_by_role("link", name="사례 등록").first.click()
    planning.locator("#id_title").fill("빈 주차면을 나누어 쓰는 공유주차 앱")
    planning.get_by_label("기관 구분").select_option("local")
    planning.get_by_label("기관명").fill("○○시")
    planning.get_by_label("발굴 경로").select_option("press")
    planning.get_by_label("주요 내용").fill("거주자 우선 주차구역의 빈 시간을 앱으로 나눕니다.")
    planning.get_by_label("분야").select_option("construction")
    planning.get_by_label("예산 구분").select_option("low")
    planning.get_by_role("button", name="등록", exact=True).click()
    planning.get_by_role("heading", name="빈 주차면을 나누어 쓰는 공유주차 앱").wait_for()
    planning.get_by_role("link", name="부서에 보내기").click()
    planning.get_by_label("검토 부서").fill("교통행정과, 복지정책과")
    planning.get_by_role("button", name=re.compile("보내기")).click()
    planning.get_by_text("부서 2곳에 보냈습니다.").wait_for()
    case = Case.objects.get()

    for head, reviewer in zip(heads, reviewers, strict=True):
        boss = person(head)
        boss.get_by_role("link", name=re.compile("검토자 지정하기")).click()
        boss.get_by_role("button", name=f"{reviewer.full_label} 지정").click()
        boss.get_by_text("검토자가 지정되었습니다.").wait_for()

    for reviewer, head, choice in zip(reviewers, heads, ("도입", "현행유지"), strict=True):
        review = Review.objects.select_related("clock").get(reviewer=reviewer)
        desk = person(reviewer)
        row = desk.locator(".todo li").first
        assert "검토하기" in row.inner_text()
        due = date_short(review.clock.due)
        row.get_by_text(due.replace("(", f"{JOINER}(")).wait_for()  # once app.js keeps it on one line
        row.get_by_role("link").click()
        assert "+ 14일" in desk.locator(".arithmetic").inner_text()
        desk.get_by_role("radio", name=re.compile(f"^{choice}")).check(force=True)
        desk.get_by_label("검토 의견").fill("주민에게 도움이 됩니다.")
        if choice == "도입":
            desk.get_by_label("추진 내용").fill("두 곳에서 먼저 해 봅니다.")
            desk.get_by_label("시행 예정일").fill("2030-03-04")
            desk.get_by_label("소요 예산").fill("3000000")
        desk.get_by_role("button", name="제출 전 확인").click()
        desk.get_by_text(f"확인할 사람: {head.full_label}").wait_for()
        desk.get_by_role("button", name="고쳐 쓰기").click()
        assert desk.get_by_label("검토 의견").input_value() == "주민에게 도움이 됩니다."
        desk.get_by_role("button", name="제출 전 확인").click()
        desk.get_by_role("button", name="검토 결과 제출").click()
        desk.get_by_text("검토 결과가 제출되었습니다.").wait_for()
        boss = person(head)
        boss.get_by_role("link", name=re.compile("확인하기")).click()
        boss.get_by_role("button", name="검토 결과 확인").click()
        boss.get_by_text("검토 결과가 확정되어").wait_for()

    case.refresh_from_db()
    assert (case.state, case.outcome) == (CaseState.DECIDED, Decision.ADOPT)
    planning.goto("/")
    planning.get_by_role("link", name="보고·통계").first.click()
    year = planning.locator("table").first.get_by_role("row", name=re.compile(f"^{case.year}년"))
    year.wait_for()  # all_inner_texts() takes what is there and does not wait
    figures = [cell.strip() for cell in year.get_by_role("cell").all_inner_texts()]
    assert figures[:2] == ["1", "1"], "합계 1, 도입 1"
    planning.get_by_role("link", name="현황판").first.click()
    planning.get_by_role("heading", name="현황판").wait_for()
    assert "100.0%" in planning.locator(".figures").first.inner_text()


def test_a_review_is_done_with_the_keyboard_alone(person: Callable[..., Any]) -> None:
    review = make.ReviewFactory()
    desk = person(make.head(review))
    reach(desk, "검토자 지정하기")
    desk.keyboard.press("Enter")
    desk.locator("input[name=decision]").first.wait_for(state="attached")
    tab_to(desk, lambda: desk.evaluate("document.activeElement.name") == "decision")
    while desk.evaluate("document.activeElement.value") != "keep":
        desk.keyboard.press("ArrowDown")
    tab_to(desk, lambda: desk.evaluate("document.activeElement.name") == "reason")
    desk.keyboard.type("지금 방식으로 충분합니다.")
    reach(desk, "제출 전 확인")
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", name="제출 전 확인").wait_for()
    reach(desk, "검토 결과 제출")
    desk.keyboard.press("Enter")
    desk.get_by_text("검토 결과가 제출되었습니다.").wait_for()
    review.refresh_from_db()
    assert review.decision == Decision.KEEP


def tab_to(page: Any, there: Callable[[], bool], most: int = 120) -> None:
    for _step in range(most):
        page.keyboard.press("Tab")
        if there():
            return
    raise AssertionError("the keyboard does not get there")


def reach(page: Any, text: str) -> None:
    """Tab until the focused element says this."""
    tab_to(page, lambda: text in (page.evaluate("document.activeElement.innerText") or ""))


VIEWERS = ("planner", "admin", "auditor", "reviewer", "head")


def pages_of(world: World, role: str) -> list[tuple[str, str]]:
    """Addresses that answer this role with a page, each shown by the first role that may see it."""
    place, earlier = ROLES.index(role), [ROLES.index(r) for r in VIEWERS[: VIEWERS.index(role)]]
    # files, and parts of pages that htmx asks for
    skipped = {
        "attachment",
        "small_picture",
        "healthz",
        "calendars:feed",
        "healthz_pages",
        "import_template",
        "import_export",
        "import_returned",
        "incentives:indicators_excel",
        "dashboard_incentives",
        "reports:document",
        "reports:progress",
        "benchmarking:due",
        "benchmarking:similar",
        "proposals:due",
        "robots",
        "login",
    }
    return [
        (name, address(name, pattern, world.ids))
        for name, pattern in addresses()
        if name not in skipped
        and TABLE[name][place] == "200"
        and not any(TABLE[name][p] == "200" for p in earlier)
    ]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", VIEWERS)
def test_axe_finds_nothing(context: Any, live_server: Any, role: str) -> None:
    """At both widths, each page loaded once: it is the style sheet that knows of widths. The narrow one is gone through
    for the first of the pages made of the same templates; that nothing is too wide is looked at on all."""
    world = build()
    user = world.people[role]
    assert user
    client = Client()
    client.force_login(user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    context.add_init_script(path=AXE)
    page = context.new_page()
    found, seen = {}, set[frozenset[str]]()
    for name, url in [*pages_of(world, role), *([("login", "/login/")] if role == "planner" else [])]:
        with drawing() as templates:
            page.goto(url)
        made_of = frozenset(templates)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            problems = page.evaluate(TOO_WIDE)
            if width == WIDE or made_of not in seen:
                problems += page.evaluate(RUN)
            if problems:
                found[name, width] = problems
        seen.add(made_of)
    assert not found
    assert frozenset() not in seen, "the templates of a page were not seen"


@contextmanager
def drawing() -> Iterator[set[str]]:
    """The names of the templates that the live server draws inside."""
    names = set[str]()

    def drawn(template: Any, **_more: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(drawn)
    try:
        yield names
    finally:
        template_rendered.disconnect(drawn)


def problems_of(page: Any) -> list[str]:
    return [*page.evaluate(RUN), *page.evaluate(TOO_WIDE)]


def test_back_from_a_row_of_a_filtered_list_gives_the_whole_page(person: Callable[..., Any]) -> None:
    """The filter has fetched a part of the page from the same address."""
    make.CaseFactory(title="골목길 물청소차")
    make.CaseFactory(title="공유주차 앱")
    desk = person(make.planner())
    desk.goto("/benchmarking/")
    desk.get_by_label("검색어").first.fill("물청소")
    with desk.expect_response(re.compile("q=")) as part:
        desk.get_by_label("검색어").first.press("Enter")
    assert "<header" not in part.value.text()
    desk.get_by_role("link", name="공유주차 앱").wait_for(state="detached")
    desk.get_by_role("link", name="골목길 물청소차").click()
    desk.get_by_role("heading", name="골목길 물청소차").wait_for()
    desk.go_back()
    desk.get_by_role("link", name="골목길 물청소차").wait_for()
    assert desk.locator("#krds-header").count() == 1
    assert desk.evaluate("document.styleSheets.length") > 0


def texts_of_pages(pdf: bytes) -> list[int]:
    """How many pieces of text each page of Chromium's paper has."""
    streams = {
        number: zlib.decompress(body)
        for number, body in re.findall(
            rb"(\d+) 0 obj\n<<[^>]*FlateDecode[^>]*>> stream\n(.*?)\nendstream", pdf, re.S
        )
    }
    contents = re.findall(rb"/Type /Page\n.*?/Contents (\d+) 0 R", pdf, re.S)
    return [streams[number].count(b"Tj") + streams[number].count(b"TJ") for number in contents]


def test_on_paper_long_things_break_and_nothing_is_pushed_off(person: Callable[..., Any]) -> None:
    make.CaseFactory(title="가나다라마바사아자차카타파하" * 10)
    case = make.CaseFactory(title="긴 사례", summary="긴 내용입니다.\n\n" * 100)
    desk = person(make.planner())
    desk.goto(case.get_absolute_url())
    desk.wait_for_load_state("networkidle")
    first, second, *_rest = texts_of_pages(desk.pdf(format="A4"))
    assert first > second / 2, "the first page is all but blank"
    desk.goto("/benchmarking/")
    desk.set_viewport_size({"width": 794, "height": 1123})  # A4
    desk.emulate_media(media="print")
    wrap = desk.locator(".list-table").bounding_box()
    for cell in desk.locator(".list-table thead th").all():
        box = cell.bounding_box()
        assert box is None or box["x"] + box["width"] <= wrap["x"] + wrap["width"] + 1, cell.inner_text()
