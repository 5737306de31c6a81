"""The picture of the stability page: entries as dots with their spread, the lines between grades (E8). Numbers in,
places out; the template draws them. All lengths are user units of the viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evaluations.selectors.stability import Line

WIDE, NARROW = 720, 340  # of a page, of a phone
LEFT, RIGHT, TOP, ROW = 40, 66, 34, 24
MOST = 40  # entries in one picture
MARGIN = 4.0  # points beyond the extremes
TICKS = 5
HALF = 5  # of a mark


@dataclass(frozen=True)
class Dot:
    """An entry: its mean as a dot, mean ± spread as a line, lowest and highest as its ends."""

    y: float
    x: float
    low: float
    high: float
    start: float
    end: float
    label: str
    title: str
    moves: bool

    @property
    def base(self) -> float:
        """Of the letters beside it."""
        return self.y + HALF

    @property
    def square(self) -> tuple[float, float]:
        """Where its mark begins if it is a square: to be told apart without colour."""
        return round(self.x - HALF, 1), self.y - HALF


@dataclass(frozen=True)
class Rule:
    """The line under a grade: between the last that has it and the next."""

    y: float
    label: str

    @property
    def base(self) -> float:
        return self.y + HALF


@dataclass
class Drawing:
    width: int
    height: float
    left: int
    right: int
    top: int
    bottom: float
    dots: list[Dot] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)


def draw(lines: Sequence[Line], width: int) -> Drawing:
    """The first in the order of places; grades are the lines across, so that who stands near one is seen."""
    shown = list(lines[:MOST])
    bottom = TOP + ROW * len(shown)
    drawing = Drawing(width, bottom + 8, LEFT, width - RIGHT, TOP, bottom)
    if not shown:
        return drawing
    least = max(0.0, min(float(one.lowest) for one in shown) - MARGIN)
    most = min(100.0, max(float(one.highest) for one in shown) + MARGIN)
    scale = (width - LEFT - RIGHT) / ((most - least) or 1)

    def place(value: float) -> float:
        return round(LEFT + (min(max(value, least), most) - least) * scale, 1)

    for number, one in enumerate(shown):
        mean, spread = float(one.mean), float(one.spread)
        drawing.dots.append(
            Dot(
                y=TOP + ROW * number + ROW / 2,
                x=place(mean),
                low=place(float(one.lowest)),
                high=place(float(one.highest)),
                start=place(mean - spread),
                end=place(mean + spread),
                label=str(one.entry.number),
                title=f"{one.entry} {one.mean} ± {one.spread}",
                moves=one.moves,
            )
        )
    for number, (one, after) in enumerate(zip(shown, [*shown[1:], None], strict=True), start=1):
        if one.grade and (after is None or after.grade != one.grade):
            drawing.rules.append(Rule(TOP + ROW * number, one.grade.name))
    step = (most - least) / TICKS
    drawing.ticks = [(place(least + step * n), f"{least + step * n:.0f}") for n in range(TICKS + 1)]
    return drawing


def drawings(lines: Sequence[Line]) -> list[tuple[str, Drawing]]:
    """For a page and for a phone: the style sheet shows the one that fits."""
    return [("wide", draw(lines, WIDE)), ("narrow", draw(lines, NARROW))] if lines else []
