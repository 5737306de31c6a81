"""What addresses bring, as the database can take it."""

from collections.abc import Iterable

DIGITS = 18  # as many as every key and counter of the database holds


def whole(text: str) -> int | None:
    """The number; None for what is none (`²`, `-1`, too long for any key)."""
    return int(text) if len(text) <= DIGITS and text.isascii() and text.isdigit() else None


def wholes(texts: Iterable[str]) -> list[int]:
    """The numbers among them."""
    return [number for text in texts if (number := whole(text)) is not None]


def text_of(text: str, longest: int = 100) -> str:
    """Words to look for: trimmed, and without the sign that no database stores."""
    return text.replace("\0", "").strip()[:longest]
