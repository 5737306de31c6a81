"""What to do first: the largest gain of score for the least missing attainment."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from incentives.enums import Shape
from incentives.reckoning.attainment import scored
from incentives.selectors.indicators import Leaf, Standing

FULL = Fraction(1)


@dataclass(frozen=True)
class Gain:
    """`gain` of score over what the year is expected to end with, for so much `missing` of the attainment (0–1);
    `goal`: the value that brings it."""

    leaf: Leaf
    gain: Fraction
    missing: Fraction
    goal: Fraction | None

    @property
    def worth(self) -> Fraction:
        return self.gain / self.missing


def gain_of(leaf: Leaf) -> Gain | None:
    """Up to the full score, or with a table of steps up to the next of them; None where nothing is left or known."""
    if leaf.outlook is None:
        return None
    plain, measure = leaf.outlook.plain, leaf.measure
    if leaf.indicator.shape == Shape.STEPS:
        value = leaf.outlook.values.plain
        for start, _share in measure.steps:
            better = scored(measure, start).score
            if start > value and better > plain.score:
                missing = (start - value) / abs(start) if start else FULL
                return Gain(leaf, better - plain.score, min(missing, FULL), start)
        return None
    best = min(measure.cap, FULL)
    missing = best - plain.bounded
    if missing <= 0 or not measure.weight:
        return None
    goal = measure.target if leaf.indicator.shape != Shape.RANGE else None
    return Gain(leaf, measure.weight * missing, missing, goal)


def gains(standings: Iterable[Standing], most: int) -> list[Gain]:
    """Most gain for the least that is missing first; of equal ones the nearer, then the larger gain."""
    found = (gain for one in standings for leaf in one.leaves.values() if (gain := gain_of(leaf)))
    return heapq.nsmallest(
        most, found, key=lambda one: (-one.worth, one.missing, -one.gain, one.leaf.indicator.pk)
    )
