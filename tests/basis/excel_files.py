"""Workbooks as people and attackers send them, made for the tests."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, ImportResult
from basis.excel.rows import RawRow
from basis.tables.source import rows_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SPREADSHEET}sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{SPREADSHEET}styles+xml"/></Types>'
)
BOOK = (
    f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
BOOK_RELS = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    '<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def sheet(rows: str) -> str:
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def strings(texts: Iterable[str]) -> str:
    return f'{XML}<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def parts(**changes: str | bytes | None) -> dict[str, str | bytes]:
    """The parts of a small good workbook with one head and one text; `changes` by short name, None leaves out."""
    names = {
        "types": "[Content_Types].xml",
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    good: dict[str, str | bytes | None] = {
        "types": TYPES,
        "book": BOOK,
        "rels": BOOK_RELS,
        "styles": STYLES,
        "strings": strings(["제목", "공유주차"]),
        "sheet": sheet(
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        ),
    }
    found = {names[key]: value for key, value in (good | changes).items()}
    return {name: value for name, value in found.items() if value is not None}


def package(contents: dict[str, str | bytes]) -> io.BytesIO:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def add_large(file: io.BytesIO, name: str, times: int, piece: bytes) -> io.BytesIO:
    """Add a part of `piece` many times over, compressing it once: gigabytes in no time. Its checksum is wrong."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(piece) + deflate.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, block * times + deflate.flush())
    data = bytearray(file.getvalue())
    data[_entry(data, name) + 10] = zipfile.ZIP_DEFLATED
    return declare(io.BytesIO(data), name, len(piece) * times)


def declare(file: io.BytesIO, name: str, size: int, crc: int | None = None) -> io.BytesIO:
    """Let the archive's directory claim another unpacked size (and checksum) of a part."""
    data = bytearray(file.getvalue())
    place = _entry(data, name)
    if crc is not None:
        data[place + 16 : place + 20] = crc.to_bytes(4, "little")
    data[place + 24 : place + 28] = size.to_bytes(4, "little")
    return io.BytesIO(data)


def _entry(data: bytearray, name: str) -> int:
    """Where the directory speaks of the part."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))


def workbook(rows: Sequence[Sequence[Any]], title: str = "입력") -> io.BytesIO:
    """An ordinary workbook; a text with = at its beginning is a formula, as in Excel."""
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def opened(data: bytes | io.BytesIO) -> Workbook:
    return load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)


def naive(*numbers: int) -> dt.datetime:
    """A moment as Excel has it: without a time zone."""
    return dt.datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001


def read_rows(file: Any, columns: Sequence[ImportColumn]) -> Iterator[RawRow]:
    yield from rows_of(file, columns)


def taken(importer: Importer, file: Any, actor: Any = None, **more: Any) -> ImportResult:
    """What becomes of a file as it is, without answers."""
    return importer.take(rows_of(file, importer.columns), actor, **more)
