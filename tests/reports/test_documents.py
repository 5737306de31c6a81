"""The table of B9 in every form a report takes: JSON, page, Excel, HWPX, mail."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from basis.documents.model import Column, Document, Heading, Paragraph, Table, row
from basis.documents.response import FORMATS
from basis.periods import parse
from benchmarking.enums import Decision
from benchmarking.services import follow_ups
from core.now import pretend
from notifications.models import Mail
from notifications.services import queue_mail
from reports.definitions import DEFINITIONS
from reports.plain import report_json
from tests import b9
from tests.basis.test_documents_files import assert_valid, hwpx_grid, hwpx_tables
from tests.factories import ReviewFactory, UserFactory, answered, head, planner

pytestmark = pytest.mark.django_db
DAY = b9.day("2026-01-04")
HEADS = [
    ["연도", "합계", "도입", "미도입", "", ""],
    ["", "", "", "소계", "현행유지·장기검토 등", "기시행 중"],
]
ROWS = [[f"{year}년", *figures] for year, figures in b9.TABLE.items()]
TOTAL = ["계", *b9.TOTAL]


@pytest.fixture(autouse=True)
def _history() -> Iterator[None]:
    planner()
    b9.history()
    with pretend(DAY):
        yield


def analysis(period: str = "2015") -> Document:
    return DEFINITIONS["benchmarking-analysis"].document(parse(period), DAY)


def report(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]


# ---------------------------------------------------------------------------------------------- command


def test_b9_json_of_the_command() -> None:
    found = json.loads(report("benchmarking-analysis", "--period", "2015", "--format", "json"))
    assert (found["report"], found["period"], found["as_of"]) == (
        "benchmarking-analysis",
        "2015",
        "2026-01-04",
    )
    table, beside = found["tables"][:2]
    assert (table["caption"], table["unit"]) == ("연도별 검토 결과", "건")
    assert table["columns"] == [
        "연도",
        "합계",
        "도입",
        "미도입 소계",
        "미도입 현행유지·장기검토 등",
        "미도입 기시행 중",
    ]
    assert (table["rows"], table["totals"]) == (ROWS, [TOTAL])
    assert [row[:2] for row in beside["rows"]] == [[f"{year}년", n] for year, n in b9.VISITS.items()]
    assert Document.from_json(found["document"]) == analysis()


def test_json_says_hours_as_numbers() -> None:
    """Sums of hundredths are Decimals."""
    table = Table((Column("시간", "decimal"),), (row(Decimal("2.5")), row(Decimal("3.00"))))
    document = Document(title="보고", office="한빛구청", made_on=dt.date(2026, 1, 4), blocks=(table,))
    said = json.loads(report_json("x", parse("2025"), dt.date(2026, 1, 4), document))
    assert said["tables"][0]["rows"] == [[2.5], [3]]


def test_b9_command_writes_files(tmp_path: Path) -> None:
    for fmt in FORMATS:
        target = tmp_path / f"report.{fmt}"
        said = report("benchmarking-analysis", "--period", "2015", "--format", fmt, "--output", str(target))
        assert str(target) in said
        assert target.stat().st_size > 5_000
    assert load_workbook(tmp_path / "report.xlsx").active.title == "2015년 벤치마킹 결과분석"
    assert_valid((tmp_path / "report.hwpx").read_bytes())
    assert "2015년 벤치마킹 결과분석" in report(
        "benchmarking-analysis", "--period", "2015", "--format", "html"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing", "--period", "2015"], "benchmarking-analysis"),
        (["benchmarking-analysis"], "2015-H1"),
        (["benchmarking-analysis", "--period", "2015-Q1"], "연간, 반기 단위"),
        (["benchmarking-analysis", "--period", "2015", "--format", "pdf"], "html, xlsx, hwpx, json"),
        (["benchmarking-analysis", "--period", "2015", "--format", "xlsx"], "--output"),
        ([], "benchmarking-analysis --period 2015"),
    ],
)
def test_command_refuses_in_korean(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        report(*arguments)


def test_send_mail_needs_a_server() -> None:
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_mail", "--once")


# ------------------------------------------------------------------------------------------------ files


def test_b9_excel_has_numbers_and_merged_heads() -> None:
    sheet = load_workbook(io.BytesIO(FORMATS["xlsx"].render(analysis()))).active
    top = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "연도")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:C{top + 1}", f"D{top}:F{top}"} <= merged
    found = [[cell.value for cell in line] for line in sheet.iter_rows(top, top + 5, 1, 6)]
    assert [[value or "" for value in line] for line in found[:2]] == HEADS
    assert found[2:] == [*ROWS, TOTAL]
    assert all(type(value) is int for line in found[2:] for value in line[1:])
    assert "(단위: 건)" in sheet.cell(top - 1, 1).value


def test_b9_hwpx_is_valid_and_has_the_figures() -> None:
    data = FORMATS["hwpx"].render(analysis())
    assert_valid(data)
    grid = hwpx_grid(hwpx_tables(data)[0])
    assert grid == [*HEADS, *([str(value) for value in line] for line in [*ROWS, TOTAL])]


# ------------------------------------------------------------------------------------------------- page


def test_b9_statistics_page(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.get("/statistics/", {"first": 2013, "last": 2015})
    page = " ".join(response.content.decode().split())
    assert "(단위: 건)" in page
    for year, figures in b9.TABLE.items():
        total, adopted = figures[:2]
        assert f'<a href="/benchmarking/?year={year}&amp;outcome=adopt">{adopted}</a>' in page
        assert f">{total}</a>" in page
    assert 'colspan="3">미도입</th>' in page
    assert response.context["period"] == "2015년"


@pytest.mark.parametrize("fmt", ["xlsx", "hwpx", "html"])
def test_b9_statistics_in_other_forms(client: Client, fmt: str) -> None:
    client.force_login(UserFactory())
    response = client.get("/statistics/", {"first": 2013, "last": 2015, "format": fmt})
    assert response.status_code == 200
    if fmt == "xlsx":
        sheet = load_workbook(io.BytesIO(response.content)).active
        found = [[cell.value for cell in line[:8]] for line in sheet.iter_rows()]
        assert ["2013년", 33, 10, 23, 10, 13, 18, 0] in found
        assert ["계", *b9.TOTAL, 30, 0] in found
    if fmt == "hwpx":
        assert_valid(response.content)


def test_b9_statistics_begin_where_cases_begin(client: Client) -> None:
    client.force_login(UserFactory())
    form = client.get("/statistics/").context["form"]
    assert (form["first"].value(), form["last"].value()) == (2013, 2026)
    page = client.get("/statistics/", {"unit": "half", "first": 2015, "last": 2015, "period": "2015-H1"})
    assert page.context["period"] == "2015년 상반기"
    assert client.get("/statistics/", {"first": 2020, "last": 2015}).status_code == 422
    assert client.get("/statistics/", {"first": 1, "last": "x", "unit": "y"}).status_code == 422
    assert client.get("/statistics/", {"format": "exe"}).status_code == 404


# ---------------------------------------------------------------------------------------------- wording


def test_r1_analysis_says_what_the_figures_say() -> None:
    said = texts(analysis())
    assert "○ 발굴 34건: 결정 34건, 결정 전 0건" in said
    assert "○ 결정 34건: 2014년 25건 대비 9건 증가" in said
    assert "○ 도입 3건: 2014년 4건 대비 1건 감소, 도입률 8.8%(2014년 16.0%)" in said
    assert "○ 부서 검토 기한: 통보일부터 14일 이내" in said


def test_r1_analysis_of_a_half_shows_the_years_before() -> None:
    (table, *_rest) = [
        b for b in analysis("2015-H1").blocks if getattr(b, "caption", "") == "연도별 검토 결과"
    ]
    assert [line[0].value for line in table.rows] == ["2013년", "2014년", "2015년 상반기"]


def test_r1_analysis_of_an_empty_year_is_a_document_too() -> None:
    document = analysis("2019")
    assert "○ 부서 검토: 이 기간에 보낸 사례 없음" in texts(document)
    assert_valid(FORMATS["hwpx"].render(document))


def test_b7_follow_ups_and_plans_are_told() -> None:
    review = answered(ReviewFactory(), Decision.ADOPT)
    follow_ups.drop(review.follow_up, reason="예산 없음", actor=head(review))
    answered(ReviewFactory(), Decision.ADOPT)
    late = ReviewFactory()
    with pretend(b9.day("2026-03-02")):
        document = DEFINITIONS["benchmarking-progress"].document(parse("2026-H1"), b9.day("2026-03-02"))
    said = texts(document)
    assert "○ 추진 부서 기준 1건: 추진 중 1건" in said
    assert "○ 업무반영 전인 도입 사례 1건: 시행 예정일에 맞추어 점검" in said
    assert "○ 기한이 지난 검토 1건: 해당 부서에 처리 요청" in said
    assert "○ 결정 전 사례 1건: 부서 검토가 끝나는 대로 결정" in said
    assert late.department_name in str(document.to_json())


def test_b6_cases_to_be_reviewed_again_are_listed() -> None:
    kept = sum(1 for line in _tables(analysis("2015-H1"))["장기검토 사례"].rows)
    assert kept > 0
    assert f"○ 장기검토 사례 {kept}건: 2026년 1월에 다시 검토" in texts(analysis("2015-H1"))


def _tables(document: Document) -> dict[str, Any]:
    return {block.caption: block for block in document.blocks if hasattr(block, "rows")}


def test_long_lists_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.blocks.LIST_ROWS", 3)
    document = analysis()
    assert len(_tables(document)["장기검토 사례"].rows) == 3
    assert any(text.startswith("※ 나머지") for text in texts(document))


def test_reports_are_korean_whoever_asks() -> None:
    with translation.override("en"):
        assert analysis() == analysis("2015")
        assert "Ⅰ. 추진개요" in texts(analysis())
        assert analysis().title == "2015년 벤치마킹 결과분석"


def test_send_mail_empties_the_outbox(settings: Any) -> None:
    settings.MAIL_DELIVERY = True
    settings.POST_OFFICE = {
        **settings.POST_OFFICE,
        "BACKENDS": {"default": "django.core.mail.backends.locmem.EmailBackend"},
    }
    for n in range(2):
        queue_mail("test", planner(), subject=f"제목 {n}", key=f"mail:{n}", text="내용")
    for expected in ("2건", "0건"):
        out = io.StringIO()
        call_command("send_mail", "--once", stdout=out)
        assert expected in out.getvalue()
    assert {mail.state for mail in Mail.objects.all()} == {Mail.State.SENT}
