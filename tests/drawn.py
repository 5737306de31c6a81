"""Pictures for tests."""

import io
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **how: Any) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, size, how.pop("color", "white")).save(drawn, kind, **how)
    return drawn.getvalue()
