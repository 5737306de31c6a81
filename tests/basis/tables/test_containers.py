"""Any container an office uses gives the same rows; what is no table is named, with how to save it (N3)."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

from basis.excel.columns import ImportColumn
from basis.excel.safety import ExcelRefused
from basis.tables.containers import open_book
from basis.tables.source import rows_of
from tests.basis.excel_files import workbook
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
