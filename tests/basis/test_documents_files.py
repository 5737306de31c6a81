"""Excel, HWPX and the response, read back by other means than they were written."""

import datetime as dt
import io
import json
import re
import time
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document
from lxml import etree
from openpyxl import load_workbook

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Cell, Column, Document, Heading, Paragraph, Table, row
from basis.documents.response import FORMATS, document_response, file_name
from basis.documents.xlsx import render_xlsx
from tests.basis.report_samples import B9_GRID, MADE_ON, b9_table, chart, document, everything, form

HOSTILE = [
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "#N/A",
    "<script>alert(1)</script>",
    "a\x00\x07b",
    "漢字 國民😀",
    "줄\n바꿈\t탭 & <b>",
    "가" * 32_000,
]
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


def cleaned(text: str) -> str:
    return re.sub(r"[\x00-\x08]", "", text)


# ------------------------------------------------------------------------------------------------ Excel


def sheet_of(doc: Document) -> Any:
    return load_workbook(io.BytesIO(render_xlsx(doc))).active


def row_of(sheet: Any, text: Any) -> int:
    return next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == text)


def test_b9_excel_has_numbers_and_merged_heads() -> None:
    sheet = sheet_of(document(b9_table()))
    top = row_of(sheet, "연도")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:C{top + 1}", f"D{top}:F{top}"} <= merged
    found = [[cell.value for cell in line] for line in sheet.iter_rows(top + 2, top + 5, 1, 6)]
    assert found == [
        [2015, 34, 3, 31, 16, 15],
        [2014, 25, 4, 21, 13, 8],
        [2013, 33, 10, 23, 10, 13],
        ["합계", 92, 17, 75, 39, 36],
    ]
    assert all(isinstance(value, int) for line in found[:3] for value in line)
    assert sheet.cell(top - 1, 1).value == "타 기관 우수사례 검토 결과  (단위: 건)"
    assert sheet.freeze_panes == f"B{top + 2}"
    assert sheet.print_title_rows == f"${top}:${top + 1}"
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "portrait")  # A4


def test_excel_values_are_typed() -> None:
    kinds: list[Any] = ["int", "decimal", "percent", "money", "date", "text"]
    values = (12345, Decimal("717.7"), Decimal("0.857"), 1_250_000, MADE_ON, 2015)
    sheet = sheet_of(
        document(Table(tuple(Column(kind, kind) for kind in kinds), (row(*values), row(*[None] * 6))))
    )
    line = row_of(sheet, 12345)
    cells = [sheet.cell(line, i + 1) for i in range(6)]
    assert [cell.value for cell in cells] == [12345, 717.7, 0.857, 1_250_000, dt.datetime(2026, 11, 20), 2015]  # noqa: DTZ001
    assert [cell.number_format for cell in cells] == [
        "#,##0",
        "#,##0.0",
        "0.0%",
        '#,##0"원"',
        'yyyy". "m". "d"."',
        "General",
    ]
    assert [sheet.cell(line + 1, i + 1).value for i in range(6)] == [None] * 6


def test_excel_texts_are_never_formulas() -> None:
    rows = tuple(row(text, 1) for text in HOSTILE)
    doc = document(
        Heading(HOSTILE[0]),
        Paragraph(HOSTILE[1]),
        Table((Column("=1+1"), Column("@x", "int")), rows, caption=HOSTILE[0]),
        title="='[book]x'!A1",
    )
    data = render_xlsx(doc)
    sheet = load_workbook(io.BytesIO(data)).active
    first = row_of(sheet, "=1+1") + 1
    for i, text in enumerate(HOSTILE):
        cell = sheet.cell(first + i, 1)
        assert (cell.value, cell.data_type) == (cleaned(text), "s")
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        formulas = [name for name in archive.namelist() if re.search(rb"<f[ >]", archive.read(name))]
        assert formulas == []
        assert [
            name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()
        ] == []


def test_excel_cuts_a_text_at_the_limit_of_a_cell() -> None:
    sheet = sheet_of(document(Paragraph("가" * 40_000)))
    (text,) = [
        cell.value for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("가가")
    ]
    assert len(text) == 32_767
    assert text.endswith("…")


def test_excel_chart_is_native_and_points_at_its_figures() -> None:
    sheet = sheet_of(document(chart(), chart("line"), chart("bar")))
    assert len(sheet._charts) == 3
    with zipfile.ZipFile(io.BytesIO(render_xlsx(document(chart())))) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    top = row_of(sheet_of(document(chart())), "도입")
    assert re.search(rf"\$B\${top + 1}:\$B\${top + 3}", xml)
    assert 'val="stacked"' in xml


def test_excel_form_and_everything_else() -> None:
    sheet = sheet_of(everything())
    values = [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]
    for value in ("Ⅰ. 운영현황", 0.857, "검토기한", dt.datetime(2026, 12, 4), 1_250_000, "교통행정과"):  # noqa: DTZ001
        assert any(value == found or (isinstance(found, str) and str(value) in found) for found in values), (
            value
        )
    assert sheet.freeze_panes is None
    areas = list(sheet.merged_cells.ranges)
    assert [
        (x, y) for i, x in enumerate(areas) for y in areas[:i] if not x.isdisjoint(y)
    ] == []  # Excel calls it damage


# ------------------------------------------------------------------------------------------------- HWPX


def hwpx_root(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("Contents/section0.xml"))


def cell_text(element: Any) -> str:
    """The text of a cell as its runs hold it."""
    parts = []
    for node in element.iter(f"{HP}t"):
        parts.append(node.text or "")
        for child in node:
            parts.append({f"{HP}lineBreak": "\n", f"{HP}tab": "\t"}.get(child.tag, "") + (child.tail or ""))
    return "".join(parts)


def hwpx_grid(table: Any) -> list[list[str]]:
    """Texts at their places; fails when the spans do not tile the table."""
    found: dict[tuple[int, int], str] = {}
    for cell in table.findall(f"{HP}tr/{HP}tc"):
        address, span = cell.find(f"{HP}cellAddr"), cell.find(f"{HP}cellSpan")
        r, c = int(address.get("rowAddr")), int(address.get("colAddr"))
        for y in range(int(span.get("rowSpan"))):
            for x in range(int(span.get("colSpan"))):
                assert (r + y, c + x) not in found
                found[r + y, c + x] = "" if x or y else cell_text(cell)
    height, width = int(table.get("rowCnt")), int(table.get("colCnt"))
    return [[found[r, c] for c in range(width)] for r in range(height)]


def hwpx_tables(data: bytes) -> list[Any]:
    return list(hwpx_root(data).iter(f"{HP}tbl"))[1:]  # the first one is the title's box


def assert_valid(data: bytes) -> None:
    checked = validate_document(data)
    assert checked.ok, checked.issues
    assert checked.warnings == ()
    package = validate_package(data)
    assert package.ok, package.issues


def test_b9_hwpx_has_merged_heads_and_is_valid() -> None:
    data = render_hwpx(document(b9_table()))
    assert_valid(data)
    (table,) = hwpx_tables(data)
    assert hwpx_grid(table) == B9_GRID
    spans = {
        cell_text(cell): (
            cell.find(f"{HP}cellSpan").get("rowSpan"),
            cell.find(f"{HP}cellSpan").get("colSpan"),
        )
        for cell in table.findall(f"{HP}tr/{HP}tc")
        if cell.get("header") == "1"
    }
    assert spans == {
        "연도": ("2", "1"),
        "합계": ("2", "1"),
        "도입": ("2", "1"),
        "미도입": ("1", "3"),
        "소계": ("1", "1"),
        "현행유지·장기검토 등": ("1", "1"),
        "기시행 중": ("1", "1"),
    }
    assert table.get("repeatHeader") == "1"
    paragraphs = [cell_text(p) for p in hwpx_root(data).findall(f"{HP}p")]
    place = paragraphs.index("(단위: 건)")
    assert paragraphs[place - 1] == "타 기관 우수사례 검토 결과"


def test_hwpx_cells_fill_their_tables() -> None:
    tables = list(hwpx_root(render_hwpx(document(b9_table(), form()))).iter(f"{HP}tbl"))
    assert len(tables) == 3
    for table in tables:
        sizes = [cell.find(f"{HP}cellSz") for cell in table.findall(f"{HP}tr/{HP}tc")]
        area = sum(int(size.get("width")) * int(size.get("height")) for size in sizes)
        whole = table.find(f"{HP}sz")
        assert area == int(whole.get("width")) * int(whole.get("height"))


def test_hwpx_everything_is_valid_and_said() -> None:
    data = render_hwpx(everything())
    assert_valid(data)
    text = cell_text(hwpx_root(data))
    for said in (
        "추진실적 분석 결과",
        "2026. 11. 20.",
        "Ⅰ. 운영현황",
        "85.7%",
        "1,250,000원",
        "김하늘",
        "(서명)",
    ):
        assert said in text
    assert hwpx_grid(hwpx_tables(data)[-1])[2][:2] == [
        "검토의견",
        "주차난이 심한 주택가에서 구민 편의가 큼.\n공영주차장부터 적용",
    ]
    assert [p for p in hwpx_root(data).findall(f"{HP}p") if p.get("pageBreak") == "1"]


def test_hwpx_landscape_is_valid() -> None:
    doc = Document("가", "나", MADE_ON, (b9_table(), form()), orientation="landscape")
    data = render_hwpx(doc)
    assert_valid(data)
    page = next(hwpx_root(data).iter(f"{HP}pagePr"))
    assert int(hwpx_tables(data)[0].find(f"{HP}sz").get("width")) > int(page.get("height")) * 0.8


def test_hwpx_texts_stay_texts() -> None:
    data = render_hwpx(document(Table((Column("가"),), tuple(row(text) for text in HOSTILE))))
    assert_valid(data)
    (table,) = hwpx_tables(data)
    assert [line[0] for line in hwpx_grid(table)[1:]] == [cleaned(text) for text in HOSTILE]


def test_hwpx_of_many_rows_is_made_in_seconds() -> None:
    columns = (Column("사례"), *(Column(f"{i}월", "int") for i in range(1, 5)))
    lines = tuple((Cell(f"사례 {i}"), *(Cell(i * month) for month in range(1, 5))) for i in range(500))
    begin = time.perf_counter()
    data = render_hwpx(document(Table(columns, lines)))
    print(f"\n500 rows of 5 in {time.perf_counter() - begin:.1f} s, {len(data):,} bytes")  # noqa: T201
    (table,) = hwpx_tables(data)
    found = hwpx_grid(table)
    assert len(found) == 501
    assert found[500] == ["사례 499", "499", "998", "1,497", "1,996"]


# --------------------------------------------------------------------------------------------- response


@pytest.mark.parametrize(
    ("fmt", "content_type", "start"),
    [
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("hwpx", "application/vnd.hancom.hwpx", b"PK"),
        ("json", "application/json", b"{"),
    ],
)
def test_r2_response_has_type_and_korean_name(fmt: str, content_type: str, start: bytes) -> None:
    response = document_response(everything(), fmt, "벤치마킹 추진실적 2015/하반기", back="/")
    assert response["Content-Type"] == content_type
    assert response.content.startswith(start)
    kind, name = response["Content-Disposition"].split("; ")
    assert kind == ("inline" if fmt == "html" else "attachment")
    assert name.startswith("filename*=utf-8''%EB%B2%A4")
    assert name.endswith(f"%202015%20%ED%95%98%EB%B0%98%EA%B8%B0.{fmt}")


def test_r2_json_download_is_the_stored_document() -> None:
    response = document_response(everything(), "json", "a", back="/")
    assert Document.from_json(json.loads(response.content)) == everything()


def test_unknown_format_is_not_found() -> None:
    with pytest.raises(Http404):
        document_response(everything(), "pdf", "a", back="/")
    assert set(FORMATS) == {"html", "xlsx", "hwpx", "json"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("보고", "보고.xlsx"),
        ('a/b\\c:"d"\r\n', "a b c d.xlsx"),
        (" .. ", "document.xlsx"),
        ("가" * 200, "가" * 80 + ".xlsx"),
    ],
)
def test_file_names_are_possible_everywhere(name: str, expected: str) -> None:
    assert file_name(name, "xlsx") == expected
