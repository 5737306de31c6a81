"""One folding for whatever people compare and look for: choices, heads, keys of duplicates, words of a search."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

# Each stands for the middle dot in papers; the second and third are letters, the fourth a leader of one dot.
DOTS = "ㆍᆞ․‧•∙⋅・･"
_DOTS = str.maketrans(DOTS, "·" * len(DOTS))
GAP = r"[\W_]*"  # what may stand between the letters of a word, in a folded text
_GAPS = re.compile(r"[\W_]+")


def folded(value: Any) -> Any:
    """Part of a key: texts folded, everything else as it is."""
    return fold(value) if isinstance(value, str) else value


def fold(text: object) -> str:
    """NFKC, every middle dot as `·`, runs of spaces as one, small letters."""
    return " ".join(unicodedata.normalize("NFKC", str(text).translate(_DOTS)).lower().split())


def dense(text: object) -> str:
    """Letters and digits of the folded text, without anything between them: 거주자 우선 is 거주자우선. Of the two small
    sigmas one, as which of them it is depends on what follows."""
    return _GAPS.sub("", fold(text)).replace("ς", "σ")


def dense_places(text: str) -> tuple[str, list[int], list[int]]:
    """`dense`, and where in the text itself each of its characters begins and ends: a ligature is several of them,
    several parts of a syllable are one."""
    found: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and joins(text[end]):
            continue
        if piece := _dense(text[begin:end]):
            found.append(piece)
            begins += [begin] * len(piece)
            ends += [end] * len(piece)
        begin = end
    return "".join(found), begins, ends


@lru_cache(maxsize=20_000)
def joins(character: str) -> bool:
    """Whether it becomes one with what stands before it: a mark, or the later parts of a syllable taken apart."""
    first = unicodedata.normalize("NFKD", character)[:1]
    return "\u1160" <= first <= "\u11ff" or unicodedata.category(first).startswith("M")


_dense = lru_cache(maxsize=20_000)(dense)
