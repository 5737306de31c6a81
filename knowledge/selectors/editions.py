"""What a post said before, and what changed each time (K2)."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.models import Post

KEPT, ADDED, GONE = "", "ins", "del"  # the HTML element that shows a piece
_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Version:
    """`pieces` of the text: (element, text) against the version before; of the first, the text as it is. `note`, `by`
    and `at` say who made it so, and why."""

    number: int
    title: str
    tags: str
    pieces: Sequence[tuple[str, str]]
    note: str = ""
    by: Any = None
    at: datetime | None = None


def versions_of(post: Post) -> list[Version]:
    """The present one first."""
    kept = list(post.editions.select_related("by__department").order_by("number"))
    said = [(one.number, one.title, one.tags, one.text) for one in kept]
    said.append((post.edition, post.title, post.tags, post.text))
    found, before = [], None
    for place, (number, title, tags, text) in enumerate(said):
        made = kept[place - 1] if place else None  # a change is told with what it replaced
        pieces = pieces_of(before, text) if before is not None else [(KEPT, text)]
        found.append(
            Version(
                number,
                title,
                tags,
                pieces,
                made.note if made else "",
                made.by if made else post.writer,
                made.at if made else None,
            )
        )
        before = text
    return found[::-1]


def pieces_of(before: str, after: str) -> list[tuple[str, str]]:
    """Word by word what stayed, went and came."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((KEPT, "".join(new[c:d])))
            continue
        found += [(GONE, "".join(old[a:b]))] if b > a else []
        found += [(ADDED, "".join(new[c:d]))] if d > c else []
    return found
