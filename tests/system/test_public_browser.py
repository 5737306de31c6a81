"""Pages for citizens in a real browser: what comes with the first one, and whether small screens hold them."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from core import passes
from core.context_processors import CONTRAST_COOKIE
from core.navigation import MENUS, MenuItem
from core.now import now
from organization.services.passwords import INVITATION
from proposals.models import Proposal
from tests import services
from tests.system.test_browser import AXE, problems_of
from tests.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OWN, WITH_FONTS = 100_000, 250_000  # bytes that come with the first page
MENU = ("제안하기", "제안 찾기", "내 제안 보기", "이용 안내")
# As long and as varied as a proposal with its answer.
STORY = """
우리 아파트 앞 버스정류장은 여름이면 햇볕이 그대로 내리쬐어 어르신들이 그늘을 찾아 건너편 가게 처마 밑에서
기다리십니다. 작년 칠월에는 한 분이 쓰러지셔서 구급차가 왔습니다. 정류장마다 큰 차양을 세우기 어렵다면,
덩굴이 자라는 얇은 벽을 세우고 빗물을 모아 물을 주면 어떨까요? 겨울에는 바람막이가 되고, 벽 뒤쪽에는 동네
소식을 붙일 수 있습니다. 비슷한 것을 옆 도시에서 보았는데 온도가 삼 도쯤 낮았다고 합니다. 교통행정과에서
검토한 결과 통행량이 많은 네 곳부터 시험 삼아 설치하고, 관리는 주민자치회와 함께 맡기로 하였습니다. 예산은
내년 상반기 추가경정예산에 반영하며, 효과를 재어 늘릴지 정합니다. 좋은 생각을 나누어 주셔서 고맙습니다.
"""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('header a, header button, footer a, .krds-btn, .krds-input')]
    .filter(e => e.offsetParent && (e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44))
    .map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("first", ["/login/", "/proposals/"])
def test_first_public_page_is_light(browser: Any, office: services.Office, first: str) -> None:
    """As production serves it: collected, compressed, and with nothing in the browser's cache."""
    office.manage("collectstatic", "--noinput", "-v0")
    context = browser.new_context(
        base_url=office.web(), locale="ko-KR", viewport={"width": 390, "height": 844}
    )
    page, came, kinds = context.new_page(), Counter[str](), {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: came.update({kinds[event["requestId"]]: event["encodedDataLength"]}),
    )
    page.goto(first)
    page.evaluate(
        """text => { const main = document.querySelector('main'), bold = document.createElement('h2');
        bold.textContent = text.slice(0, 120); main.append(bold, text); }""",
        STORY,
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "document.fonts.status === 'loaded' && document.fonts.check('16px \"Changui Sans\"')"
    )
    page.wait_for_load_state("networkidle")
    context.close()
    assert {"Document", "Stylesheet", "Script", "Font"} <= came.keys()
    assert sum(came.values()) - came["Font"] <= OWN, came
    assert sum(came.values()) <= WITH_FONTS, came


@pytest.fixture
def menu() -> Iterator[None]:
    items = [MenuItem(str(n), label, "attribution", order=n) for n, label in enumerate(MENU)]
    with MENUS["public"].only(*items):
        yield


def pages(world: World) -> list[str]:
    """The log-in, what is open to all, what a link opens, a link that opens nothing, an error."""
    token, tomorrow = world.tokens["bearer"], now() + timedelta(days=1)
    answer = f"{passes.page_of(passes.bearer_of(token))}answer/"
    person = world.people["stranger"]
    _held, invited = passes.issue(person, kind=INVITATION, label="초대", until=tomorrow, actor=person)
    links = [passes.path_of(token), answer, passes.path_of(invited), "/p/nothing/"]
    return ["/login/", "/attribution/", *links, "/healthz/nothing/", *of_proposals(world)]


def of_proposals(world: World) -> list[str]:
    """What everybody reads, what is being written, what its proposer reads."""
    open_to_all = [
        reverse(f"proposals:{name}") for name in ("home", "guide", "find", "calls", "start", "lookup")
    ]
    open_to_all += [reverse("proposals:call", args=[world.ids["call"]])]
    writing, own = (passes.path_of(world.tokens[name]) for name in ("writer", "proposer"))
    place = reverse("proposals:writing", args=[world.ids["writing"]])
    mine = reverse("proposals:mine", args=[world.ids["proposal"]])
    steps = [place, *(f"{place}{number}/" for number in (2, 3, 4))]
    report = f"{public_page(world)}report/"
    following = [f"{public_page(world)}follow/", passes.path_of(world.tokens["follower"])]
    return [
        *open_to_all,
        public_page(world),
        report,
        *following,
        writing,
        *steps,
        own,
        mine,
        f"{mine}supplement/",
    ]


def public_page(world: World) -> str:
    proposal = Proposal.objects.get(pk=world.ids["proposal"])
    return reverse("proposals:public", args=[proposal.year, proposal.number])


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("language", "contrast"), [("ko", "normal"), ("en", "high")])
def test_public_pages_fit_phones_and_four_times_zoom(
    browser: Any, live_server: Any, menu: None, language: str, contrast: str, script: bool
) -> None:
    """320 px is a screen of 1280 at 400 %."""
    context = browser.new_context(base_url=live_server.url, locale="ko-KR", java_script_enabled=script)
    cookies = {"django_language": language, CONTRAST_COOKIE: contrast}
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
    if script:
        context.add_init_script(path=AXE)
    page, found = context.new_page(), {}
    for path in pages(build()):
        page.goto(path)
        for width in (1280, 390, 360, 320):
            page.set_viewport_size({"width": width, "height": 640})
            problems = problems_of(page) if script else [over] if (over := page.evaluate(OVER)) > 0 else []
            if problems := [*problems, *page.evaluate(SMALL)]:
                found[path, width] = problems
    context.close()
    assert not found


def test_without_the_window_that_asks_a_link_leads_to_the_page_that_does(page: Any) -> None:
    page.goto("/login/")
    page.evaluate("""document.querySelector('main').insertAdjacentHTML('beforeend',
        '<a href="/attribution/" data-confirm="거둘까요?" data-confirm-label="거두기">거두기</a>')""")
    page.get_by_role("link", name="거두기").click()
    page.wait_for_url("**/attribution/")
