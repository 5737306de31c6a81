"""The shell: menus, side navigation, display mode, and pages that must appear whatever is broken."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path, resolve

from core import navigation
from core.context_processors import CONTRAST_COOKIE
from core.navigation import MenuItem, Side, SideItem
from core.views.pages import display

ROOT = Path(__file__).resolve().parents[2]


def page(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return HttpResponse()


def case_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


case_list.section = "benchmarking"  # type: ignore[attr-defined]  # as views have it

NAMES = "home search attribution password_change logout set_language display notices login".split()
urlpatterns = [
    *(path(f"{name}/", page, name=name) for name in NAMES),
    path("cases/", case_list, name="cases"),
    path("cases/<int:pk>/", case_list, name="case"),
    path("visits/", page, name="visits"),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _own_menus() -> Iterator[None]:
    """What the apps declare stays out of these tests."""
    with ExitStack() as stack:
        for socket in (*navigation.MENUS.values(), navigation.UNREAD, navigation.IDLE):
            stack.enter_context(socket.only())
        yield


def add(key: str, label: str, url_name: str, *, menu: str = "main", **values: Any) -> None:
    navigation.MENUS[menu].plug(MenuItem(key, label, url_name, **values))


class Person:
    """A signed-in user as far as the shell is concerned."""

    is_authenticated = True
    is_planner = False

    def __str__(self) -> str:
        return "교통행정과 주무관"


def request_for(address: str, user: Any = None, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = user or Person()
    request.COOKIES.update(cookies)
    request.session = {}  # type: ignore[assignment]  # as the test needs it
    request.resolver_match = resolve(request.path)
    return request


def shown(address: str, template: str = "base.html", **kwargs: Any) -> str:
    return render(request_for(address, **kwargs), template, {"title": "사례"}).content.decode()


def test_menu_is_ordered_and_only_what_the_user_may_see() -> None:
    add("reports", "보고·통계", "home", order=80)
    add("benchmarking", "벤치마킹", "cases", order=20)
    add("admin", "관리", "home", permission=lambda user: user.is_planner, order=90)
    links = navigation.menu("main", Person(), "benchmarking")
    assert [(link.label, link.current) for link in links] == [("벤치마킹", True), ("보고·통계", False)]


def test_side_marks_the_list_whose_conditions_fit_best() -> None:
    items = [SideItem("모두", "/cases/"), SideItem("늦음", "/cases/?late=1", 2), SideItem("체험", "/visits/")]
    add("benchmarking", "벤치마킹", "cases", side=lambda request: Side("벤치마킹", items))

    def current(address: str) -> list[str]:
        found = navigation.side(request_for(address), "benchmarking")
        assert found is not None
        return [str(item.label) for item in found.items if item.current]

    assert current("/cases/") == ["모두"]
    assert current("/cases/?late=1&page=2") == ["늦음"]
    assert current("/cases/?late=0") == ["모두"]
    assert current("/cases/7/") == ["모두"]
    assert current("/home/") == []


def test_side_falls_back_on_the_pages_of_the_menu() -> None:
    children = [MenuItem("visits", "현장체험", "visits"), MenuItem("no", "숨김", "home", lambda user: False)]
    add("benchmarking", "벤치마킹", "cases", children=children)
    found = navigation.side(request_for("/visits/"), "benchmarking")
    assert found is not None
    assert [(str(item.label), item.current) for item in found.items] == [("현장체험", True)]
    assert navigation.side(request_for("/visits/"), "unknown") is None


def test_page_has_its_section_its_side_and_the_unread_count() -> None:
    side = Side("사례 목록", [SideItem("늦음", "/cases/", 3)])
    add("benchmarking", "벤치마킹", "cases", side=lambda request: side)
    navigation.UNREAD.plug(navigation.Unread(lambda user: 5, "notices"))
    html = shown("/cases/")
    assert re.search(r'gnb-main-trigger is-link selected"\s+aria-current="true">벤치마킹', html)
    assert re.search(r'aria-current="page">\s*늦음\s*<span class="side-count">3</span>', html)
    assert re.search(r'count-pill">5<span class="sr-only">', html)
    assert "side-count" not in shown("/visits/")


def test_shell_asks_the_database_nothing(django_assert_num_queries: Any, db: None) -> None:
    add("benchmarking", "벤치마킹", "cases", children=[MenuItem("a", "가", "home")])
    with django_assert_num_queries(0):
        shown("/cases/")


def test_every_id_stands_once_and_every_reference_leads_somewhere() -> None:
    html = shown("/cases/")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'(?:\sfor|aria-labelledby|aria-describedby|data-dialog|href)="#?([\w-]+)"', html)
    assert set(wanted) <= set(ids)


def test_high_contrast_is_set_by_a_form_and_drawn_by_the_server(rf: RequestFactory) -> None:
    assert "data-krds-mode" not in shown("/cases/")
    assert 'data-krds-mode="high-contrast"' in shown("/cases/", **{CONTRAST_COOKIE: "high"})
    answer = display(rf.post("/display/", {"contrast": "high", "next": "/cases/?late=1"}))
    assert answer.cookies[CONTRAST_COOKIE].value == "high"
    assert answer["Location"] == "/cases/?late=1"
    assert display(rf.post("/display/", {"next": "//elsewhere.example"}))["Location"] == "/"


def test_masthead_only_when_the_setting_claims_it(settings: Any) -> None:
    assert "공식 전자정부 누리집" not in shown("/cases/")
    settings.KRDS_MASTHEAD = True
    assert "공식 전자정부 누리집" in shown("/cases/")


def test_breadcrumb_ends_with_this_page() -> None:
    view = SimpleNamespace(get_crumbs=lambda: [("벤치마킹", "/cases/"), ("2026-0012", None)])
    html = render(request_for("/cases/"), "base.html", {"title": "사례", "view": view}).content.decode()
    assert '<a href="/cases/" class="txt">벤치마킹</a>' in html
    assert re.search(r'aria-current="page">2026-0012</span>', html)


def test_public_shell_needs_no_account() -> None:
    add("propose", "제안하기", "cases", menu="public")
    html = shown("/home/", "base_public.html", user=SimpleNamespace(is_authenticated=False))
    assert "제안하기" in html
    assert "로그아웃" not in html


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "csrf"])
def test_error_pages_appear_without_any_context(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert '<main id="main"' in html
    assert "krds-btn" in html


def test_refusal_says_who_can() -> None:
    html = render_to_string("403.html", {"message": "승인은 기획예산과 담당자가 할 수 있습니다."})
    assert "승인은 기획예산과 담당자가 할 수 있습니다." in html


def test_lock_file_names_no_place_to_download_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert {name for name, package in lock["packages"].items() if "resolved" in package} == set()


def addressed() -> Iterator[tuple[str, str]]:
    """Static files that the style sheets and the shell name: (by whom, path below the static root)."""
    for template in (ROOT / "templates" / "shell").glob("*.html"):
        for name in re.findall(r"{% static '([^']+)' %}", template.read_text()):
            yield template.name, name
    for sheet in [
        "krds/css/component/output.css",
        "krds/css/component/public.css",
        "krds/fonts/fonts.css",
        *(f"app/{p.name}" for p in (ROOT / "static/app").glob("*.css")),
    ]:
        found = finders.find(sheet)
        assert found, f"{sheet} is missing: run scripts/assets.py"
        for address in re.findall(r"""url\(["']?(?!data:)([^"')]+)""", Path(found).read_text()):
            parts: list[str] = []
            for part in [*sheet.split("/")[:-1], *address.split("/")]:
                parts = parts[:-1] if part == ".." else [*parts, part]
            yield sheet, "/".join(parts)


def test_every_address_of_a_static_file_leads_to_one() -> None:
    """Otherwise the manifest storage of production refuses to collect."""
    assert sorted({(by, name) for by, name in addressed() if not finders.find(name)}) == []
