"""The workbook that goes back with what is wrong: marked, written beside, and known when it comes again (N3)."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook

from basis.excel.importer import Importer
from basis.tables.source import rows_of
from imports.returned import returned_workbook
from tests.basis.excel_files import naive, opened, saved, taken, workbook
from tests.basis.test_excel_workbooks import DAY, FormImporter


def returned(file: io.BytesIO, importer: Importer | None = None) -> Any:
    importer = importer or FormImporter()
    errors = taken(importer, file, dry_run=True).errors
    made = returned_workbook(file, rows_of(file, importer.columns), errors)
    return opened(made).worksheets[0]


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


@pytest.mark.django_db
def test_a_corrected_returned_file_is_taken() -> None:
    page = returned(workbook(BAD))
    page["A5"], page["B5"], page["D5"] = "도서관", 2, DAY
    importer = FormImporter()
    result = taken(importer, saved(page.parent), None)
    assert result.saved == 2
    assert result.ignored_columns == ["비고"]


def test_a_file_returned_twice_has_one_error_column() -> None:
    first = returned(workbook(BAD))
    second = returned(saved(first.parent))
    assert [c.value for c in second[2]] == [*HEAD, "오류"]
    assert second["E5"].value == first["E5"].value


def test_cells_beyond_the_head_are_left_and_the_reasons_stand_where_nothing_is() -> None:
    book = Workbook()
    page = book.active
    page.append(["사례명", "발굴일"])
    page.append(["가", None])
    page["XFD2"] = "x"
    made = returned(saved(book))
    assert [made[cell].value for cell in ("C1", "XFD2")] == ["오류", "x"]
    assert made["C2"].value.startswith("발굴일")


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
