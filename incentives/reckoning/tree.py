"""Sums of a tree of indicators (I3): what is missing is not nothing, and weights add up to the full marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from incentives.reckoning.attainment import Scored


@dataclass(frozen=True)
class Sum:
    """Of a field, an item or the whole: the score of what is known, the weight of that, and the weight of all."""

    score: Fraction = Fraction(0)
    known: Fraction = Fraction(0)
    weight: Fraction = Fraction(0)

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.score + other.score, self.known + other.known, self.weight + other.weight)

    @property
    def missing(self) -> Fraction:
        """The weight of which nothing is known yet."""
        return self.weight - self.known


def leaf(weight: Fraction, scored: Scored | None) -> Sum:
    """None: no value yet."""
    return Sum(scored.score, weight, weight) if scored else Sum(weight=weight)


def sums(parents: Mapping[int, int | None], leaves: Mapping[int, Sum]) -> dict[int, Sum]:
    """Each node's sum by its key, from those of its leaves. `parents`: whose child each node is."""
    found: dict[int, Sum] = {node: Sum() for node in parents}
    for node, own in leaves.items():
        above: int | None = node
        while above is not None:
            found[above] += own
            above = parents[above]
    return found


def whole(leaves: Iterable[Sum]) -> Sum:
    return sum(leaves, Sum())
