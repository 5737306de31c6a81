"""The form people fill in, and their own file given back with the errors marked."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook

from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer
from basis.excel.safety import check_upload
from basis.excel.workbooks import error_workbook, template_workbook
from tests.basis.excel_files import naive, opened, package, parts, read_rows, saved, sheet, workbook

DAY = dt.date(2026, 11, 20)


class FormImporter(Importer):
    kind = "form"
    label = "사례/양식"
    columns = (
        ImportColumn(
            "title", "사례명", required=True, max_length=1000, example="공유주차", help="짧게 적어 주세요."
        ),
        ImportColumn(
            "kind", "기관 구분", kind="choice", choices=lambda: [("c", "중앙부처"), ("l", "=시·군·구")]
        ),
        ImportColumn("field", "분야", kind="choice", choices=[("a", "행정개혁")], example="행정개혁"),
        ImportColumn("count", "건수", kind="int", example=3),
        ImportColumn("found", "발굴일", required=True, kind="date", example=DAY),
        ImportColumn("rate", "비율", kind="decimal"),
    )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.saved = rows
        return len(rows)


def filled(rows: list[list[Any]]) -> io.BytesIO:
    """The form, filled in below its example row."""
    book = opened(template_workbook(FormImporter()))
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)


# ------------------------------------------------------------------------------------ the empty form


@pytest.mark.django_db
def test_the_form_is_a_file_we_take_ourselves() -> None:
    check_upload(io.BytesIO(template_workbook(FormImporter())))
    importer = FormImporter()
    result = importer.run(filled([["도서관", "중앙부처", "행정개혁", 5, DAY, 0.5]]), None)
    assert result.errors == []
    assert importer.saved == [("도서관", "c", "a", 5, DAY, importer.saved[0][5])]
    assert result.ignored_columns == []


def test_the_example_row_of_the_form_is_marked_and_never_imported() -> None:
    page = opened(template_workbook(FormImporter())).worksheets[0]
    assert page["A2"].value == "(예시) 공유주차"
    assert page["B2"].value == "중앙부처"
    assert (page["D2"].value, page["E2"].value) == (3, naive(2026, 11, 20))
    assert list(read_rows(filled([]), FormImporter.columns)) == []


def test_heads_mark_what_is_required() -> None:
    page = opened(template_workbook(FormImporter())).worksheets[0]
    assert [c.value for c in page[1]] == ["사례명 *", "기관 구분", "분야", "건수", "발굴일 *", "비율"]
    assert page.freeze_panes == "A2"


def test_choices_are_offered_from_a_hidden_sheet() -> None:
    book = opened(template_workbook(FormImporter()))
    page, lists = book.worksheets[0], book["선택 목록"]
    assert lists.sheet_state == "hidden"
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {"B2:B1048576": "'선택 목록'!$A$2:$A$3", "C2:C1048576": "'선택 목록'!$B$2:$B$2"}
    assert [c.value for c in lists["A"]] == ["기관 구분", "중앙부처", "=시·군·구"]
    assert lists["A3"].data_type == "s"


def test_text_columns_are_text_so_that_excel_makes_no_dates_of_them() -> None:
    page = opened(template_workbook(FormImporter())).worksheets[0]
    assert page.column_dimensions["A"].number_format == "@"
    assert page.column_dimensions["E"].number_format == "yyyy-mm-dd"


def test_the_notes_explain_every_column() -> None:
    notes = opened(template_workbook(FormImporter()))["작성 방법"]
    rows = [[c.value for c in row] for row in notes.iter_rows(min_row=7)]
    assert [row[0] for row in rows] == [str(c.label) for c in FormImporter.columns]
    assert rows[0] == ["사례명", "필수", "글자, 1,000자 이내", "짧게 적어 주세요.", "공유주차"]


def test_a_form_without_choices_has_no_list_sheet() -> None:
    class Plain(FormImporter):
        columns = (ImportColumn("day", "날짜", kind="date", example=DAY),)

    book = opened(template_workbook(Plain()))
    assert book.sheetnames == ["사례 양식", "작성 방법"]
    assert book.worksheets[0]["A2"].value == "(예시) 2026-11-20"


# ---------------------------------------------------------------------------------- the returned file


def returned(file: io.BytesIO, importer: Importer | None = None) -> Any:
    importer = importer or FormImporter()
    result = importer.run(file, None, dry_run=True)
    return opened(error_workbook(importer, file, result.errors)).worksheets[0]


HEAD = ["사례명", "건수", "비고", "발굴일"]
BAD = [
    ["2026년 사례"],
    HEAD,
    ["공유주차", 3, "그대로", DAY],
    [],
    [None, "=1+1", "=HYPERLINK(1)", "2026-02-30"],
]


def test_the_rows_come_back_in_their_places_with_the_reasons_in_a_last_column() -> None:
    page = returned(workbook(BAD))
    assert [[c.value for c in row][:4] for row in page.iter_rows()] == [
        ["2026년 사례", None, None, None],
        HEAD,
        ["공유주차", 3, "그대로", naive(2026, 11, 20)],
        [None] * 4,
        [None, "=1+1", "=HYPERLINK(1)", "2026-02-30"],
    ]
    assert [row[0].value for row in page.iter_rows(min_col=5)][:4] == [None, "오류", None, None]
    reasons = page["E5"].value.split("\n")
    assert [reason.split(":")[0] for reason in reasons] == ["사례명", "건수", "발굴일"]
    assert page["E2"].font.bold


def test_bad_cells_are_marked_the_empty_ones_too_and_only_they() -> None:
    page = returned(workbook(BAD))
    marked = {c.coordinate for row in page.iter_rows() for c in row if c.fill.fgColor.rgb == "00FDE3E3"}
    assert marked == {"A5", "B5", "D5"}


def test_formulas_and_error_values_come_back_as_text() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>사례명</v></c><c r="B1" t="str"><v>발굴일</v></c></row>'
        '<row r="2"><c r="A2"><f t="array" ref="A2">SUM(1,2)</f><v>3</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
    )
    page = returned(package(parts(sheet=sheet(rows))))
    assert [(c.data_type, c.value) for c in page[2]][:2] == [("s", "=SUM(1,2)"), ("s", "#REF!")]


@pytest.mark.django_db
def test_a_corrected_returned_file_is_taken() -> None:
    page = returned(workbook(BAD))
    page["A5"], page["B5"], page["D5"] = "도서관", 2, DAY
    importer = FormImporter()
    result = importer.run(saved(page.parent), None)
    assert result.saved == 2
    assert result.ignored_columns == ["비고"]


def test_a_file_returned_twice_has_one_error_column() -> None:
    first = returned(workbook(BAD))
    second = returned(saved(first.parent))
    assert [c.value for c in second[2]] == [*HEAD, "오류"]
    assert second["E5"].value == first["E5"].value


def test_cells_beyond_the_head_are_dropped() -> None:
    book = Workbook()
    page = book.active
    page.append(["사례명", "발굴일"])
    page.append(["가", None])
    page["XFD2"] = "x"
    assert returned(saved(book)).max_column == 3


@pytest.mark.parametrize("value", [dt.time(9, 30), dt.timedelta(hours=30), True, 1.5])
def test_other_values_come_back_as_they_were(value: Any) -> None:
    assert returned(workbook([["사례명", "비고", "발굴일"], ["가", value, None]]))["B2"].value == value


def test_an_error_of_a_whole_row_marks_no_cell() -> None:
    class Strict(FormImporter):
        def clean_row(self, row: Any) -> Any:
            from basis.errors import Rejected

            raise Rejected("이 행은 쓸 수 없습니다.")

    page = returned(workbook([["사례명", "발굴일"], ["가", DAY]]), Strict())
    assert page["C2"].value == "이 행은 쓸 수 없습니다."
    assert not any(c.fill.fgColor.rgb == "00FDE3E3" for c in page[2])
