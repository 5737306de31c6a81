"""One folding for whatever people compare and look for: choices, heads, keys of duplicates, words of a search."""

import unicodedata
from typing import Any

# Each stands for the middle dot in papers; the second and third are letters, the fourth a leader of one dot.
DOTS = "ㆍᆞ․‧•∙⋅・･"
_DOTS = str.maketrans(DOTS, "·" * len(DOTS))


def folded(value: Any) -> Any:
    """Part of a key: texts folded, everything else as it is."""
    return fold(value) if isinstance(value, str) else value


def fold(text: object) -> str:
    """NFKC, every middle dot as `·`, runs of spaces as one, small letters."""
    return " ".join(unicodedata.normalize("NFKC", str(text).translate(_DOTS)).lower().split())
