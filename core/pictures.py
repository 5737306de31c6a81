"""Pictures drawn anew, whole or small: of the file nothing but what it shows is kept or reaches a page (P17)."""

import io
import struct
from math import sqrt
from typing import IO, Any

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
ENDINGS = ("jpg", "jpeg", "png", "gif", "webp")
SIDE = 320  # pixels of the longer side: twice what is shown, for dense screens
MOST_PIXELS = 60_000_000  # a phone's largest camera; a small file may claim to be any size
MOST_KEPT = 16_000_000  # pixels; what has more is made smaller
QUALITY = 80
QUALITY_KEPT = 90
# Phones' HEIF says so from the fifth byte on; nothing here reads it, nor what cameras call raw.
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_UNREAD = ("heic", "heif", "hif", "avif", "dng", "raw", "cr2", "cr3", "nef", "arw", "orf", "raf", "rw2")
_BROKEN = (  # what the decoders raise for broken files
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error,
    Image.DecompressionBombError,
)  # fmt: skip


class TooLarge(ValueError):
    """More pixels than are drawn."""


def is_picture(name: str) -> bool:
    return name.rpartition(".")[2].lower() in ENDINGS


def is_unread(name: str, head: bytes) -> bool:
    """A picture as phones and cameras write it for themselves."""
    return name.rpartition(".")[2].lower() in _UNREAD or (head[4:8] == b"ftyp" and head[8:12] in _HEIF)


def look(file: IO[bytes] | Any) -> None:
    """Whether it can be drawn, by its head alone: nothing is unpacked. Raises: ValueError; TooLarge."""
    try:
        with Image.open(file, formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise TooLarge
    except TooLarge:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except _BROKEN as error:
        raise ValueError("no picture") from error
    finally:
        file.seek(0)


def plain(file: IO[bytes] | Any) -> bytes:
    """The same picture of the same kind, upright, at most MOST_KEPT pixels, of several the first; without place,
    camera, comment, preview or profile. Raises: ValueError; TooLarge."""
    look(file)
    try:
        with Image.open(file, formats=FORMATS) as found:
            kind = "JPEG" if found.format == "MPO" else str(found.format)
            if (
                pixels := found.width * found.height
            ) > MOST_KEPT:  # first of all: the rest needs a few times its room
                side = max(1, int(max(found.size) * sqrt(MOST_KEPT / pixels)))
                found.thumbnail((side, side))
            found.load()
            upright = _upright(_of_colours(found, kind))
            bare = Image.new(
                upright.mode, upright.size
            )  # what a picture carries beside its points stays behind
            bare.paste(upright)
    except _BROKEN as error:
        raise ValueError("no picture") from error
    drawn = io.BytesIO()
    bare.save(drawn, kind, quality=QUALITY_KEPT)
    return drawn.getvalue()


def _of_colours(found: Image.Image, kind: str) -> Image.Image:
    """In the few modes that every kind can hold; its notes on orientation come along."""
    if found.mode.startswith("I"):  # sixteen bits a point
        return found.convert("I").point(lambda value: value / 256).convert("L")
    if kind != "JPEG" and found.has_transparency_data:
        return found.convert("RGBA")
    return found.convert("L" if found.mode in ("1", "L") else "RGB")


def _upright(found: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(found)
    except _BROKEN:
        return found  # its notes are broken, not the picture


def small(file: IO[bytes] | Any) -> bytes | None:
    """A JPEG of at most SIDE pixels, upright, without what cameras write into files. None if it is no picture that
    can be drawn, or too large to try."""
    try:
        with Image.open(file, formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                return None
            found.draft("RGB", (SIDE, SIDE))  # a JPEG is read no larger than needed
            found.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except _BROKEN:
        return None
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    drawn = io.BytesIO()
    paper.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
