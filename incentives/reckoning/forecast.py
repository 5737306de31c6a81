"""What the year will end with (I3a): the value so far is carried on along the path of the target, with what was
assumed said. Pure."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

MONTHS = 12
Amount = Fraction | Decimal | int


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
    """`steps`: what is to be reached by the end of each month, rising, the last being the whole way. Divided only where
    it is asked for: of a year of months a forecast looks at two."""

    kind: Path
    steps: Sequence[Amount]

    def share(self, month: int) -> Fraction:
        """How much of the way to the target is to be done by the end of the month, 0–1."""
        return Fraction(self.steps[month - 1]) / Fraction(self.steps[-1]) if month else Fraction(0)

    @property
    def shares(self) -> list[Fraction]:
        return [self.share(month) for month in range(1, MONTHS + 1)]

    def at(self, month: int, into: Fraction) -> Fraction:
        """How much is to be done when so much of `month` (1–12) is over (0–1)."""
        start, below = self.steps[month - 2].as_integer_ratio() if month > 1 else (0, 1)
        end, beside = self.steps[month - 1].as_integer_ratio()
        whole, under = self.steps[-1].as_integer_ratio()
        part, parts = into.as_integer_ratio()
        # start + (end - start) × into, as parts of the whole: in whole numbers, for it is asked of every indicator
        way = start * beside * (parts - part) + end * below * part
        return Fraction(way * under, below * beside * parts * whole)


STRAIGHT = Course(Path.STRAIGHT, range(1, MONTHS + 1))


def straight() -> Course:
    return STRAIGHT


def course_of(values: Sequence[Amount | None], kind: Path) -> Course | None:
    """From values by month, of which some may be missing (carried on from the one before); None where they lead
    nowhere: without a last one that is more than nothing, or with one that is less than the one before."""
    filled: list[Amount] = []
    for value in values:
        filled.append(value if value is not None else filled[-1] if filled else 0)
    if len(filled) != MONTHS or filled[-1] <= 0 or any(a > b for a, b in itertools.pairwise(filled)):
        return None
    if filled[0] < 0:
        return None
    return Course(kind, filled)


@dataclass(frozen=True)
class Forecast:
    """Values at the year's end by each view, and `pace`: how much of what should be done by now is done (1: all).
    `ends`: gives the bright and the gloomy one, which lists and maps never look at."""

    plain: Fraction
    pace: Fraction | None
    ends: Callable[[], tuple[Fraction, Fraction]] = field(compare=False, repr=False)

    @cached_property
    def _ends(self) -> tuple[Fraction, Fraction]:
        return self.ends()

    @property
    def bright(self) -> Fraction:
        return self._ends[0]

    @property
    def gloomy(self) -> Fraction:
        return self._ends[1]


def cumulative(
    value: Fraction, target: Fraction, done: Fraction, *, best: Fraction, worst: Fraction
) -> Forecast:
    """Of an indicator that grows over the year. `done`: the part of the path that lies behind; `best` and `worst`: the
    pace of the rest, beside that of the plan, in the bright and the gloomy view.

    Plain: the rest goes as what lies behind went. Bright: at that pace or better, gloomy: at that pace or worse."""
    due = target * done
    pace = value / due if due > 0 else None

    def ends() -> tuple[Fraction, Fraction]:
        rest, went = target * (1 - done), pace if pace is not None else Fraction(1)
        return value + rest * max(went, best), value + rest * min(went, worst)

    return Forecast(value / done if pace is not None else value + target * (1 - done), pace, ends)


def level(value: Fraction, *, better: Fraction, worse: Fraction) -> Forecast:
    """Of an indicator that stands at a level (a rate, a rank): it stays, or moves by so much of itself."""
    return Forecast(value, None, lambda: (value * better, value * worse))


def is_behind(pace: Fraction | None, least: Fraction) -> bool:
    """부진: under so much of the path (70 % by policy)."""
    return pace is not None and pace < least
