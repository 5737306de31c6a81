"""Files made to choke whoever opens them are refused before they are read, in every container."""

import contextlib
import io
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from basis.excel.safety import ExcelRefused
from basis.tables import containers
from basis.tables.containers import open_book
from tests.basis.tables import files

MEASURED = """
import re, sys, time
sys.path.insert(0, {root!r})
from django.conf import settings
settings.configure(USE_I18N=False)
from basis.excel.safety import ExcelRefused
from basis.tables.containers import open_book

def peak():
    with open("/proc/self/status") as status:
        return int(re.search("VmHWM:\\s+(\\d+)", status.read())[1])

before, started = peak(), time.process_time()
try:
    for grid in open_book(open({file!r}, "rb")).grids:
        grid.height
    print("read", 0, 0)
except ExcelRefused as error:
    print("refused", time.process_time() - started, peak() - before)
"""


def ods(body: str) -> bytes:
    return files.opendocument(f'<table:table table:name="a">{body}</table:table>')


def xls(*cells: tuple[int, int]) -> bytearray:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for row, column in cells:
        page.write(row, column, "x")
    file = io.BytesIO()
    book.save(file)
    return bytearray(file.getvalue())


def patched(data: bytearray, kind: int, place: int, value: int) -> bytes:
    """The first record of this kind states another number."""
    at = data.index(struct.pack("<H", kind), 512) + 4 + place
    data[at : at + 4] = struct.pack("<I", value)
    return bytes(data)


def circle() -> bytes:
    """The chain of a stream goes back to its beginning."""
    data = xls(*((row, 0) for row in range(3_000)))
    fat = struct.unpack_from("<I", data, 76)[0]
    at = (fat + 1) * 512
    data[at + 8 : at + 12] = struct.pack("<I", 1)
    return bytes(data)


CELL = '<table:table-cell{more} office:value-type="string"><text:p>x</text:p></table:table-cell>'
ROW = '<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "ods-rows": lambda: ods(ROW.format(rows=1_048_576, cells=CELL.format(more="") * 100)),
    "ods-columns": lambda: ods(
        ROW.format(rows=1, cells=CELL.format(more=' table:number-columns-repeated="99999999"'))
    ),
    "ods-many": lambda: ods(ROW.format(rows=1, cells=CELL.format(more="") * 50) * 100_000),
    "ods-spaces": lambda: ods("<table:table-row/>" * 13_000_000),
    "xls-apart": lambda: bytes(xls((0, 0), (65_535, 255))),
    "xls-lying-texts": lambda: patched(xls((0, 0)), 0xFC, 4, 0x7FFFFFFF),
    "xls-lying-extent": lambda: patched(xls((0, 0)), 0x200, 4, 0x7FFFFFFF),
    "xls-circle": circle,
    "html-cells": lambda: b"<html><table>" + b"<tr><td>1</td></tr>" * 900_000,
    "csv-cells": lambda: b"1,2\n" * 4_000_000,
    "csv-quote": lambda: b'a,"' + b"b" * 15_000_000,
    "csv-wide": lambda: b"1," * 9_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_under_2_seconds_and_200_megabytes(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(BOMBS[name]())
    root = str(Path(containers.__file__).parents[2])
    code = MEASURED.format(root=root, file=str(file))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    word, seconds, kilobytes = done.stdout.split()
    assert word == "refused"
    assert float(seconds) < 2, done.stdout
    assert int(kilobytes) < 200 * 1024, done.stdout


ROWS = [["사례명", "건수"], ["공유주차", 3], ["스마트도서관", 4]]
GOOD = {
    "xls": files.xls(ROWS), "ods": files.ods(ROWS), "csv": files.csv(ROWS), "html": files.html(ROWS, "euc-kr"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
@effort(max_examples=80, deadline=None)
@given(st.data())
def test_no_flipped_bytes_escape_as_another_error(name: str, data: st.DataObject) -> None:
    good = bytearray(GOOD[name].getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    started = time.process_time()
    with contextlib.suppress(ExcelRefused):
        for grid in open_book(io.BytesIO(bytes(good))).grids:
            assert grid.height >= 0
    assert time.process_time() - started < 2
