"""The head row is found, rows come out clean, whatever shape the sheet has."""

import datetime as dt
import io
from typing import Any

import pytest
from django.utils.functional import lazy
from django.utils.translation import get_language, override
from openpyxl import Workbook

from basis.excel.columns import ImportColumn
from basis.excel.rows import RawRow
from basis.excel.safety import ExcelRefused
from basis.tables.source import rows_of
from tests.basis.excel_files import naive, package, parts, read_rows, saved, sheet, workbook

COLUMNS = (
    ImportColumn("title", "사례명", required=True, max_length=20),
    ImportColumn("count", "건수", kind="int"),
    ImportColumn("found", "발굴일", kind="date", required=True),
)
HEAD = ["사례명", "건수", "발굴일"]
DAY = dt.date(2026, 11, 20)


def rows(file: io.BytesIO) -> list[RawRow]:
    return list(read_rows(file, COLUMNS))


def test_rows_are_typed_and_numbered_as_in_the_sheet() -> None:
    found = rows(workbook([HEAD, ["공유주차", 3, DAY], ["스마트도서관", None, "2026. 11. 20."]]))
    assert [(r.number, r.values, r.faults) for r in found] == [
        (2, {"title": "공유주차", "count": 3, "found": DAY}, ()),
        (3, {"title": "스마트도서관", "count": None, "found": DAY}, ()),
    ]


@pytest.mark.parametrize("above", [0, 1, 4])
def test_the_head_may_stand_below_a_title(above: int) -> None:
    title = [["2026년 벤치마킹 사례"], ["건수"], [], ["(단위: 건)"]][:above]
    found = rows(workbook([*title, HEAD, ["공유주차", 3, DAY]]))
    assert [(r.number, r.values["title"]) for r in found] == [(above + 2, "공유주차")]


def test_heads_may_be_written_loosely_and_in_any_order() -> None:
    found = rows(workbook([["발굴일 *", "사 례\n명＊", " 건수"], [DAY, "공유주차", 3]]))
    assert found[0].values == {"title": "공유주차", "count": 3, "found": DAY}


def test_missing_required_columns_are_all_named_and_nothing_else() -> None:
    with pytest.raises(ExcelRefused) as caught:
        rows(workbook([["건수", "비고"], [3, "x"]]))
    assert "‘사례명’, ‘발굴일’" in caught.value.message
    assert "건수" not in caught.value.message


def test_a_missing_optional_column_is_empty() -> None:
    assert rows(workbook([["사례명", "발굴일"], ["공유주차", DAY]]))[0].values["count"] is None


def test_unknown_columns_are_named_but_not_the_error_column() -> None:
    source = rows_of(workbook([[*HEAD, "비고", "오류"], ["공유주차", 3, DAY, "x", "y"]]), COLUMNS)
    assert [row.values["title"] for row in source] == ["공유주차"]
    assert source.ignored == ["비고"]
    assert source.letters == {"title": "A", "count": "B", "found": "C"}


def test_a_column_twice_is_refused() -> None:
    with pytest.raises(ExcelRefused, match="‘사례명’ 열이 두 번"):
        rows(workbook([[*HEAD, "사례명"], ["공유주차", 3, DAY, "다른 것"]]))


def test_empty_rows_and_running_numbers_are_skipped_but_counted_in_the_numbering() -> None:
    lines: list[list[Any]] = [
        ["연번", *HEAD],
        [1, "가나다", 1, DAY],
        [],
        [2, None, "  ", "\u200b"],
        [3, "라마바", 2, DAY],
    ]
    assert [r.number for r in rows(workbook(lines))] == [2, 5]


def test_rows_shorter_than_the_head_are_padded() -> None:
    file = package(
        parts(
            sheet=sheet(
                '<row r="1"><c r="A1" t="str"><v>사례명</v></c><c r="B1" t="str"><v>건수</v></c>'
                '<c r="C1" t="str"><v>발굴일</v></c></row><row r="4"><c r="A4" t="str"><v>가</v></c></row>'
            ),
        )
    )
    found = rows(file)
    assert found[0].number == 4
    assert [(fault.key, fault.message) for fault in found[0].faults] == [
        ("found", "필수 항목입니다. 값을 입력해 주세요.")
    ]


def test_rows_without_numbers_and_a_lying_dimension_are_read_all_the_same() -> None:
    cells = "".join(f'<c t="str"><v>{text}</v></c>' for text in HEAD)
    body = '<row><c t="str"><v>공유주차</v></c><c><v>3</v></c><c s="1"><v>46346</v></c></row>' * 3
    xml = sheet(f"<row>{cells}</row>{body}").replace("<sheetData>", '<dimension ref="A1"/><sheetData>')
    found = rows(package(parts(sheet=xml)))
    assert [(r.number, r.values["found"]) for r in found] == [(n, DAY) for n in (2, 3, 4)]


def test_a_row_at_the_end_of_the_sheet_costs_nothing() -> None:
    book = Workbook()
    page = book.active
    page.append(HEAD)
    page.append(["공유주차", 3, DAY])
    page["XFD1048576"] = "x"
    assert [r.number for r in rows(saved(book))] == [2]


def test_formulas_and_error_values_are_seen_even_with_a_remembered_result() -> None:
    body = (
        '<row r="1"><c r="A1" t="str"><v>사례명</v></c><c r="B1" t="str"><v>건수</v></c>'
        '<c r="C1" t="str"><v>발굴일</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>"공유"&amp;"주차"</f><v>공유주차</v></c>'
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">1+1</f><v>2</v></c><c r="C2" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>가</v></c><c r="B3"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="C3" s="1"><f t="array" ref="C3">TODAY()</f><v>46346</v></c></row>'
    )
    found = rows(package(parts(sheet=sheet(body))))
    assert [[(f.key, f.message.split(".")[0].split("(")[0]) for f in r.faults] for r in found] == [
        [
            ("title", "수식은 넣을 수 없습니다"),
            ("count", "수식은 넣을 수 없습니다"),
            ("found", "엑셀 오류값"),
        ],
        [("count", "수식은 넣을 수 없습니다"), ("found", "수식은 넣을 수 없습니다")],
    ]


def test_too_many_rows_are_refused(settings: Any) -> None:
    settings.EXCEL_MAX_ROWS = 3
    rows(workbook([HEAD, *[["가나", 1, DAY]] * 3]))
    with pytest.raises(ExcelRefused, match="한 번에 3행까지"):
        rows(workbook([HEAD, *[["가나", 1, DAY]] * 4]))


def test_the_first_visible_sheet_is_read() -> None:
    book = Workbook()
    book.active.title = "숨김"
    book.active.sheet_state = "hidden"
    book.active.append(["아무것"])
    page = book.create_sheet("자료")
    page.append(HEAD)
    page.append(["공유주차", 3, DAY])
    assert [r.values["title"] for r in rows(saved(book))] == ["공유주차"]


def test_the_example_row_of_the_form_is_not_taken() -> None:
    lines = [HEAD, ["(예시) 공유주차", 3, DAY], ["공유주차 (예시)", 3, DAY]]
    assert [r.number for r in rows(workbook(lines))] == [3]


def test_dates_of_the_old_macintosh_calendar_are_right() -> None:
    book = Workbook()
    book.epoch = naive(1904, 1, 1)
    page = book.active
    page.append(HEAD)
    page.append(["공유주차", 3, DAY])
    assert rows(saved(book))[0].values["found"] == DAY


ENGLISH = {"사례명": "Title", "기관 구분": "Kind", "중앙부처": "Ministry"}


def translated(text: str) -> Any:
    """A label as gettext_lazy gives it, from a catalogue of this test."""
    return lazy(lambda: ENGLISH[text] if get_language() == "en" else text, str)()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("head", [["사례명", "기관 구분"], ["Title", "Kind"]])
@pytest.mark.parametrize("choice", ["중앙부처", "Ministry", "c"])
def test_a_form_of_one_language_is_read_in_the_other(language: str, head: list[str], choice: str) -> None:
    """A worker reads under the language of the office what somebody filled in under theirs."""
    choices = lambda: [("c", str(translated("중앙부처")))]  # noqa: E731
    kind = ImportColumn("kind", translated("기관 구분"), True, "choice", choices=choices)
    with override(language):
        [row] = read_rows(
            workbook([head, ["x", choice]]), [ImportColumn("title", translated("사례명"), True), kind]
        )
    assert row.values == {"title": "x", "kind": "c"}


def test_a_column_is_found_by_other_words_for_it() -> None:
    """N2: an office's own head for a column."""
    columns = [ImportColumn("title", "사례명", True, synonyms=("시책명", "벤치마킹 내용"))]
    found = read_rows(workbook([["연번", "시책명"], [1, "공유주차 앱"]]), columns)
    assert [row.values for row in found] == [{"title": "공유주차 앱"}]
