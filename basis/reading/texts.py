"""The text of a file, as far as it is read: never more than a bounded part, from no file that is made to choke readers.

What cannot be read says why (`Unreadable`); nothing else is raised for any file. Archives are unpacked once and counted
before (`basis.excel.safety`), XML is read as a stream and without document types, PDF in a process of its own with
bounded time and memory (`basis.reading.pdf`).
"""

import codecs
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple, cast
from xml.parsers import expat

import openpyxl
from django.utils.translation import gettext_lazy

from basis.excel.safety import DAMAGED, ExcelRefused, check_part, check_upload, count_members, limit
from basis.reading import pdf

MOST_CHARACTERS = 200_000  # about a hundred pages: whoever looks for a word mostly means the first of them
SECONDS = 20
_CHUNK = 1 << 16
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Text(NamedTuple):
    """`cut`: the document goes on."""

    text: str
    cut: bool


class Unreadable(Exception):
    """Why the text of a file cannot be read, in words for whoever put it there."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


# What people can do about it.
BROKEN = gettext_lazy("파일이 손상되었거나 지나치게 커서 내용을 읽지 못했습니다.")
LOCKED = gettext_lazy("암호가 걸려 있어 내용을 읽지 못했습니다.")
SLOW = gettext_lazy("내용을 읽는 데 너무 오래 걸려 그만두었습니다.")
WITHOUT = gettext_lazy("글자가 없는 문서(스캔한 그림 등)입니다.")
OLD_HWP = gettext_lazy("이전 한글 형식(.hwp)은 내용을 읽지 않습니다. hwpx나 pdf로 저장하여 올려 주세요.")
OLD_OFFICE = gettext_lazy(
    "이전 오피스 형식은 내용을 읽지 않습니다. docx·xlsx·pptx나 pdf로 저장하여 올려 주세요."
)
PACKED = gettext_lazy("압축 파일은 안에 든 내용을 읽지 않습니다. 문서를 풀어서 올려 주세요.")
_NOT_READ = {"hwp": OLD_HWP, "doc": OLD_OFFICE, "xls": OLD_OFFICE, "ppt": OLD_OFFICE, "zip": PACKED}


def has_text(name: str) -> bool:
    """Whether a file of this name is a document: pictures have no text, and nothing need be said of it."""
    ending = _ending(name)
    return ending in _READERS or ending in _NOT_READ


def read(file: IO[bytes], name: str) -> Text:
    """Raises: Unreadable."""
    ending = _ending(name)
    if ending in _NOT_READ:
        raise Unreadable(_NOT_READ[ending])
    if ending not in _READERS:
        raise Unreadable(WITHOUT)
    gathered = _Gathered()
    try:
        for piece in _READERS[ending](file):
            if not gathered.take(piece):
                break
    except ExcelRefused as refused:
        raise Unreadable(BROKEN) from refused
    except (*DAMAGED, expat.ExpatError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable(
            BROKEN
        ) from error  # what the readers of workbooks raise for parts that are not there
    if not gathered.text.strip():
        raise Unreadable(WITHOUT)
    return Text(gathered.text, gathered.cut)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


class _Gathered:
    """Pieces until there are enough of them. Raises: Unreadable, if that takes too long."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left = MOST_CHARACTERS
        self._end = time.monotonic() + SECONDS
        self.cut = False

    def take(self, piece: str) -> bool:
        """Whether more is wanted."""
        if time.monotonic() > self._end:
            raise Unreadable(SLOW)
        self.cut = len(piece) > self._left
        self._pieces.append(piece[: self._left])
        self._left -= len(self._pieces[-1])
        return not self.cut

    @property
    def text(self) -> str:
        return "".join(self._pieces)


# ------------------------------------------------------------------------------------ archives of XML


class _Marks(NamedTuple):
    """By their names without namespaces: elements whose text it is, after which a line ends, that stand for a space,
    and that are left out."""

    text: frozenset[str] = frozenset({"t"})
    lines: frozenset[str] = frozenset({"p"})
    spaces: frozenset[str] = frozenset({"tab", "br", "cr", "lineBreak", "nbSpace", "fwSpace"})
    aside: frozenset[str] = frozenset({"hiddenComment", "Fallback"})


def _parts(pattern: str) -> Callable[[IO[bytes]], Iterator[str]]:
    """Reads the parts of an archive whose names match, in the order of the number in them."""
    wanted = re.compile(pattern).fullmatch

    def reader(file: IO[bytes]) -> Iterator[str]:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":  # Office puts a document with a password into another container
            raise Unreadable(LOCKED)
        count_members(file)
        with zipfile.ZipFile(file) as archive:
            _refuse_locked(archive)
            members = {info.filename: info for info in archive.infolist()}
            found = sorted((int(match[1] or 0), name) for name in members if (match := wanted(name)))
            if not found or len(members) != len(archive.infolist()):
                raise Unreadable(BROKEN)
            for _number, name in found:
                check_part(archive, members[name], limit("MAX_STRINGS_BYTES"), limit("MAX_STRINGS_TAGS"))
                with archive.open(name) as stream:
                    yield from _stream(stream)

    return reader


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    """HWPX says in its manifest what is locked, others in the archive itself."""
    names = set(archive.namelist())
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise Unreadable(LOCKED)
    if (manifest := "META-INF/manifest.xml") in names:
        check_part(archive, archive.getinfo(manifest), limit("MAX_PART_BYTES"), limit("MAX_PART_TAGS"))
        if b"encryption-data" in archive.read(manifest):
            raise Unreadable(LOCKED)


def _stream(stream: IO[bytes], marks: _Marks = _Marks()) -> Iterator[str]:  # noqa: B008  it never changes
    """The text of one part, as it comes."""
    pieces: list[str] = []
    inside = aside = 0

    def start(tag: str, _has: Any) -> None:
        nonlocal inside, aside
        name = tag.rpartition(" ")[2]
        inside += name in marks.text
        aside += name in marks.aside
        if name in marks.spaces:
            pieces.append(" ")

    def end(tag: str) -> None:
        nonlocal inside, aside
        name = tag.rpartition(" ")[2]
        inside -= name in marks.text
        aside -= name in marks.aside
        if name in marks.lines:
            pieces.append("\n")

    def data(text: str) -> None:
        if inside and not aside:
            pieces.append(text)

    def refuse(*_args: object) -> None:
        raise Unreadable(BROKEN)  # entities are declared there

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        yield "".join(pieces)
        pieces.clear()
    parser.Parse(b"", True)
    yield "".join(pieces)


# ---------------------------------------------------------------------------------------------- others


def _workbook(file: IO[bytes]) -> Iterator[str]:
    """Sheet after sheet, a line for each row; of formulas what they last gave."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Unreadable(LOCKED)
    check_upload(file)
    book = openpyxl.load_workbook(cast(Any, file), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            yield f"{sheet.title}\n"
            for row in sheet.iter_rows(values_only=True):
                yield " ".join(str(value) for value in row if value is not None) + "\n"
    finally:
        book.close()


def _plain(file: IO[bytes]) -> Iterator[str]:
    """Text in whatever encoding Korean programs write; the end may be half a character."""
    file.seek(0)
    data = file.read(4 * MOST_CHARACTERS + 4)
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp949"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        yield text
        return
    yield data.decode("cp949", errors="replace")


def _pdf(file: IO[bytes]) -> Iterator[str]:
    outcome, text = pdf.read(file, MOST_CHARACTERS + 1, SECONDS)
    reasons = {pdf.Outcome.LOCKED: LOCKED, pdf.Outcome.SLOW: SLOW, pdf.Outcome.BROKEN: BROKEN}
    if outcome in reasons:
        raise Unreadable(reasons[outcome])
    yield text


_READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    "hwpx": _parts(r"Contents/section(\d+)\.xml"),
    "docx": _parts(r"word/(?:document|footnotes|endnotes)(\d*)\.xml"),
    "pptx": _parts(r"ppt/slides/slide(\d+)\.xml"),
    "xlsx": _workbook,
    "pdf": _pdf,
    "txt": _plain,
    "csv": _plain,
}
