"""Small pictures of attached ones: drawn anew, so nothing of the file but what it shows reaches the page (P17)."""

import io
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
ENDINGS = ("jpg", "jpeg", "png", "gif", "webp")
SIDE = 320  # pixels of the longer side: twice what is shown, for dense screens
MOST_PIXELS = 60_000_000  # a phone's largest camera; a small file may claim to be any size
QUALITY = 80


def is_picture(name: str) -> bool:
    return name.rpartition(".")[2].lower() in ENDINGS


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
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # what the decoders raise for broken files
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    drawn = io.BytesIO()
    paper.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
