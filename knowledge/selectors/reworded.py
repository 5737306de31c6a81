"""Texts with the same words in another order. Only those are compared that share several of their rarest words, so the
work grows with the texts, not with their pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from basis.folding import dense, fold

RAREST, SHARED = 12, 4  # words by which a text is known; so many in common make two worth comparing
WIDEST = 100  # texts that share a rare word: with more it is none
FEWEST = 5  # words of a text that can be compared at all


def groups(texts: Iterable[tuple[int, str]], percent: int) -> Iterator[list[int]]:
    """Of (key, text): keys of those that share so many percent of their words, each group in the order of keys."""
    words = {key: found for key, text in texts if (found := words_of(text)).total() >= FEWEST}
    joined: dict[int, int] = {}

    def root(key: int) -> int:
        while joined.get(key, key) != key:
            key = joined[key]
        return key

    for a, b in _near(words):
        if root(a) != root(b) and likeness(words[a], words[b]) >= percent:
            low, high = sorted((root(a), root(b)))
            joined[high] = low
    together: dict[int, list[int]] = defaultdict(list)
    for key in sorted(words):
        together[root(key)].append(key)
    yield from (group for group in together.values() if len(group) > 1)


def words_of(text: str) -> Counter[str]:
    return Counter(word for piece in fold(text).split() if (word := dense(piece)))


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """In percent: words both have, of all they have."""
    return 200 * (a & b).total() / (a.total() + b.total())


def _near(words: Mapping[int, Counter[str]]) -> Iterator[tuple[int, int]]:
    spread = Counter(word for found in words.values() for word in found)
    holders: dict[str, list[int]] = defaultdict(list)
    for key, found in words.items():
        shared = sorted((word for word in found if spread[word] > 1), key=lambda word: (spread[word], word))
        for word in shared[:RAREST]:
            holders[word].append(key)
    met = Counter[tuple[int, int]]()
    for keys in holders.values():
        if len(keys) <= WIDEST:
            met.update(combinations(keys, 2))
    for pair, times in met.items():
        if times >= min(SHARED, *(len(words[key]) for key in pair)):
            yield pair
