import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.utils.safestring import mark_safe
from lxml import html as lxml_html

from basis.documents.html import MAIL_ROWS, render_blocks, render_html, render_mail_html, render_print
from basis.documents.model import Cell, Chart, Column, Heading, Paragraph, Series, Table, row
from basis.documents.svg import NARROW, WIDTH, draw
from basis.documents.text import render_text
from tests.basis.report_samples import B9_GRID, b9_table, chart, document, everything, form

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 1 }}",
    "=1+1",
    "漢字😀",
    "가" * 32_000,
]


def parse(text: str) -> Any:
    return lxml_html.fragment_fromstring(text, create_parent="div")


def grid(table: Any) -> list[list[str]]:
    """The texts of an HTML table at their places."""
    found: dict[tuple[int, int], str] = {}
    lines = table.xpath(".//tr")
    for r, line in enumerate(lines):
        c = 0
        for cell in line.xpath("./th|./td"):
            while (r, c) in found:
                c += 1
            for y in range(int(cell.get("rowspan", 1))):
                for x in range(int(cell.get("colspan", 1))):
                    found[r + y, c + x] = "" if x or y else cell.text_content()
    width = max(c for _r, c in found) + 1
    return [[found[r, c] for c in range(width)] for r in range(len(lines))]


def test_b9_page_table_has_merged_heads_and_scopes() -> None:
    (table,) = parse(render_blocks([b9_table()])).xpath(".//table")
    assert grid(table) == B9_GRID
    assert " ".join(table.find("caption").text_content().split()) == "타 기관 우수사례 검토 결과 (단위: 건)"
    (group,) = table.xpath("./thead//th[@colspan]")
    assert (group.text, group.get("colspan"), group.get("scope")) == ("미도입", "3", "colgroup")
    assert [th.text for th in table.xpath("./thead//th[@rowspan='2'][@scope='col']")] == [
        "연도",
        "합계",
        "도입",
    ]
    assert [th.text for th in table.xpath("./tbody//th[@scope='row']")] == ["2015", "2014", "2013"]
    assert table.xpath("string(./tfoot//th)") == "합계"
    assert {td.get("class") for td in table.xpath("./tbody//td")} == {"doc-right"}
    assert table.xpath("./tbody//a/@href") == ["/benchmarking/?year=2015"]


def test_b9_mail_and_text_say_the_same_as_the_page() -> None:
    mail = parse(render_mail_html(document(b9_table())))
    assert grid(mail.xpath(".//table//table")[0]) == B9_GRID
    lines = render_text(document(b9_table())).splitlines()
    start = lines.index("타 기관 우수사례 검토 결과 (단위: 건)") + 1
    words = [re.split(r"\s{2,}", line) for line in lines[start:]]
    assert words[0][3:] == ["미도입 소계", "미도입 현행유지·장기검토 등", "미도입 기시행 중"]
    assert words[2:] == B9_GRID[2:]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    doc = document(
        Heading(text),
        Paragraph(mark_safe(text)),  # noqa: S308  it must be escaped all the same
        Table((Column(text),), (row(text),), caption=text, unit=text),
        Chart("bar", (text[:40],), (Series(text[:40], (1,)),), caption=text),
        form(),
        title=text,
    )
    for page in (render_html(doc), render_mail_html(doc)):
        tree = parse(page)
        assert tree.xpath(".//script|.//img") == []
        assert tree.xpath("string(.//h1)") == text
        assert tree.xpath("string(.//tbody//th[@scope='row']|.//td[@align])").strip() == text
    assert text in render_text(doc)


def test_page_keeps_the_strict_content_policy() -> None:
    page = render_print(everything(), "/back/")
    tree = lxml_html.document_fromstring(page)
    assert tree.xpath("//@style|//@*[starts-with(name(), 'on')]") == []
    styles = settings.STATIC_URL
    assert tree.xpath("//style|//script[text()]") == []
    assert tree.xpath("//script/@src") == [f"{styles}app/print.js"]
    assert tree.xpath("//header/a/@href") == ["/back/"]
    assert tree.xpath("//link/@href") == [f"{styles}app/document.css", f"{styles}app/print.css"]


def test_titles_move_down_within_a_page() -> None:
    def levels(offset: int) -> list[str]:
        return [
            element.tag
            for element in parse(render_html(everything(), offset)).xpath(".//h1|.//h2|.//h3|.//h4")
        ]

    assert levels(0) == ["h1", "h2", "h3"]
    assert levels(1) == ["h2", "h3", "h4"]


def test_empty_table_and_chart_say_so() -> None:
    page = render_blocks([Table((Column("가"),), ()), Chart("bar", (), (Series("나", ()),))])
    assert page.count("해당 자료가 없습니다.") == 2
    assert "해당 자료가 없습니다." in render_text(document(Table((Column("가"),), ())))


def test_values_are_written_by_kind() -> None:
    kinds: list[Any] = ["text", "int", "decimal", "percent", "money", "date"]
    columns = tuple(Column(kind, kind) for kind in kinds)
    doc = everything()
    values = (2015, 12345, Decimal("717.70"), 0.857, 1_250_000, doc.made_on)
    table = Table(columns, (row(*values), row(*[None] * 6), row(*["해당 없음"] * 6)))
    (shown,) = parse(render_blocks([table])).xpath(".//table")
    assert grid(shown)[1:] == [
        ["2015", "12,345", "717.70", "85.7%", "1,250,000원", "2026. 11. 20."],
        ["", "–", "–", "–", "–", "–"],
        ["해당 없음"] * 6,
    ]


def test_r2_long_tables_are_shortened_in_mail_at_a_whole_group() -> None:
    pairs = [
        pair for i in range(40) for pair in ((Cell(f"과 {i}", rowspan=3), Cell(1)), (Cell(2),), (Cell(3),))
    ]
    doc = document(Table((Column("부서"), Column("건수", "int")), tuple(pairs)))
    left_out = 120 - MAIL_ROWS // 3 * 3
    mail = render_mail_html(doc)
    assert f"나머지 {left_out}줄" in mail
    assert f"나머지 {left_out}줄" in render_text(doc)
    assert "과 15" in mail
    assert "과 16" not in mail
    assert "나머지" not in render_html(doc)


def test_r2_mail_links_are_whole_or_absent() -> None:
    doc = document(b9_table())
    assert parse(render_mail_html(doc, "https://changui.example")).xpath(".//a/@href") == [
        "https://changui.example/benchmarking/?year=2015"
    ]
    assert parse(render_mail_html(doc)).xpath(".//a") == []


def test_wide_tables_become_lines_in_text() -> None:
    table = Table((Column("사례명"), Column("검토 의견")), (row("공유주차", "의견 " * 40),))
    assert f"- 사례명: 공유주차 / 검토 의견: {'의견 ' * 40}".strip() in render_text(document(table))


# ---------------------------------------------------------------------------------------------- charts


def bars(chart_: Chart) -> list[Any]:
    return [box for box in draw(chart_).boxes if box.title]


def test_chart_bars_are_as_high_as_their_values() -> None:
    boxes = bars(Chart("bar", ("가", "나", "다"), (Series("건수", (5, 10, -5)),)))
    heights = [float(box.height) for box in boxes]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(heights[0], abs=0.2)
    assert float(boxes[2].y) == pytest.approx(float(boxes[1].y) + heights[1], abs=0.2)  # from zero downward


def test_chart_stacks_add_up() -> None:
    lower, upper = bars(chart())[:2]
    assert float(upper.y) + float(upper.height) == pytest.approx(float(lower.y), abs=0.2)
    assert float(upper.height) == pytest.approx(2.3 * float(lower.height), abs=0.3)
    assert [box.title for box in bars(chart())][:2] == ["2013 도입 10건", "2013 미도입 23건"]


def test_chart_with_many_names_lies_down() -> None:
    names = tuple(f"행정과 {i}" for i in range(20))
    boxes = bars(Chart("bar", names, (Series("늦음", tuple(range(20))),)))
    assert len({box.height for box in boxes}) == 1
    widths = [float(box.width) for box in boxes]
    assert widths[10] == pytest.approx(10 * widths[1], abs=0.6)


def test_chart_line_breaks_where_a_value_is_missing() -> None:
    drawing = draw(Chart("line", ("1월", "2월", "3월", "4월"), (Series("제출", (1, 2, None, 4)),)))
    assert [len(path.points.split()) for path in drawing.paths] == [2, 1]


@pytest.mark.parametrize("values", [(0,), (None,), (0.001,), (10**9,), (-3,), (2.5,)])
@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_chart_stays_within_its_frame(width: int, kind: Any, values: Any) -> None:
    drawing = draw(Chart(kind, ("가",), (Series("나", values),)), width)
    for box in drawing.boxes:
        assert 0 <= float(box.x) <= float(drawing.width) - float(box.width)
        assert 0 <= float(box.y) <= float(drawing.height) - float(box.height)
    assert all(label.text for label in drawing.labels)


def test_chart_of_a_year_names_every_month_on_a_phone() -> None:
    months = tuple(f"{n}월" for n in range(1, 13))
    drawing = draw(Chart("bar", months, (Series("점수", tuple(range(12))),)), NARROW)
    assert {label.text for label in drawing.labels} >= {*months, *map(str, range(12))}
    assert all(0 < float(label.x) < NARROW for label in drawing.labels)


def test_chart_on_a_phone_leaves_room_beside_long_names() -> None:
    names = ("지역경제과 소상공인지원팀 전통시장담당", "총무과")
    boxes = [box for box in draw(Chart("bar", names, (Series("건수", (3, 9)),)), NARROW).boxes if box.title]
    assert float(boxes[1].width) > NARROW / 4


def test_chart_in_a_page_is_a_named_picture_for_pages_and_phones_with_its_table() -> None:
    tree = parse(render_blocks([chart()]))
    pictures = tree.xpath(".//svg")
    assert [svg.get("width") for svg in pictures] == [str(WIDTH), str(NARROW)]
    assert {svg.get("role") for svg in pictures} == {"img"}
    assert {svg.xpath("string(./title)") for svg in pictures} == {"연도별 검토 결과"}
    assert grid(tree.xpath(".//details//table")[0])[1:] == [
        ["2013", "10", "23"],
        ["2014", "4", "21"],
        ["2015", "3", "31"],
    ]
