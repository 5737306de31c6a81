"""The form people fill in, and their own file given back with the errors marked."""

import datetime as dt
import io
from typing import Any

import pytest

from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer
from basis.excel.safety import check_upload
from basis.excel.workbooks import template_workbook
from tests.basis.excel_files import naive, opened, read_rows, saved, taken

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
    result = taken(importer, filled([["도서관", "중앙부처", "행정개혁", 5, DAY, 0.5]]), None)
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
