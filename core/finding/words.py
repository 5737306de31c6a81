"""What one looks for, and how near a text comes to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from basis.folding import GAP, dense, dense_places, fold
from core.search import LONGEST, MOST_WORDS

_QUOTED = re.compile(r'["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]')
AROUND = 60  # characters of a text shown before what was found, and twice as many after it
NEAR = 40  # letters between the first and the last of several words that stand near each other
MOST_TIMES = 20  # of one word in one text looked at


class Piece(NamedTuple):
    """Of a text as it was written; `hit`: what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Words:
    """`each` must be found, `whole` is all of them as one."""

    each: tuple[str, ...]
    whole: str

    @classmethod
    def of(cls, text: str) -> "Words":
        """The words of a question: what stands between spaces, or between quotes. Not more than a search takes."""
        text = text[:LONGEST]
        quoted = [dense(found) for found in _QUOTED.findall(text)]
        plain = [dense(word) for word in fold(_QUOTED.sub(" ", text)).split()]
        each = tuple(dict.fromkeys(word[:LONGEST] for word in (*quoted, *plain) if word))[:MOST_WORDS]
        return cls(each, dense(text)[:LONGEST] if len(each) > 1 else "")

    def __bool__(self) -> bool:
        return bool(self.each)

    @property
    def sought(self) -> tuple[str, ...]:
        return (*self.each, self.whole) if self.whole else self.each

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """Each as it may stand in a folded text, with anything between its letters."""
        return {word: re.compile(GAP.join(map(re.escape, word))) for word in self.sought}

    def pieces(self, text: str, *, around: int | None = AROUND) -> list[Piece]:
        """The text around the best place, or all of it (`around=None`), with what was found marked."""
        found, begins, ends = dense_places(text)
        spans = [(begins[a], ends[b - 1]) for a, b in _stretches(found, self.sought)]
        if around is None:
            begin, end = 0, len(text)
        else:
            first = self._best(found)
            begin = max(0, (begins[first] if begins else 0) - around)
            end = min(len(text), begin + 3 * around)
            begin, end = _at_words(text, begin, end)
        return _cut(text, spans, begin, end)

    def _best(self, found: str) -> int:
        """Where the whole stands, else where most words begin within a short stretch."""
        if self.whole and (place := found.find(self.whole)) >= 0:
            return place
        places = [(place, word) for word in self.each for place in _all(found, word)]
        return max(
            (place for place, _word in places),
            key=lambda at: (len({word for place, word in places if 0 <= place - at <= NEAR}), -at),
            default=0,
        )

    def nearness(self, text: str) -> dict[str, int]:
        """How each that is found stands in this text, of a hundred: 100 as a word of its own, less as part of one;
        under `` how near to each other all of them are."""
        folded = fold(text).replace("ς", "σ")
        found: dict[str, int] = {}
        places: list[tuple[int, int]] = []
        for number, (word, pattern) in enumerate(self.patterns.items()):
            best = times = 0
            for match in pattern.finditer(folded):
                times += 1
                best = max(best, _closeness(folded, *match.span()))
                if word != self.whole:
                    places.append((match.start(), number))
                if times == MOST_TIMES:
                    break
            if times:
                found[word] = best + 4 * min(times - 1, 5)
        if len(self.each) > 1 and all(word in found for word in self.each):
            found[""] = 100 if _together(sorted(places), len(self.each)) else 0
        return found


def _closeness(text: str, begin: int, end: int) -> int:
    """Korean puts its particles behind a word, so its beginning counts most."""
    begins = begin == 0 or not _is_letter(text[begin - 1])
    ends = end == len(text) or not _is_letter(text[end])
    return {(True, True): 80, (True, False): 74, (False, True): 60, (False, False): 50}[begins, ends]


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _together(places: Sequence[tuple[int, int]], many: int) -> bool:
    """Whether all words begin within a short stretch."""
    last: dict[int, int] = {}
    for place, number in places:
        last[number] = place
        if len(last) == many and place - min(last.values()) <= NEAR:
            return True
    return False


def _all(text: str, word: str) -> list[int]:
    found, place = list[int](), text.find(word)
    while place >= 0 and len(found) < MOST_TIMES:
        found.append(place)
        place = text.find(word, place + 1)
    return found


def _stretches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stand, those that touch as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted((place, place + len(word)) for word in words for place in _all(text, word)):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _at_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """The same stretch without the halves of words at its ends."""
    if begin and (space := text.find(" ", begin, begin + 15)) >= 0:
        begin = space + 1
    if end < len(text) and (space := text.rfind(" ", max(begin, end - 15), end)) >= 0:
        end = space
    return begin, end


def _cut(text: str, spans: Sequence[tuple[int, int]], begin: int, end: int) -> list[Piece]:
    found, at = list[Piece](), begin
    for first, last in spans:
        if last <= begin or first >= end:
            continue
        first, last = max(first, at), min(last, end)
        found += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    found.append(Piece(text[at:end], False))
    return [piece for piece in found if piece.text]
