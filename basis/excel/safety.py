"""What is refused before any parsing: files that are no workbook, or made to choke whoever opens them.

openpyxl holds most parts of a workbook whole in memory: a 5 MB file took it 11 s and 525 MB. So every part
is unpacked here once, in pieces and counting, before openpyxl sees it. Sizes that the archive itself declares
are used to refuse early, never to accept.
"""

import codecs
import re
import sys
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO, cast
from xml.parsers import expat

import openpyxl
from defusedxml import ElementTree
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.utils.translation import gettext as _

from basis.errors import Rejected

MB = 1024 * 1024
Upload = IO[bytes] | File  # an open file or what Django makes of an upload

# Technical limits, not policy. Each may be set in the Django settings as EXCEL_<name>.
MAX_FILE_BYTES = 20 * MB  # 100,000 rows of 12 columns are about 8 MB
MAX_MEMBERS = 1_000  # an ordinary workbook has 10 to 60 parts
MAX_UNPACKED_BYTES = 256 * MB  # all parts; inflating this much takes about half a second
MAX_SHEET_BYTES = 200 * MB  # worksheets are read as a stream; 100,000 × 12 cells are about 60 MB
MAX_SHEET_TAGS = 12_000_000  # 100,000 rows of 30 columns
MAX_STRINGS_BYTES = 64 * MB  # the table of shared texts is held in memory
MAX_STRINGS_TAGS = 3_000_000  # about 750,000 different texts, 100 MB once read
MAX_PART_BYTES = 8 * MB  # everything else (styles, themes, relations) is held as objects
MAX_PART_TAGS = 200_000  # openpyxl spends up to 30 µs on each
MAX_RATIO = 250  # Deflate reaches 1,032; ordinary sheets 15, identical rows without cell names 230
RATIO_FROM = 10 * MB  # small parts may well be this regular
MAX_ROWS = 100_000  # rows of one import; they are held in memory until all are checked
MAX_CELLS = 3_000_000  # of a sheet: 100,000 rows of 30 columns
MAX_HTML_TAGS = 1_000_000  # a page is held as a tree
MAX_ROW_BYTES = 2 * MB  # a row is held whole while it is read; 16,384 plain cells are 0.8 MB

_CHUNK = 256 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, .hwp, and every workbook with a password
_CONTENT_TYPES = "[Content_Types].xml"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_WORKBOOK_TYPES = {f"{_SPREADSHEET}{kind}.main+xml" for kind in ("sheet", "template")} | {
    f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml" for kind in ("sheet", "template")
}
_MACROS = "vbaproject.bin"
_SHEET_TYPE = f"{_SPREADSHEET}worksheet+xml"
_STRINGS_TYPE = f"{_SPREADSHEET}sharedStrings+xml"
_XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
# What zipfile, zlib and the readers behind them raise for files that are cut off or not what they say.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)

if not openpyxl.DEFUSEDXML:
    raise ImproperlyConfigured("openpyxl must read XML through defusedxml; OPENPYXL_DEFUSEDXML turns it off")


class ExcelRefused(Rejected):
    """The file as a whole cannot be taken. The message says why and what to do."""


def limit(name: str) -> int:
    """The limit of this name: the setting EXCEL_<name>, else the constant above."""
    return int(getattr(settings, f"EXCEL_{name}", globals()[name]))


def check_upload(file: Upload) -> tuple[str, ...]:
    """ExcelRefused unless the file is a plain .xlsx of bearable size. Leaves the file at its beginning.

    Gives what to say about it: macros left out, links not followed.
    """
    try:
        check_size(file)
        _check_signature(file)
        return _check_members(file)
    finally:
        file.seek(0)


def damaged() -> ExcelRefused:
    return ExcelRefused(_("파일이 손상되어 읽을 수 없습니다. 엑셀에서 열리는지 확인하고 다시 저장해 주세요."))


def check_size(file: Upload) -> None:
    size = file.seek(0, 2)
    if size == 0:
        raise ExcelRefused(_("빈 파일입니다. 내용이 있는 엑셀 파일을 골라 주세요."))
    if size > limit("MAX_FILE_BYTES"):
        raise ExcelRefused(
            _("파일이 너무 큽니다. %(mb)sMB 이하로 나누어 올려 주세요.")
            % {"mb": limit("MAX_FILE_BYTES") // MB}
        )


def _check_signature(file: Upload) -> None:
    """Tell by its first bytes what a file that is no zip archive really is."""
    file.seek(0)
    head = file.read(4096)
    if head.startswith(_ZIP):
        return
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in head + file.read(limit("MAX_FILE_BYTES")):
            raise encrypted()
        raise ExcelRefused(
            _("예전 형식(.xls)이거나 엑셀이 아닌 문서입니다. ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
        )
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<"):
        raise ExcelRefused(
            _("웹 페이지(HTML)의 이름만 바꾼 파일입니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
        )
    if _is_text(head):
        raise ExcelRefused(
            _("텍스트(CSV) 파일입니다. 엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 저장해 주세요.")
        )
    raise _no_workbook()


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-8", "cp949"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _no_workbook() -> ExcelRefused:
    return ExcelRefused(_("엑셀 파일이 아닙니다. ‘Excel 통합 문서(.xlsx)’로 저장한 파일을 골라 주세요."))


def encrypted() -> ExcelRefused:
    return ExcelRefused(_("암호가 걸린 파일입니다. 엑셀에서 암호를 해제한 뒤 다시 저장해 주세요."))


def too_large() -> ExcelRefused:
    return ExcelRefused(
        _(
            "압축을 풀었을 때 내용이 지나치게 큽니다. 새 통합 문서에 필요한 값만 붙여 넣거나 "
            "파일을 나누어 올려 주세요."
        )
    )


def _check_members(file: Upload) -> tuple[str, ...]:
    count_members(file)
    try:
        with zipfile.ZipFile(cast(IO[bytes], file)) as archive:
            members = {info.filename: info for info in archive.infolist()}
            if len(members) != len(archive.infolist()):
                raise damaged()  # two parts of one name: readers differ in which one they take
            if _CONTENT_TYPES not in members:
                raise _no_workbook()
            _check_declared(members)
            check_part(archive, members.pop(_CONTENT_TYPES), *_part_limits(_CONTENT_TYPES, ""))
            types = _content_types(archive)
            remarks = _check_kind(types, members)
            for info in members.values():
                check_part(archive, info, *_part_limits(info.filename, types.get(info.filename, "")))
            return remarks
    except DAMAGED as error:
        raise damaged() from error


def count_members(file: Upload) -> None:
    """Refuse what has too many: zipfile would make an object of each."""
    if _count(file, _DIRECTORY_ENTRY) > limit("MAX_MEMBERS"):
        raise too_large()


def _count(file: Upload, signature: bytes) -> int:
    file.seek(0)
    count, tail = 0, b""
    while chunk := file.read(_CHUNK):
        count += (tail + chunk).count(signature)
        tail = chunk[1 - len(signature) :]
    return count


def _check_declared(members: Mapping[str, zipfile.ZipInfo]) -> None:
    """Refuse early what is too large by its own account."""
    if any(info.flag_bits & 0x1 for info in members.values()):
        raise encrypted()
    if sum(info.file_size for info in members.values()) > limit("MAX_UNPACKED_BYTES"):
        raise too_large()


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name → content type; the defaults by file extension stand under the extension alone."""
    try:
        root = ElementTree.fromstring(archive.read(_CONTENT_TYPES))
    except ElementTree.ParseError as error:
        raise damaged() from error
    types = {}
    for node in root:
        name = (node.get("PartName") or node.get("Extension") or "").removeprefix("/")
        if name in types:
            raise damaged()
        types[name] = node.get("ContentType") or ""
    return types


def _check_kind(types: Mapping[str, str], members: Mapping[str, zipfile.ZipInfo]) -> tuple[str, ...]:
    kinds = set(types.values())
    names = [name.lower() for name in members]
    if not kinds & _WORKBOOK_TYPES:
        raise _no_workbook()
    remarks = []
    if any("macroenabled" in kind.lower() for kind in kinds) or any(name.endswith(_MACROS) for name in names):
        remarks.append(macros_left_out())
    links = any(kind.endswith("externalLink+xml") for kind in kinds)
    if links or any("/externallinks/" in name for name in names):
        remarks.append(links_not_followed())
    return tuple(remarks)


def macros_left_out() -> str:
    return _("매크로가 든 파일입니다. 매크로는 빼고 값만 읽습니다.")


def links_not_followed() -> str:
    return _("다른 파일과 연결된 값이 있습니다. 연결은 따르지 않고 마지막으로 저장된 값을 읽습니다.")


def _part_limits(name: str, kind: str) -> tuple[int, int]:
    """Bytes and tags allowed. Only parts that openpyxl reads as a stream, or never opens, may be large."""
    if kind == _SHEET_TYPE and name.startswith("xl/worksheets/"):
        return limit("MAX_SHEET_BYTES"), limit("MAX_SHEET_TAGS")
    if kind == _STRINGS_TYPE and name.endswith("/sharedStrings.xml"):
        return limit("MAX_STRINGS_BYTES"), limit("MAX_STRINGS_TAGS")
    if name.startswith("xl/media/"):
        return limit("MAX_FILE_BYTES"), limit("MAX_PART_TAGS")
    return limit("MAX_PART_BYTES"), limit("MAX_PART_TAGS")


def check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int, max_tags: int) -> None:
    """Unpack the part, counting and throwing away: it must be as large as it says, and no larger than it may."""
    declared = info.file_size
    info.file_size = sys.maxsize  # zipfile stops where the archive says: let it go on to the real end
    size = tags = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            if size == 0 and not info.filename.lower().endswith(_MACROS):  # an OLE file, and never opened
                _check_beginning(info.filename, chunk)
            size += len(chunk)
            tags += chunk.count(b"<")
            if size > max_bytes or tags > max_tags:
                raise too_large()
            if size > RATIO_FROM and size > info.compress_size * limit("MAX_RATIO"):
                raise too_large()
    info.file_size = declared
    if size != declared:
        raise damaged()


def _check_beginning(name: str, chunk: bytes) -> None:
    if chunk.startswith((_ZIP, _OLE)):
        raise ExcelRefused(_("다른 파일이 삽입된 엑셀 파일입니다. 삽입된 개체를 지운 뒤 다시 저장해 주세요."))
    if not _begins_as_xml(chunk) and _XML_NAME.search(name):
        raise damaged()


def _begins_as_xml(chunk: bytes) -> bool:
    """Whether the first element comes within the chunk. Read by the parser itself, so in any encoding.

    A document type, the place where entities are declared, can only stand before the first element.
    """
    seen: list[str] = []

    def refuse(*_args: object) -> None:
        raise ExcelRefused(_("허용되지 않는 XML 선언(DOCTYPE)이 들어 있습니다. 엑셀에서 새로 저장해 주세요."))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, _attributes: seen.append(tag) if not seen else None
    try:
        parser.Parse(chunk, False)
    except expat.ExpatError:
        return bool(seen)
    if not seen:
        raise damaged()  # no element in 256 KB, and not binary either
    return True
