"""Sums of a tree of indicators (I3): what is missing is not nothing, and weights add up to the full marks."""

from collections import defaultdict
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
    below: dict[int, list[Sum]] = {node: [] for node in parents}
    for node, own in leaves.items():
        above: int | None = node
        while above is not None:
            below[above].append(own)
            above = parents[above]
    return {node: whole(found) for node, found in below.items()}


def whole(leaves: Iterable[Sum]) -> Sum:
    found = list(leaves)
    if len(found) == 1:
        return found[0]
    return Sum(
        total(one.score for one in found),
        total(one.known for one in found),
        total(one.weight for one in found),
    )


def total(values: Iterable[Fraction]) -> Fraction:
    """Their sum, exact: what has one denominator is added as whole numbers first."""
    tops: dict[int, int] = defaultdict(int)
    for value in values:
        tops[value.denominator] += value.numerator
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))
