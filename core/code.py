"""Files that carry programs: macros of office documents, scripts of PDF, programs in archives. Offices need some of
them, so they are kept and flagged rather than refused."""

import zipfile
from typing import Any

# Streams and parts in which the formats keep macros; names in OLE files are UTF-16.
_OLE = ("_VBA_PROJECT".encode("utf-16-le"), "_VBA_PROJECT_CUR".encode("utf-16-le"))
_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile")
_PARTS = ("vbaproject.bin", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".ppam", ".ppsm")
_PROGRAMS = tuple(
    ".exe .scr .com .pif .msi .bat .cmd .ps1 .vbs .vbe .js .jse .wsf .wsh .hta .lnk .jar .iso".split()
)
_FOLDERS = ("xl/macrosheets/", "/activex/")


def carries_code(file: Any) -> bool:
    """Whether opening the file may run something. What is hidden on purpose (encrypted archives, packed PDF) it
    does not find: that is the business of the office's virus scanner."""
    file.seek(0)
    head = file.read(8)
    try:
        if head[:4] == b"PK\x03\x04":
            return _in_archive(file)
        if head[:4] == b"\xd0\xcf\x11\xe0":
            return _holds(file, _OLE)
        return head[:4] == b"%PDF" and _holds(file, _PDF)
    finally:
        file.seek(0)


def _in_archive(file: Any) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    # Scripts of HWPX (`Scripts/…`) stand in every document that Hangul saves, mostly empty.
    ours = [name for name in names if not name.startswith("scripts/")]
    return any(name.endswith(_PARTS + _PROGRAMS) or any(part in name for part in _FOLDERS) for name in ours)


def _holds(file: Any, signs: tuple[bytes, ...]) -> bool:
    file.seek(0)
    before = b""
    for chunk in file.chunks():
        here = before + chunk
        if any(sign in here for sign in signs):
            return True
        before = here[-64:]  # a sign may lie across two chunks
    return False
