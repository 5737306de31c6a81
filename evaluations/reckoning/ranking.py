"""The order of the entries, and what decided it (E4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias

from evaluations.reckoning.sheets import Entry
from evaluations.reckoning.ways import shown

# What entries are sorted by, the best first: minus the shown score, minus the mean of each tie criterion.
Key: TypeAlias = tuple[Decimal | Fraction, ...]


@dataclass(frozen=True)
class Tie:
    """One line of the tie rule: a criterion and each entry's exact mean of it (`sheets.means`)."""

    criterion: str
    means: Mapping[Entry, Fraction]


@dataclass(frozen=True)
class Placed:
    """`score`: as shown. `tied_with`: others of the same place. `decided_by`: the last criterion that set it
    apart from an entry of the same score, None if the score alone did or nothing could."""

    entry: Entry
    place: int
    score: Decimal
    tied_with: tuple[Entry, ...]
    decided_by: str | None


def places(scores: Mapping[Entry, Fraction], digits: int, ties: Sequence[Tie] = ()) -> list[Placed]:
    """The entries in order, the best first, those of one place by their key.

    What is compared is the score as it is shown, so that what everybody reads explains the order; then the
    criteria of the tie rule, exactly. What is equal in all of them shares its place, and the next is skipped.
    """
    keys = {entry: sort_key(shown(score, digits), _means(entry, ties)) for entry, score in scores.items()}
    groups = list(grouped(keys))
    placed: list[Placed] = []
    for number, (key, entries) in enumerate(groups):
        beside = [groups[other][0] for other in (number - 1, number + 1) if 0 <= other < len(groups)]
        alike = max((_alike(key, other) for other in beside), default=0)
        decided_by = ties[alike - 1].criterion if alike else None
        place = len(placed) + 1
        for entry in entries:
            others = tuple(other for other in entries if other != entry)
            placed.append(Placed(entry, place, score_of(key), others, decided_by))
    return placed


def _means(entry: Entry, ties: Sequence[Tie]) -> Iterator[Fraction]:
    return (tie.means[entry] for tie in ties)


def _alike(one: Key, other: Key) -> int:
    """How many parts of two different keys are equal before the first that is not."""
    return next(place for place, (mine, its) in enumerate(zip(one, other, strict=True)) if mine != its)


def sort_key(score: Decimal, means: Iterable[Fraction]) -> Key:
    return (-score, *(-mean for mean in means))


def score_of(key: Key) -> Decimal:
    score = -key[0]
    assert isinstance(score, Decimal)
    return score


def grouped(keys: Mapping[Entry, Key]) -> Iterator[tuple[Key, list[Entry]]]:
    """Entries of one key together, the best first."""
    ordered = sorted(keys, key=lambda entry: (keys[entry], entry))
    return ((key, list(entries)) for key, entries in groupby(ordered, keys.__getitem__))
