"""Any container an office uses gives the same rows; what is no table is named, with how to save it (N3)."""

import datetime as dt
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook

from basis.excel.columns import ImportColumn
from basis.excel.safety import ExcelRefused
from basis.tables.containers import open_book
from basis.tables.grids import Cell, Formula, Span
from basis.tables.reading import Context, read
from basis.tables.source import rows_of
from tests.basis.excel_files import saved, workbook
from tests.basis.tables import files

DAY = dt.date(2015, 3, 5)
COLUMNS = (
    ImportColumn("title", "사례명", required=True, max_length=20),
    ImportColumn("count", "건수", kind="int"),
    ImportColumn("found", "발굴일", kind="date", required=True),
)
ROWS: list[list[Any]] = [["사례명", "건수", "발굴일"], ["공유주차", 3, DAY], ["스마트도서관", None, DAY]]
CONTAINERS: dict[str, Callable[..., io.BytesIO]] = {
    "xlsx": workbook,
    "xls": files.xls,
    "ods": files.ods,
    "csv": files.csv,
    "csv-utf-8": lambda rows: files.csv(rows, "utf-8"),
    "csv-bom": lambda rows: files.csv(rows, "utf-8-sig"),
    "csv-utf-16": lambda rows: files.csv(rows, "utf-16"),
    "tsv": lambda rows: files.csv(rows, separator="\t"),
    "tsv-utf-16-no-bom": lambda rows: files.csv(rows, "utf-16-le", "\t"),
    "html": files.html,
    "html-euc-kr": lambda rows: files.html(rows, "euc-kr"),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_the_same_rows(name: str) -> None:
    found = list(rows_of(CONTAINERS[name](ROWS), COLUMNS))
    assert [(r.number, r.values, r.faults) for r in found] == [
        (2, {"title": "공유주차", "count": 3, "found": DAY}, ()),
        (3, {"title": "스마트도서관", "count": None, "found": DAY}, ()),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<DOCUMENT SAFER V2.0 ...>" + bytes(100), "Document SAFER"),
        (b"<## NASCA DRM FILE - VER1.00 ##>" + bytes(100), "NASCA"),
        (b"SCDSA004" + bytes(100), "SoftCamp"),
        (b"\x9b DRMONE This Document is encrypted", "Fasoo"),
        (b"%PDF-1.7\n", "PDF"),
        (b"HWP Document File V3.00", "한글 문서"),
        (b"", "빈 파일"),
        (bytes(range(256)) * 10, "표 파일이 아닙니다"),
        (b"<html><body><p>text</p></body></html>", "표가 없는"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "웹 보관 파일"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, words: str) -> None:
    with pytest.raises(ExcelRefused, match=words):
        open_book(io.BytesIO(content))


def renamed(name: str) -> io.BytesIO:
    """A compound file whose only stream has this name, as in encrypted workbooks and other documents."""
    data = bytearray(files.xls([["x"]]).getvalue())
    at = data.index("Workbook".encode("utf-16-le"))
    data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
    data[at + 64 : at + 66] = struct.pack("<H", 2 * len(name) + 2)
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("EncryptedPackage", "암호"),
        ("DRMEncryptedDataSpace", "RMS"),
        ("WordDocument", "Word"),
        ("FileHeader", "한글"),
        ("Anything", "엑셀 파일이 아닙니다"),
    ],
)
def test_other_compound_files_are_named(stream: str, words: str) -> None:
    with pytest.raises(ExcelRefused, match=words):
        open_book(renamed(stream))


def test_an_xls_with_a_password_is_named() -> None:
    """The record FILEPASS stands where xlwt writes another of the workbook's first ones."""
    data = bytearray(files.xls([["x"]]).getvalue())
    at = data.index(struct.pack("<HH", 0xE1, 2), 512)
    data[at : at + 2] = struct.pack("<H", 0x2F)
    with pytest.raises(ExcelRefused, match="암호"):
        open_book(io.BytesIO(bytes(data)))


def test_an_xls_tells_what_is_hidden_merged_and_worked_out() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("자료")
    page.write(1, 1, "a")
    page.write_merge(2, 3, 1, 2, "b")
    page.write(3, 3, 5)
    page.row(1).hidden = True
    page.col(2).hidden = True
    book.add_sheet("예전").visibility = 1
    file = io.BytesIO()
    book.save(file)
    opened = open_book(file)
    shown, hidden = opened.grids
    assert "‘예전’" in opened.remarks[0]
    assert (shown.hidden, hidden.hidden) == (False, True)
    assert (shown.hidden_rows, shown.hidden_columns, shown.spans) == ({2}, {3}, (Span(3, 2, 4, 3),))
    assert [shown.cell(2, 2).value, shown.cell(3, 2).value, shown.cell(4, 4).value] == ["a", "b", 5]
    assert shown.origin(4, 3) == (3, 2)


def test_an_ods_tells_what_is_hidden_merged_repeated_and_worked_out() -> None:
    body = (
        '<table:table table:name="a"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/>'
        '</table:table-row><table:table-row table:visibility="filter">'
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>가<text:s text:c="2"/>나'
        "</text:p><text:p>다</text:p><office:annotation><text:p>메모</text:p></office:annotation></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/></table:table-row>'
        "<table:table-row><table:covered-table-cell/>"
        '<table:table-cell office:value-type="float" office:value="0.5"/></table:table-row></table:table>'
    )
    (grid,) = open_book(io.BytesIO(files.opendocument(body))).grids
    assert [(line.number, line.columns, line.values) for line in grid.lines] == [
        (4, (1, 2, 3, 4), ("가  나\n다", 7, 7, Formula("of:=1+1", 2))),
        (5, (2,), (0.5,)),
    ]
    assert (grid.hidden_rows, grid.hidden_columns, grid.spans) == ({4}, {3}, (Span(4, 1, 5, 1),))


@pytest.mark.parametrize("value", ["다른", 12, DAY])
def test_a_formula_gives_the_result_it_had_once_that_is_confirmed(value: Any) -> None:
    kinds = {str: "text", int: "int", dt.date: "date"}
    column = ImportColumn("a", "항목", kind=kinds[type(value)])  # type: ignore[arg-type]  # of many kinds, on purpose
    shown = dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else value
    found = read(column, Cell(Formula("=A1", shown), "f"), Context())
    assert (found.value, found.notes, "수식" in found.fault) == (value, ("수식의 계산 값",), True)


def test_the_lists_of_our_own_form_are_nothing_to_speak_of() -> None:
    book = Workbook()
    book.create_sheet("선택 목록").sheet_state = "hidden"
    assert open_book(saved(book)).remarks == ()
