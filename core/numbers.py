"""What addresses, forms and drafts bring, as the database can take it."""

import re
from collections.abc import Iterable, Mapping

DIGITS = 18  # as many as every key and counter of the database holds
MOST = 10**DIGITS - 1
_NOT_STORED = re.compile("[\0\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def whole(value: object) -> int | None:
    """The number; None for what is none (`²`, `-1`, too long for any key)."""
    text = str(value)
    return int(text) if len(text) <= DIGITS and text.isascii() and text.isdigit() else None


def wholes(texts: Iterable[str]) -> list[int]:
    """The numbers among them."""
    return [number for text in texts if (number := whole(text)) is not None]


def typed_beside(sent: Mapping[str, str], field: str, most: int) -> dict[int, str]:
    """What was typed beside rows of a table, by their keys: the fields are named `field` and the key (`receipt-12`)."""
    found: dict[int, str] = {}
    for name, text in sent.items():
        pk = whole(name.removeprefix(field)) if name.startswith(field) else None
        if pk is not None and text.strip():
            found[pk] = text.strip()
    return dict(list(found.items())[:most])


def text_of(text: str, longest: int = 100) -> str:
    """Words to look for: trimmed, and without what no database stores."""
    return stored(text[:longest]).strip()


def stored(text: str) -> str:
    """Without NUL and halves of characters, which no database stores."""
    return _NOT_STORED.sub("", text)


def in_line(text: str) -> str:
    """Without signs that turn lines around: what comes after it in a list or a mail would be read from the right."""
    return _TURNING.sub("", text)


def year_and_number(code: str) -> tuple[int, int] | None:
    """Of what is named by both, as it is written: `2026-0012`; else None."""
    year, number = (whole(part) for part in (code.strip().split("-") if code.count("-") == 1 else ("", "")))
    return None if year is None or number is None else (year, number)
