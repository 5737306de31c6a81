"""What the year will end with (I3a): the value so far is carried on along the path of the target, with what was
assumed said. Pure."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MONTHS = 12


class Path(StrEnum):
    """Where a path comes from."""

    TYPED = "typed"
    LAST_YEAR = "last_year"
    STRAIGHT = "straight"


class View(StrEnum):
    BRIGHT = "bright"
    PLAIN = "plain"
    GLOOMY = "gloomy"


@dataclass(frozen=True)
class Course:
    """`shares`: how much of the way to the target is to be done by the end of each month, 0–1, the last being 1."""

    kind: Path
    shares: Sequence[Fraction]

    def at(self, month: int, into: Fraction) -> Fraction:
        """How much is to be done when so much of `month` (1–12) is over (0–1)."""
        before = self.shares[month - 2] if month > 1 else Fraction(0)
        return before + (self.shares[month - 1] - before) * into


def straight() -> Course:
    return Course(Path.STRAIGHT, [Fraction(month, MONTHS) for month in range(1, MONTHS + 1)])


def course_of(values: Sequence[Fraction | None], kind: Path) -> Course | None:
    """From values by month, of which some may be missing (carried on from the one before); None where they lead
    nowhere: without a last one that is more than nothing, or with one that is less than the one before."""
    filled: list[Fraction] = []
    for value in values:
        filled.append(value if value is not None else filled[-1] if filled else Fraction(0))
    if len(filled) != MONTHS or filled[-1] <= 0 or any(a > b for a, b in itertools.pairwise(filled)):
        return None
    if filled[0] < 0:
        return None
    return Course(kind, [value / filled[-1] for value in filled])


@dataclass(frozen=True)
class Forecast:
    """Values at the year's end by each view, and `pace`: how much of what should be done by now is done (1: all)."""

    bright: Fraction
    plain: Fraction
    gloomy: Fraction
    pace: Fraction | None


def cumulative(
    value: Fraction, target: Fraction, done: Fraction, *, best: Fraction, worst: Fraction
) -> Forecast:
    """Of an indicator that grows over the year. `done`: the part of the path that lies behind; `best` and `worst`: the
    pace of the rest, beside that of the plan, in the bright and the gloomy view.

    Plain: the rest goes as what lies behind went. Bright: at that pace or better, gloomy: at that pace or worse."""
    due = target * done
    pace = value / due if due > 0 else None
    rest = target * (1 - done)
    went = pace if pace is not None else Fraction(1)
    return Forecast(
        bright=value + rest * max(went, best),
        plain=value + rest * went,
        gloomy=value + rest * min(went, worst),
        pace=pace,
    )


def level(value: Fraction, *, better: Fraction, worse: Fraction) -> Forecast:
    """Of an indicator that stands at a level (a rate, a rank): it stays, or moves by so much of itself."""
    return Forecast(bright=value * better, plain=value, gloomy=value * worse, pace=None)


def is_behind(pace: Fraction | None, least: Fraction) -> bool:
    """부진: under so much of the path (70 % by policy)."""
    return pace is not None and pace < least
