"""Excel out: typed cells, never a formula, streamed; what people typed cannot break the file."""

import datetime as dt
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from openpyxl import load_workbook

from basis.excel import writer
from basis.excel.writer import ExportColumn, Sheet, sheet_title, write_workbook
from basis.tables.containers import open_book
from tests.basis.excel_files import naive, opened


def written(rows: Any, *kinds: str, title: str = "목록") -> io.BytesIO:
    columns = [ExportColumn(f"열{i}", kind) for i, kind in enumerate(kinds)]
    target = io.BytesIO()
    write_workbook(target, [Sheet(title, columns, rows)])
    target.seek(0)
    return target


def cells(rows: Any, *kinds: str) -> list[tuple[Any, ...]]:
    page = opened(written(rows, *kinds)).worksheets[0]
    return [tuple(row) for row in page.iter_rows(min_row=2)]


def one(value: Any, kind: str = "text") -> Any:
    [[cell, _filler]] = cells([[value, 1]], kind, "int")
    return cell


ATTACKS = ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#REF!", "\t=1+1"]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("kind", ["text", "int", "decimal", "date", "datetime", "bool"])
def test_no_text_of_a_user_becomes_a_formula(text: str, kind: str) -> None:
    cell = one(text, kind)
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ATTACKS)
def test_no_head_and_no_title_becomes_a_formula(text: str) -> None:
    target = io.BytesIO()
    write_workbook(target, [Sheet(text, [ExportColumn(text)], [])])
    page = opened(target).worksheets[0]
    assert (page["A1"].data_type, page["A1"].value) == ("s", text)


def test_there_is_no_formula_element_in_the_file_itself() -> None:
    file = written([[text] for text in ATTACKS], "text")
    xml = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    assert b"<f" not in re.sub(rb"<formula", b"", xml)


def test_values_are_typed_and_formatted_by_their_column() -> None:
    moment = dt.datetime(2026, 11, 20, 5, 5, tzinfo=dt.UTC)
    row = ["사례", 1250000, Decimal("717.7"), dt.date(2026, 11, 20), moment, True]
    [found] = cells([row], "text", "int", "decimal", "date", "datetime", "bool")
    assert [c.value for c in found] == [
        "사례", 1250000, 717.7, naive(2026, 11, 20), naive(2026, 11, 20, 14, 5), "예",
    ]  # fmt: skip
    assert [c.data_type for c in found] == ["s", "n", "n", "d", "d", "s"]
    assert [c.number_format for c in found] == [
        "General", "#,##0", "#,##0.##", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "General",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (5, "#,##0"), (Decimal("1250000.00"), "#,##0"), (-3.0, "#,##0"), (0, "#,##0"), (Decimal("2.001"), "#,##0"),
        (0.5, "#,##0.##"), (Decimal("-717.75"), "#,##0.##"),
    ],
)  # fmt: skip
def test_a_whole_number_ends_in_no_point(value: Any, shown: str) -> None:
    found = cells([[Decimal("1.5"), 1], [value, 1], [7, 1]], "decimal", "int")
    assert [row[0].number_format for row in found] == ["#,##0.##", shown, "#,##0"]


@pytest.mark.parametrize(
    ("value", "kind", "seen"),
    [
        (False, "bool", "아니오"),
        (None, "bool", None),
        (None, "text", None),
        (gettext_lazy("예"), "text", "예"),
        (3, "text", "3"),
        (0, "int", 0),
        (2.5, "int", 2.5),
        ("해당 없음", "int", "해당 없음"),
        (True, "int", "True"),
        (10**15, "int", "1000000000000000"),
        (float("nan"), "decimal", "nan"),
        (float("inf"), "decimal", "inf"),
        (dt.date(1899, 12, 31), "date", "1899-12-31"),
        (dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC), "date", naive(2026, 11, 21)),
        (dt.date(2026, 11, 20), "datetime", naive(2026, 11, 20)),
        ("미정", "date", "미정"),
    ],
)
def test_odd_values_keep_their_meaning(value: Any, kind: str, seen: Any) -> None:
    assert one(value, kind).value == seen


def test_times_are_local() -> None:
    with timezone.override("Asia/Tokyo"):
        assert one(dt.datetime(2026, 7, 1, tzinfo=dt.UTC), "datetime").value == naive(2026, 7, 1, 9)


def test_yes_and_no_are_said_in_the_readers_language() -> None:
    with override("ko"):
        assert one(True, "bool").value == "예"


def test_illegal_characters_are_left_out_and_long_texts_cut() -> None:
    assert one("가\x00나\x1f다\ufffe라\ud800마\r\n바").value == "가나다라마\n바"
    long = one("가" * 32_768).value
    assert len(long) == 32_767
    assert long.endswith("가…")
    assert one("가" * 32_767).value == "가" * 32_767


@effort(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(), st.text(alphabet="=+-@#'\"<>&\t\n \x00\ud800")), max_size=8))
def test_any_text_comes_back_as_text(texts: list[str | None]) -> None:
    (grid,) = open_book(written([[text, 1] for text in texts], "text", "int")).grids
    found = [grid.cell(row, 1).value or "" for row in range(2, len(texts) + 2)]
    assert found == [writer.clean(text or "") for text in texts]


def test_the_head_is_styled_frozen_and_filtered_and_columns_have_their_width() -> None:
    target = io.BytesIO()
    columns = [ExportColumn("번호", "int", 8), ExportColumn("연도", "int", 10, number_format="0")]
    write_workbook(target, [Sheet("목록", columns, [(1, 2026), (2, 2026)])])
    page = opened(target).worksheets[0]
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert [page.column_dimensions[c].width for c in "AB"] == [8, 10]
    assert page["B2"].number_format == "0"


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        written([[1, 2]], "int")


def test_a_sheet_too_long_for_excel_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MAX_SHEET_ROWS", 4)
    book = opened(written(([n] for n in range(7)), "int"))
    assert book.sheetnames == ["목록", "목록 (2)", "목록 (3)"]
    assert [[c[0].value for c in page.iter_rows()] for page in book] == [
        ["열0", 0, 1, 2],
        ["열0", 3, 4, 5],
        ["열0", 6],
    ]
    exactly = opened(written(([n] for n in range(3)), "int"))
    assert exactly.sheetnames == ["목록"]


def test_several_sheets_are_written_one_after_the_other() -> None:
    target = io.BytesIO()
    write_workbook(target, (Sheet("같은 이름", [ExportColumn("열")], [[str(n)]]) for n in range(3)))
    assert opened(target).sheetnames == ["같은 이름", "같은 이름 (2)", "같은 이름 (3)"]


def test_nothing_to_write_is_a_workbook_all_the_same() -> None:
    target = io.BytesIO()
    write_workbook(target, [])
    assert len(opened(target).sheetnames) == 1


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=31), max_size=3))
def test_any_title_becomes_one_excel_takes(title: str, taken: list[str]) -> None:
    found = sheet_title(title, taken)
    assert 0 < len(found) <= 31
    assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", found)
    assert found.casefold() not in {name.casefold() for name in taken}
    assert not found.startswith("'")


def test_progress_is_told_every_thousand_rows_and_at_the_end() -> None:
    told: list[int] = []
    columns = [ExportColumn("열", "int")]
    sheets = [
        Sheet("가", columns, ([n] for n in range(1500))),
        Sheet("나", columns, ([n] for n in range(700))),
    ]
    write_workbook(io.BytesIO(), sheets, progress=told.append)
    assert told == [1000, 2000, 2200]


def test_rows_are_taken_one_by_one_not_gathered() -> None:
    ahead: list[int] = []

    def rows() -> Iterator[list[int]]:
        for n in range(5):
            ahead.append(n)
            yield [n]
            assert ahead[-1] == n

    written(rows(), "int")


def test_a_broken_off_export_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[list[int]]:
        yield [1]
        assert os.listdir(tmp_path)
        raise RuntimeError

    columns = [ExportColumn("열", "int")]
    with pytest.raises(RuntimeError):
        write_workbook(io.BytesIO(), [Sheet("가", columns, [[1]]), Sheet("나", columns, rows())])
    assert os.listdir(tmp_path) == []


def test_a_finished_export_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written([[1]], "int")
    assert os.listdir(tmp_path) == []


def test_it_reads_back_in_openpyxls_own_streaming_reader() -> None:
    book = load_workbook(written([[None, 1], ["가", None]], "text", "int"), read_only=True)
    assert list(book.worksheets[0].iter_rows(min_row=2, values_only=True)) == [(None, 1), ("가",)]
