"""What an indicator will come to by its shape (I3a): along its path, against it, from a level, or by a deed. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from incentives.reckoning.attainment import FULL, ZERO, Measure, Scored, Shape, Unreckonable, attained, scored
from incentives.reckoning.forecast import Forecast, cumulative, level


class Way(StrEnum):
    """How the value is carried on."""

    ALONG = "along"  # it grows along the path of its target
    AGAINST = "against"  # it grows, and is to stay below its target
    LEVEL = "level"  # it stands at a level
    DEED = "deed"  # it is done or not


@dataclass(frozen=True)
class Assumed:
    """`best`, `worst`: the pace of the rest beside that of the path; `change`: by how much of itself a level moves."""

    best: Fraction
    worst: Fraction
    change: Fraction


@dataclass(frozen=True)
class Outlook:
    """Values at the year's end with what they score. `pace`: how much of what is to be done by now is done."""

    way: Way
    values: Forecast
    measure: Measure

    @cached_property
    def plain(self) -> Scored:
        return scored(self.measure, self.values.plain)

    @cached_property
    def _ends(self) -> list[Scored]:
        """By their scores: of what is to stay below its target more is worse."""
        ends = [scored(self.measure, one) for one in (self.values.bright, self.values.gloomy)]
        return sorted([*ends, self.plain], key=lambda one: one.score)

    @property
    def bright(self) -> Scored:
        return self._ends[-1]

    @property
    def gloomy(self) -> Scored:
        return self._ends[0]

    @property
    def pace(self) -> Fraction | None:
        return self.values.pace


def goal_of(measure: Measure) -> Fraction | None:
    """Where its path leads."""
    match measure.shape:
        case Shape.STEPS:
            return measure.steps[-1][0] if measure.steps else None
        case Shape.RANGE:
            return measure.low if measure.low is not None and measure.low > 0 else measure.high
        case Shape.YES:
            return None
        case _measured:
            return measure.target


def way_of(measure: Measure, grows: bool) -> Way:
    if measure.shape is Shape.YES:
        return Way.DEED
    if measure.shape is Shape.BASE:
        return Way.ALONG
    goal = goal_of(measure)
    if not grows or goal is None or goal <= 0:
        return Way.LEVEL
    return Way.AGAINST if measure.shape is Shape.LOWER else Way.ALONG


def outlook(
    measure: Measure,
    value: Fraction,
    *,
    grows: bool,
    done: Fraction,
    expected: Fraction | None = None,
    assumed: Assumed,
) -> Outlook:
    """`done`: the part of the path that lies behind by the day of the value; `expected`: what a level was to be by
    then, where somebody typed it. Raises: Unreckonable."""
    way = way_of(measure, grows)
    match way:
        case Way.DEED:
            values = _deed(value, expected)
        case Way.ALONG:
            values = _along(measure, value, done, assumed)
        case Way.AGAINST:
            values = _against(measure, value, done, assumed)
        case Way.LEVEL:
            values = _level(measure, value, expected, assumed)
    return Outlook(way, values, measure)


def _deed(value: Fraction, expected: Fraction | None) -> Forecast:
    late = expected is not None and expected > 0 and value <= 0
    pace = ZERO if late else FULL if value > 0 else None
    return Forecast(value, pace, lambda: (max(value, FULL), value))


def _along(measure: Measure, value: Fraction, done: Fraction, assumed: Assumed) -> Forecast:
    """From the base, where there is one, to the goal, whichever of them is higher."""
    goal, base = goal_of(measure), measure.base if measure.shape is Shape.BASE else ZERO
    if fault := measure.fault():
        raise Unreckonable(fault)
    assert goal is not None
    assert base is not None
    sign = 1 if goal > base else -1
    gone = cumulative(
        (value - base) * sign, (goal - base) * sign, done, best=assumed.best, worst=assumed.worst
    )
    if not base and sign > 0:  # as most are
        return gone
    return Forecast(
        base + gone.plain * sign,
        gone.pace,
        lambda: (base + gone.bright * sign, base + gone.gloomy * sign),
    )


def _against(measure: Measure, value: Fraction, done: Fraction, assumed: Assumed) -> Forecast:
    """The rest adds as much as what lies behind did; in the bright view as much less than the path as it would be more
    elsewhere."""
    goal = measure.target
    assert goal is not None
    due, rest = goal * done, goal * (1 - done)
    went = value / due if due > 0 else FULL
    pace = None if due <= 0 else due / value if value > 0 else FULL
    return Forecast(
        value + rest * went,
        pace,
        lambda: (
            value + rest * min(went, max(ZERO, 2 - assumed.best)),
            value + rest * max(went, 2 - assumed.worst),
        ),
    )


def _level(measure: Measure, value: Fraction, expected: Fraction | None, assumed: Assumed) -> Forecast:
    def ends() -> tuple[Fraction, Fraction]:
        more = level(value, better=1 + assumed.change, worse=1 - assumed.change)
        found = sorted((more.bright, value, more.gloomy), key=lambda one: attained(measure, one))
        return found[-1], found[0]

    due = measure
    if expected is not None and expected > 0 and measure.shape in (Shape.HIGHER, Shape.LOWER):
        due = replace(measure, target=expected)
    pace = attained(due, value)
    if measure.shape is Shape.STEPS and (full := measure.steps[-1][1]) > 0:
        pace /= full
    return Forecast(value, pace, ends)
