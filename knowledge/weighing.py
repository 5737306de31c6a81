"""What an opinion weighs: its letters without what only fills it (K5)."""

import hashlib
import re

from basis.folding import dense

_AGAIN = re.compile(r"(.{1,20}?)\1+")  # the same once more, and once more: ㅋㅋㅋ, 좋아요좋아요
_NUMBERS = re.compile(r"\d+")


def weight(text: str) -> int:
    """Letters and digits, folded; what is repeated at once counts once."""
    return len(_AGAIN.sub(r"\1", dense(text)))


def digest(text: str) -> str:
    """The same for texts that differ in no letter: neither spaces nor signs nor numbers make another text."""
    letters = _NUMBERS.sub("", dense(text)) or dense(text)
    return hashlib.blake2s(letters.encode(), digest_size=16).hexdigest()
