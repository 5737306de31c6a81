"""How far an indicator has come, and what that scores (I3). Pure, in exact fractions: nothing is rounded before it is
shown, so that a tree is the sum of its leaves to the last digit."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

ZERO, FULL = Fraction(0), Fraction(1)


class Shape(StrEnum):
    """How a value becomes attainment."""

    HIGHER = "higher"  # v / t
    LOWER = "lower"  # t / v; nothing at all is full
    RANGE = "range"  # full inside, outside by how far it is from the nearer end
    STEPS = "steps"  # by a table
    YES = "yes"
    BASE = "base"  # (v - b) / (t - b)


class Fault(StrEnum):
    """Why an indicator cannot be reckoned."""

    TARGET = "target"  # none, or nothing
    BASE = "base"  # none, or the target itself
    RANGE = "range"  # none, or upside down
    STEPS = "steps"  # none, or not rising
    BOUNDS = "bounds"  # a floor above the cap, or below nothing
    WEIGHT = "weight"  # below nothing


class Unreckonable(ValueError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Measure:
    """What an indicator asks for. `steps`: from which value on how much of the full score is given. `cap` and `floor`
    of the attainment; weight in marks."""

    shape: Shape
    weight: Fraction
    target: Fraction | None = None
    base: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    steps: Sequence[tuple[Fraction, Fraction]] = field(default_factory=tuple)
    cap: Fraction = FULL
    floor: Fraction = ZERO

    def fault(self) -> Fault | None:
        """What is wrong with it, if anything."""
        return self._fault

    @cached_property
    def _fault(self) -> Fault | None:
        if self.weight < 0:
            return Fault.WEIGHT
        if not 0 <= self.floor <= self.cap:
            return Fault.BOUNDS
        match self.shape:
            case Shape.HIGHER | Shape.LOWER:
                return None if self.target is not None and self.target > 0 else Fault.TARGET
            case Shape.BASE:
                if self.target is None:
                    return Fault.TARGET
                return None if self.base is not None and self.base != self.target else Fault.BASE
            case Shape.RANGE:
                good = self.low is not None and self.high is not None and self.low <= self.high
                return None if good else Fault.RANGE
            case Shape.STEPS:
                starts = [start for start, _share in self.steps]
                rising = all(a < b for a, b in itertools.pairwise(starts))
                return None if starts and rising else Fault.STEPS
            case _yes:
                return None


@dataclass(frozen=True)
class Scored:
    """`raw` attainment as reckoned, `bounded` by floor and cap; the score is the weight times that."""

    raw: Fraction
    bounded: Fraction
    score: Fraction


def attained(measure: Measure, value: Fraction) -> Fraction:
    """The raw attainment; 1 is full. Raises: Unreckonable."""
    if fault := measure.fault():
        raise Unreckonable(fault)
    match measure.shape:
        case Shape.HIGHER:
            assert measure.target is not None
            return value / measure.target
        case Shape.LOWER:
            assert measure.target is not None
            return FULL if value <= 0 else measure.target / value
        case Shape.BASE:
            assert measure.target is not None
            assert measure.base is not None
            return (value - measure.base) / (measure.target - measure.base)
        case Shape.RANGE:
            return _within(measure, value)
        case Shape.STEPS:
            reached = [share for start, share in measure.steps if value >= start]
            return reached[-1] if reached else ZERO
        case _yes:
            return FULL if value > 0 else ZERO


def _within(measure: Measure, value: Fraction) -> Fraction:
    """Outside the range it counts as one that is to be reached from below, or not to be passed from above."""
    assert measure.low is not None
    assert measure.high is not None
    if value < measure.low:
        return value / measure.low if measure.low > 0 else ZERO
    if value > measure.high:
        return measure.high / value if measure.high > 0 else ZERO
    return FULL


def scored(measure: Measure, value: Fraction) -> Scored:
    """Score = weight × min(cap, max(floor, attainment)). Raises: Unreckonable."""
    raw = attained(measure, value)
    bounded = min(measure.cap, max(measure.floor, raw))
    return Scored(raw, bounded, measure.weight * bounded)
