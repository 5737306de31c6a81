"""Documents of one text, made by hand: what no library of ours writes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import openpyxl

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Document, Paragraph
from tests.basis.excel_files import XML

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def hwpx(*texts: str) -> bytes:
    return render_hwpx(
        Document("보고", "한빛구청", date(2026, 6, 1), tuple(Paragraph(text) for text in texts))
    )


def docx(*texts: str, before: str = "", more: str = "") -> bytes:
    """Each letter in a run of its own, as Word likes to cut them."""
    runs = ("".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in text) for text in texts)
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    return archive(
        {
            "word/document.xml": f'{XML}{before}<w:document xmlns:w="{WORD}"><w:body>{body}{more}</w:body></w:document>'
        }
    )


def pptx(*texts: str) -> bytes:
    return archive(
        {
            f"ppt/slides/slide{n}.xml": f'{XML}<p xmlns:a="{DRAWING}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>'
            for n, text in reversed(list(enumerate(texts, start=1)))
        }
    )


def xlsx(*texts: str) -> bytes:
    book = openpyxl.Workbook()
    for text in texts:
        book.active.append([text, 1])  # type: ignore[union-attr]  # it has one sheet
    book.save(file := io.BytesIO())
    return file.getvalue()


def pdf(*texts: str) -> bytes:
    """A page for each text, of a font that says which letters its numbers are."""
    letters = sorted(set("".join(texts)))
    codes = {letter: n for n, letter in enumerate(letters, start=1)}
    names = "\n".join(f"<{n:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, n in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(codes)} beginbfchar\n{names}\nendbfchar\n"
        "endcmap end end"
    )
    pages = [4 + 2 * n for n in range(len(texts))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(texts)} /Kids [{' '.join(f'{n + 2} 0 R' for n in pages)}] >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 4 0 R "
        "/DescendantFonts [5 0 R] >>",
        4: _stream(cmap),
        5: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    }
    for number, text in zip(pages, texts, strict=True):
        shown = "".join(f"{codes[letter]:04x}" for letter in text)
        objects[number + 2] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number + 3} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects[number + 3] = _stream(f"BT /F 12 Tf 50 700 Td <{shown}> Tj ET")
    out, places = b"%PDF-1.7\n", []
    for number in sorted(objects):
        places.append(len(out))
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    out += (
        f"trailer << /Root 1 0 R /Size {len(places) + 1} >>\nstartxref\n{out.index(b'xref')}\n%%EOF".encode()
    )
    return out


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


MADE = {"hwpx": hwpx, "docx": docx, "pptx": pptx, "xlsx": xlsx, "pdf": pdf}
