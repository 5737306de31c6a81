"""Texts cut into passages and written. A long text is cut, as little of it must be read again for each search."""

from collections.abc import Iterable, Iterator
from typing import Any

from basis.folding import dense, joins
from core.models import Passage
from core.rows import BATCH
from core.search import LONGEST

LENGTH = 2_000  # characters of one passage, before what it shares with the next
MOST_BETWEEN = 4_000  # characters read on for that: what is no letter might go on for ever
_UNSTORED = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), " ")}  # what no database takes


def clean(text: str) -> str:
    """As it was written, but for runs of spaces."""
    return " ".join(text.translate(_UNSTORED).split())


def passages(text: str) -> Iterator[tuple[str, str]]:
    """The text in stretches, each with its dense text; whatever may be looked for stands whole in one of them."""
    text, begin = clean(text), 0
    while True:
        end = _seam(text, begin + LENGTH)
        shared = _shared(text, end)
        yield text[begin:shared], dense(text[begin:shared])
        if shared >= len(text):
            return
        begin = end


def of(text: str, **more: Any) -> Iterator[Passage]:
    """The rows of one text of a thing."""
    for number, (stretch, found) in enumerate(passages(text)):
        yield Passage(number=number, text=stretch, dense=found, **more)


def write(found: Iterable[Passage]) -> None:
    Passage.objects.bulk_create(found, batch_size=BATCH)


def _seam(text: str, place: int) -> int:
    """The next place at which a text may be cut without cutting a letter."""
    while place < len(text) and joins(text[place]):
        place += 1
    return min(place, len(text))


def _shared(text: str, end: int) -> int:
    """How far a passage that ends here reads on: one letter less than the longest word."""
    step = 2 * LONGEST
    while end + step < len(text) and step < MOST_BETWEEN and len(dense(text[end : end + step])) < LONGEST:
        step *= 2
    return _seam(text, end + step)
