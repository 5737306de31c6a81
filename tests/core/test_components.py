"""Components: lists, badges, heat tables, boxes."""

import re
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string

from core.cells import Cell
from core.components import Action, Badge, Event, Figure, HeatRow
from core.listed import Head, ListPage, Pages, Row
from core.templatetags import listing as tags
from core.templatetags import ui


def listing(cells: list[Cell], *, selectable: bool = False, count: int = 1) -> ListPage:
    heads = [
        Head("no", "번호", "left", "?sort=no", "asc", False, False),
        Head("title", "사례명", "left", None, "", True, False),
        Head("cost", "예산", "right", None, "", False, True),
    ]
    rows = [Row(7, "/cases/7/", cells)] if cells else []
    return ListPage(
        title="사례", unit="건", count=count, columns=heads, rows=rows, filter_form=None, chips=[("교통", "?a=1")],
        reset_url="/cases/", pages=Pages(1, 1, None, None, [(1, "?page=1", True)]),
        page_sizes=[(50, "?size=50", True)], excel_url="?export=xlsx", selectable=selectable,
        empty_message="없습니다. 먼저 등록해 주세요.", empty_action=("사례 등록", "/cases/new/"),
    )  # fmt: skip


CELLS = [Cell("2026-0007"), Cell("<b>앱</b>", sub="○○시 & 구"), Cell("1,000원", tone="warning")]


def test_row_leads_to_its_page_and_names_every_cell() -> None:
    html = tags.list_rows(listing(CELLS))
    assert html.startswith("<tr><td")
    assert '<td class="short" data-label="번호">2026-0007</td>' in html
    assert re.search(r'<th scope="row" class="short" data-label="사례명"><a href="/cases/7/">', html)
    assert '<td class="right hide-mobile short" data-label="예산">' in html
    assert '<span class="krds-badge bg-light-warning">1,000원</span>' in html


def test_row_shows_text_as_text() -> None:
    html = tags.list_rows(
        listing([Cell("<script>"), CELLS[1], Cell("x", url='/"><script>')], selectable=True)
    )
    assert "<script>" not in html
    assert "&lt;b&gt;앱&lt;/b&gt;" in html
    assert '<span class="sub">○○시 &amp; 구</span>' in html


def test_long_text_may_break_and_short_text_may_not() -> None:
    html = tags.list_rows(listing([Cell("가" * 17), Cell("가"), Cell("")]))
    assert '<td class="" data-label="번호">' in html


def test_chosen_row_is_sent_by_its_key_and_named() -> None:
    html = tags.list_rows(listing(CELLS, selectable=True))
    assert 'name="pk" value="7"' in html
    assert "&lt;b&gt;앱&lt;/b&gt; 선택</span>" in html


def test_list_has_count_conditions_and_tools(rf: Any) -> None:
    request = rf.get("/cases/")
    request.htmx = False
    html = render_to_string("components/list.html", {"list": listing(CELLS, count=1234)}, request)
    assert "전체 <strong>1,234</strong>건" in html
    assert re.search(r'aria-sort="ascending"', html)
    assert 'href="?a=1"' in html
    assert 'href="?export=xlsx"' in html
    assert "<form" not in html


def test_empty_list_says_what_to_do_first(rf: Any) -> None:
    request = rf.get("/cases/")
    request.htmx = False
    html = render_to_string("components/list.html", {"list": listing([], count=0)}, request)
    assert "없습니다. 먼저 등록해 주세요." in html
    assert 'href="/cases/new/"' in html
    assert "<table" not in html


@pytest.mark.parametrize("tone", ["neutral", "primary", "info", "success", "warning", "danger", ""])
def test_every_tone_has_a_badge(tone: str) -> None:
    assert re.fullmatch(r'<span class="krds-badge bg-light-\w+">&lt;가&gt;</span>', ui.badge("<가>", tone))


def test_no_deadline_no_badge() -> None:
    assert ui.deadline(None) == ""
    assert 'class="krds-badge deadline bg-light-danger">2일 지남<' in ui.deadline(Badge("2일 지남", "danger"))


def test_heat_grows_with_the_number_and_keeps_it_in_words() -> None:
    rows = [
        HeatRow("교통행정과", [(0, ""), (1, "/a"), (12, "/b")]),
        HeatRow("건설과", [(3, ""), (6, ""), (9, "")]),
    ]
    shown = ui.heat_table("부서별", ["부서", "접수"], rows)["rows"]
    assert [[level for _n, _url, level in row["cells"]] for row in shown] == [[0, 1, 4], [1, 2, 3]]
    empty = ui.heat_table("부서별", ["부서"], [HeatRow("건설과", [(0, "")])])["rows"]
    assert empty[0]["cells"] == [(0, "", 0)]


def drawn(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def test_boxes_escape_their_titles_and_keep_their_content() -> None:
    html = drawn(
        '{% card t %}<p>가</p>{% endcard %}{% notice "warning" t %}나{% endnotice %}'
        '{% disclosure t %}다{% enddisclosure %}{% dialog "d" t %}라{% enddialog %}',
        t="<제목>",
    )
    assert html.count("&lt;제목&gt;") == 4
    assert "<제목>" not in html
    assert "<p>가</p>" in html


def test_action_asks_before_what_cannot_be_undone(rf: Any) -> None:
    source = '{% include "components/action.html" %}'
    asks = drawn(source, action=Action("삭제", "/x/", "danger", confirm="삭제할까요?"), look="", css="")
    assert 'href="/x/"' in asks
    assert 'data-confirm="삭제할까요?"' in asks
    sends = drawn(source, action=Action("보류", "/y/", post=True), look="", css="")
    assert '<form method="post" action="/y/"' in sends


def test_figures_lead_to_what_they_count() -> None:
    html = drawn(
        '{% include "components/figures.html" %}',
        figures=[Figure("늦음", 2, "건", "/?late=1", tone="danger")],
    )
    assert 'href="/?late=1"' in html
    assert re.search(r'figure-value">\s*2\s*<small>건</small>', html)


def test_timeline_tells_when_who_and_why() -> None:
    html = drawn(
        '{% include "components/timeline.html" %}',
        events=[Event("2026. 11. 20. 14:05", "연장을 요청했습니다.", "교통행정과 팀장", "현장이\n멉니다.")],
    )
    assert "교통행정과 팀장" in html
    assert "현장이<br>멉니다." in html
    assert "아직 기록이 없습니다." in drawn('{% include "components/timeline.html" %}', events=[])
