"""Files that are no workbook, or made to choke us, are refused before anything parses them."""

import contextlib
import io
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from basis.excel import safety
from basis.excel.columns import ImportColumn
from basis.excel.safety import ExcelRefused, check_upload
from tests.basis.excel_files import (
    MAIN,
    OFFICE,
    SPREADSHEET,
    STYLES,
    TYPES,
    XML,
    add_large,
    declare,
    package,
    parts,
    read_rows,
    sheet,
    workbook,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TITLE = [ImportColumn("title", "제목", required=True)]
SHEET = "xl/worksheets/sheet1.xml"


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(ExcelRefused) as caught:
        check_upload(file)
    return caught.value.message


def test_openpyxl_reads_xml_through_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML


def test_an_ordinary_workbook_passes_and_stands_at_its_beginning_again() -> None:
    file = workbook([["제목"], ["공유주차"]])
    file.seek(7)
    check_upload(file)
    assert file.tell() == 0


def test_the_hand_made_workbook_of_these_tests_is_good() -> None:
    assert [row.values for row in read_rows(package(parts()), TITLE)] == [{"title": "공유주차"}]


def test_a_django_upload_passes() -> None:
    check_upload(SimpleUploadedFile("a.xlsx", workbook([["제목"]]).getvalue()))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "빈 파일"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "HTML"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "HTML"),
        ("번호,제목\r\n1,공유주차\r\n".encode(), "CSV"),
        ("번호,제목\r\n1,공유주차\r\n".encode("cp949"), "CSV"),
        ("번호\t제목".encode("utf-16"), "CSV"),
        (OLE + bytes(4096), "(.xls)"),
        (OLE + bytes(100_000) + "EncryptedPackage".encode("utf-16-le") + bytes(100), "암호"),
        (b"%PDF-1.7\n\x00\x01\xff\xfe\x80", "엑셀 파일이 아닙니다"),
        (bytes(5000), "엑셀 파일이 아닙니다"),
        (b"PK\x03\x04" + bytes(100), "손상"),
    ],
    ids=[
        "empty",
        "html",
        "doctype-html",
        "csv",
        "csv-cp949",
        "utf-16",
        "xls",
        "encrypted",
        "pdf",
        "zeros",
        "cut",
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, words: str) -> None:
    assert words in refusal(io.BytesIO(content))


def test_a_file_over_the_size_limit_is_refused(settings: object) -> None:
    settings.EXCEL_MAX_FILE_BYTES = 1024 * 1024  # type: ignore[attr-defined]  # pytest-django's fixture
    assert "1MB 이하" in refusal(io.BytesIO(b"PK\x03\x04" + bytes(1024 * 1024)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"types": None}, "엑셀 파일이 아닙니다"),
        ({"types": TYPES.replace("spreadsheetml.sheet", "wordprocessingml.document")}, "엑셀 파일이 아닙니다"),
        ({"types": "<Types"}, "손상"),
        ({"types": TYPES.replace("/xl/styles.xml", "/xl/workbook.xml")}, "손상"),
        ({"styles": b"PK\x03\x04 a zip within"}, "삽입된"),
        ({"styles": OLE}, "삽입된"),
        ({"styles": b"not xml"}, "손상"),
        ({"strings": b" " * 300_000}, "손상"),
    ],
    ids=[
        "no-types", "docx", "bad-types", "two-types", "zip", "ole", "no-xml", "prologue",
    ],
)  # fmt: skip
def test_a_zip_that_is_no_plain_workbook_is_refused(change: dict, words: str) -> None:
    assert words in refusal(package(parts(**change)))


MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (parts(types=TYPES.replace(f"{SPREADSHEET}sheet.main", MACRO_TYPE)), "매크로"),
        (parts() | {"xl/vbaProject.bin": OLE + bytes(100)}, "매크로"),
        (parts(types=TYPES.replace(f"{SPREADSHEET}styles", f"{SPREADSHEET}externalLink")), "연결"),
        (parts() | {"xl/externalLinks/externalLink1.xml": "<a/>"}, "연결"),
    ],
    ids=["xlsm", "macros", "link-type", "link"],
)
def test_macros_and_links_are_left_out_and_said(changed: dict, words: str) -> None:
    (remark,) = check_upload(package(changed))
    assert words in remark


def test_a_zip_archive_within_is_refused_whatever_its_name() -> None:
    inner = package(parts()).getvalue()
    assert "삽입된" in refusal(package(parts() | {"xl/media/image1.png": inner}))


def test_pictures_are_let_through() -> None:
    check_upload(package(parts() | {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}))


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize("part", ["sheet", "strings", "styles", "book", "rels", "types"])
def test_a_document_type_is_refused_in_every_part(part: str) -> None:
    body = str(parts()[{"sheet": SHEET}.get(part, _name(part))]).removeprefix(XML)
    assert "DOCTYPE" in refusal(package(parts(**{part: DOCTYPE + body})))


def _name(short: str) -> str:
    return next(name for name, content in parts(**{short: "marked"}).items() if content == "marked")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_found_in_other_encodings(encoding: str) -> None:
    text = DOCTYPE.replace("?>", ' encoding="UTF-16"?>', 1) + "<a>&c;</a>"
    content = text.encode(encoding)
    if encoding != "utf-16":
        content = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding] + content
    assert "DOCTYPE" in refusal(package(parts(styles=content)))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(package(parts()).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "암호" in refusal(io.BytesIO(bytes(data)))


def test_two_parts_of_one_name_are_refused() -> None:
    file = package(parts())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/styles.xml", STYLES)
    assert "손상" in refusal(file)


# ------------------------------------------------------------------------------------------- bombs


def test_too_many_members_are_refused_before_they_are_listed(settings: object) -> None:
    settings.EXCEL_MAX_MEMBERS = 50  # type: ignore[attr-defined]  # pytest-django's fixture
    many = parts() | {f"xl/media/{i}.png": b"x" for i in range(60)}
    assert "지나치게" in refusal(package(many))


def test_a_part_over_its_limit_is_refused(settings: object) -> None:
    settings.EXCEL_MAX_PART_BYTES = 100_000  # type: ignore[attr-defined]  # pytest-django's fixture
    padded = STYLES.replace("<fonts>", f"<!--{'x' * 110_000}--><fonts>")
    assert "지나치게" in refusal(package(parts(styles=padded)))


def test_parts_that_are_small_each_but_not_together_are_refused(settings: object) -> None:
    settings.EXCEL_MAX_UNPACKED_BYTES = 300_000  # type: ignore[attr-defined]  # pytest-django's fixture
    images = {f"xl/media/{i}.png": bytes([137, i]) * 40_000 for i in range(5)}
    assert "지나치게" in refusal(package(parts() | images))


def test_endless_tags_are_refused_by_their_number() -> None:
    assert "지나치게" in refusal(package(parts(styles=STYLES.replace("<xf/>", "<xf/>" * 200_001, 1))))


def test_a_sheet_named_as_another_part_gets_no_larger_limit(settings: object) -> None:
    """openpyxl takes styles by their name, whatever the archive says they are."""
    settings.EXCEL_MAX_PART_TAGS = 500  # type: ignore[attr-defined]  # pytest-django's fixture
    types = TYPES.replace(f"{SPREADSHEET}styles", f"{SPREADSHEET}worksheet")
    assert "지나치게" in refusal(
        package(parts(types=types, styles=STYLES.replace("<xf/>", "<xf/>" * 600, 1)))
    )


def test_a_sheet_of_identical_rows_is_no_bomb() -> None:
    row = "<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(12)) + "</row>"
    file = package(parts(sheet=sheet(row * 45_000)))
    part = zipfile.ZipFile(file).getinfo(SHEET)
    assert part.file_size > safety.RATIO_FROM
    assert part.file_size > 200 * part.compress_size
    check_upload(file)


def test_what_unpacks_to_far_more_than_any_sheet_does_is_refused() -> None:
    without = parts()
    del without[SHEET]
    assert "지나치게" in refusal(add_large(package(without), SHEET, 11, b"<a>" + b" " * (1 << 20)))


def test_a_lying_directory_does_not_help(settings: object) -> None:
    """The archive claims 100 bytes; zipfile would inflate all before noticing, we stop at the limit."""
    settings.EXCEL_MAX_PART_BYTES = 1_000_000  # type: ignore[attr-defined]  # pytest-django's fixture
    contents = parts()
    del contents["xl/styles.xml"]
    bomb = add_large(package(contents), "xl/styles.xml", 500, STYLES.encode() + b" " * (1 << 20))
    lying = declare(bomb, "xl/styles.xml", 100, zlib.crc32(STYLES.encode()[:100]))
    assert zipfile.ZipFile(lying).getinfo("xl/styles.xml").file_size == 100
    assert "지나치게" in refusal(lying)


@pytest.mark.parametrize("claimed", [10, 5_000_000])
def test_a_part_that_is_not_of_the_size_it_claims_is_refused(claimed: int) -> None:
    file = declare(package(parts()), "xl/styles.xml", claimed, zlib.crc32(STYLES.encode()[:claimed]))
    assert "손상" in refusal(file)


MEASURED = """
import re, sys, time
sys.path.insert(0, {root!r})
from django.conf import settings
settings.configure(USE_I18N=False)
from basis.excel.safety import ExcelRefused, check_upload

def peak():
    with open("/proc/self/status") as status:
        return int(re.search("VmHWM:\\s+(\\d+)", status.read())[1])

before, started = peak(), time.process_time()
try:
    check_upload(open({file!r}, "rb"))
except ExcelRefused:
    print("refused", time.process_time() - started, peak() - before)
"""


def bombs() -> dict[str, io.BytesIO]:
    without = parts()
    del without[SHEET]
    row = b"<row>" + b'<c t="inlineStr"><is><t>0</t></is></c>' * 500 + b"</row>"
    piece = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + row * 50
    honest = add_large(package(without), SHEET, (2 << 30) // len(piece), piece)
    lying = declare(add_large(package(without), SHEET, (2 << 30) // len(piece), piece), SHEET, 5_000)
    blank = b"<a>" + b" " * (1 << 20)
    strings = declare(
        add_large(package(parts(strings=None)), "xl/sharedStrings.xml", 2048, blank), SHEET, 5_000
    )
    html = io.BytesIO(b"<html>" + b"<td>1</td>" * 1_500_000)
    none = io.BytesIO(b"\x00\x01\x02" * 5_000_000)
    return {"2-gb": honest, "lying": lying, "strings": strings, "html": html, "no-xlsx": none}


def test_bombs_are_refused_in_under_2_seconds_and_100_megabytes(tmp_path: Path) -> None:
    root = str(Path(safety.__file__).parents[2])
    for name, content in bombs().items():
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(content.getvalue())
        code = MEASURED.format(root=root, file=str(file))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        word, seconds, kilobytes = done.stdout.split()
        assert word == "refused", name
        assert float(seconds) < 2, (name, done.stdout)
        assert int(kilobytes) < 100 * 1024, (name, done.stdout)


# ----------------------------------------------------------------- what only the reader can notice


def test_a_row_of_endless_cells_is_refused_while_it_is_read(settings: object) -> None:
    settings.EXCEL_MAX_ROW_BYTES = 300_000  # type: ignore[attr-defined]  # pytest-django's fixture
    file = package(parts(sheet=sheet(f'<row r="1">{"<c/>" * 200_000}</row>')))
    check_upload(file)
    with pytest.raises(ExcelRefused, match="한 행의 내용"):
        list(read_rows(file, TITLE))


def test_many_rows_are_no_endless_row(settings: object) -> None:
    settings.EXCEL_MAX_ROW_BYTES = 50_000  # type: ignore[attr-defined]  # pytest-django's fixture
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{"제목" if r == 1 else "가"}</t></is></c></row>'
        for r in range(1, 5_000)
    )
    assert sum(1 for _ in read_rows(package(parts(sheet=sheet(rows))), TITLE)) == 4_998


@pytest.mark.parametrize(
    "change",
    [
        {"sheet": sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')},
        {"sheet": sheet('<row r="1"><c r="A1"><v>abc</v></c></row>')},
        {"sheet": sheet('<row r="x"><c r="A1"><v>1</v></c></row>')},
        {"sheet": sheet(f'<row r="1"><c r="A1"><v>{"9" * 6_000}</v></c></row>')},
        {"sheet": sheet("<row></c>")},
        {"book": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet/></sheets></workbook>'},
        {
            "styles": f'{XML}<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills></styleSheet>'
        },
        {"rels": None},
    ],
)
def test_a_broken_workbook_is_called_broken(change: dict) -> None:
    with pytest.raises(ExcelRefused, match=r"손상|필요한 열|시트"):
        list(read_rows(package(parts(**change)), TITLE))


@pytest.mark.parametrize("numbers", [(1, 3, 2), (1, 2, 2), (1, 1_048_577)])
def test_rows_out_of_order_or_beyond_excels_last_are_called_broken(numbers: tuple[int, ...]) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{int(n > 1)}</v></c></row>' for n in numbers)
    with pytest.raises(ExcelRefused, match="손상"):
        list(read_rows(package(parts(sheet=sheet(rows))), TITLE))


@effort(max_examples=60, deadline=None)
@given(st.data())
def test_no_flipped_bytes_escape_as_another_error(data: st.DataObject) -> None:
    good = bytearray(package(parts()).getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    started = time.process_time()
    with contextlib.suppress(ExcelRefused):
        list(read_rows(io.BytesIO(bytes(good)), TITLE))
    assert time.process_time() - started < 2
