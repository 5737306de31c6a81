"""Documents as files: the one place that knows formats, content types and file names."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from basis.documents.html import render_print
from basis.documents.hwpx import render_hwpx
from basis.documents.model import Document
from basis.documents.xlsx import render_xlsx
from basis.official import in_office_language

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Format:
    content_type: str
    render: Callable[..., bytes]


def _print_bytes(document: Document, back: str = "") -> bytes:
    return render_print(document, back).encode()


def _json_bytes(document: Document) -> bytes:
    return json.dumps(document.to_json(), ensure_ascii=False, indent=1).encode()


FORMATS = {
    "html": Format("text/html; charset=utf-8", _print_bytes),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", render_xlsx),
    "hwpx": Format("application/vnd.hancom.hwpx", render_hwpx),
    "json": Format("application/json", _json_bytes),
}


def file_name(name: str, fmt: str) -> str:
    """`name` with its extension, without what file systems refuse."""
    stem = _FORBIDDEN.sub(" ", name).strip(" .")[:_LONGEST_NAME].rstrip(" .") or "document"
    return f"{stem}.{fmt}"


def document_response(document: Document, fmt: str, filename: str, *, back: str) -> HttpResponse:
    """The document as html (shown, with a way `back`), xlsx, hwpx or json (saved). `filename` without extension.

    Http404: no such format.
    """
    if fmt not in FORMATS:
        raise Http404(f"unknown format {fmt!r}")
    chosen = FORMATS[fmt]
    disposition = content_disposition_header(as_attachment=fmt != "html", filename=file_name(filename, fmt))
    headers = {"Content-Disposition": disposition} if disposition else {}
    content = in_office_language(chosen.render)(document, *([back] if fmt == "html" else []))
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)
