"""The text of documents: read, bounded, and refused with a reason. What else goes wrong is no answer."""

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from basis.reading import pdf, texts
from basis.reading.texts import Text, Unreadable, has_text, read
from tests.basis.written import MADE, archive, docx, hwpx, xlsx
from tests.basis.written import pdf as made_pdf

DOCTYPE = '<!DOCTYPE w [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("가" * 1000, "&a;" * 1000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def text_of(content: bytes, name: str) -> Text:
    return read(io.BytesIO(content), name)


def reason(content: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        text_of(content, name)
    return caught.value.reason


@pytest.mark.parametrize("ending", MADE)
def test_a_document_gives_its_text_in_its_order(ending: str) -> None:
    found, cut = text_of(MADE[ending]("거주자우선주차 배정", "둘째 ①"), f"보고.{ending.upper()}")
    assert not cut
    assert found.index("거주자우선주차 배정") < found.index("둘째 ①")


def test_what_is_no_text_of_a_paper_is_left_out() -> None:
    deleted = "<w:del><w:r><w:delText>지움</w:delText></w:r></w:del>"
    kept = "<w:r><w:t>앞</w:t><w:tab/><w:t>뒤</w:t></w:r>"
    assert text_of(docx("본문", more=f"<w:p>{deleted}{kept}</w:p>"), "a.docx").text == "본문\n앞 뒤\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_plain_text_of_any_encoding_is_read(encoding: str) -> None:
    assert text_of("주차 안내".encode(encoding), "a.txt").text == "주차 안내"


@pytest.mark.parametrize("ending", [*MADE, "txt"])
def test_no_more_is_read_than_a_bounded_part(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 50)
    made = ("가" * 100).encode() if ending == "txt" else MADE[ending]("가" * 100, "나" * 100)
    found = text_of(made, f"a.{ending}")
    assert (len(found.text), found.cut) == (50, True)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a.hwp", "hwpx"),
        ("a.doc", "docx"),
        ("a.xls", "xlsx"),
        ("a.zip", "압축"),
        ("a.png", "글자"),
        ("a", "글자"),
    ],
)
def test_what_is_not_read_is_named(name: str, word: str) -> None:
    assert word in reason(OLE, name)
    assert has_text(name) == (name not in ("a.png", "a"))


def locked_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(made_pdf("가"))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file := io.BytesIO())
    return file.getvalue()


def locked_zip(content: bytes) -> bytes:
    """The bit that says so, in the directory."""
    place = content.index(b"PK\x01\x02")
    return content[: place + 8] + bytes([content[place + 8] | 1]) + content[place + 9 :]


MANIFEST = "<m><encryption-data/></m>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (OLE, "a.docx"),
        (OLE, "a.xlsx"),
        (locked_zip(docx("가")), "a.docx"),
        (archive({"Contents/section0.xml": b"\x01\x02", "META-INF/manifest.xml": MANIFEST}), "a.hwpx"),
        (locked_pdf(), "a.pdf"),
    ],
)
def test_what_is_locked_is_named(content: bytes, name: str) -> None:
    assert reason(content, name) == str(texts.LOCKED)


def test_a_password_for_changing_alone_keeps_nobody_from_reading() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(made_pdf("주차"))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(file := io.BytesIO())
    assert "주차" in text_of(file.getvalue(), "a.pdf").text


def bomb(name: str) -> bytes:
    with (
        zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made,
        made.open(name, "w") as part,
    ):
        for _n in range(300):
            part.write(b"<" + b" " * (1 << 20))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04" + bytes(100), "a.docx"),
        (docx("가")[:-30], "a.docx"),
        (archive({"other.xml": "<a/>"}), "a.hwpx"),
        (archive({"other.xml": "<a/>"}), "a.xlsx"),
        (archive({"word/document.xml": "<a><b></a>"}), "a.docx"),
        (docx("가", before=DOCTYPE), "a.docx"),
        (docx("가", before='<!DOCTYPE w SYSTEM "file:///etc/passwd">'), "a.docx"),
        (bomb("word/document.xml"), "a.docx"),
        (bomb("Contents/section0.xml"), "a.hwpx"),
        (b"%PDF-1.7\n" + bytes(1000), "a.pdf"),
        (xlsx("가")[:-30], "a.xlsx"),
    ],
)
def test_what_is_broken_or_made_to_choke_us_is_refused_soon(content: bytes, name: str) -> None:
    begun = time.monotonic()
    assert reason(content, name) == str(texts.BROKEN)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("content", "name"), [(archive({"word/document.xml": "<a/>"}), "a.docx"), (b" \n", "a.txt")]
)
def test_a_scan_says_that_it_has_no_letters(content: bytes, name: str) -> None:
    assert reason(content, name) == str(texts.WITHOUT)
    assert reason(made_pdf(" "), "a.pdf") == str(texts.WITHOUT)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_file: IO[bytes]) -> Iterator[str]:
        while True:
            time.sleep(0.01)
            yield "가"

    monkeypatch.setattr(texts, "SECONDS", 0.1)
    monkeypatch.setitem(texts._READERS, "txt", slow)
    assert reason(b"", "a.txt") == str(texts.SLOW)


def test_a_reader_of_pdf_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = [sys.executable, "-c", "while True: pass"]
    run = subprocess.run
    monkeypatch.setattr(pdf.subprocess, "run", lambda _command, **more: run(hang, **{**more, "timeout": 1}))
    assert reason(made_pdf("가"), "a.pdf") == str(texts.SLOW)


@cache
def sound(ending: str) -> bytes:
    return MADE[ending]("가나다 주차", "둘째")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["hwpx", "docx", "pptx", "xlsx"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4),
)
def test_whatever_is_damaged_is_read_or_refused(ending: str, places: list[tuple[float, bytes]]) -> None:
    """Nothing else is raised."""
    content = bytearray(sound(ending))
    for share, change in places:
        place = int(share * len(content))
        content[place : place + len(change)] = change
    with suppress(Unreadable):
        assert text_of(bytes(content), f"a.{ending}").text


def test_hidden_comments_of_a_paper_are_not_read() -> None:
    made = zipfile.ZipFile(io.BytesIO(hwpx("본문")))
    section = made.read("Contents/section0.xml").decode()
    hidden = "<hp:hiddenComment><hp:p><hp:run><hp:t>숨김</hp:t></hp:run></hp:p></hp:hiddenComment><hp:t>본문</hp:t>"
    changed = archive({"Contents/section0.xml": section.replace("<hp:t>본문</hp:t>", hidden, 1)})
    found = text_of(changed, "a.hwpx").text
    assert "본문" in found
    assert "숨김" not in found
