"""Geometry of the server-drawn charts: numbers in, places out; basis.documents.marks draws them.

All lengths are user units of the viewBox, as texts.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from basis.documents.model import Chart, Number
from basis.documents.present import display, width_of
from basis.formats import counted

COLOURS = ("#256ef4", "#c2410c", "#1f7a4d", "#8a4fd0", "#b3325f", "#58616a")
DASHES = ("", "8 4", "3 3", "10 3 3 3", "1 4", "14 6")
WIDTH, NARROW = 720, 340  # of a page, of a phone
_FONT = 13
_HALF = _FONT * 0.56  # a half-width character
_TOP, _RIGHT, _PLOT = 14, 28, 240
_ROW = 30  # a category of a lying chart
_LEGEND = 26
_TICKS = 5
_MOST_STANDING = 12
_LABEL_LIMIT = 24  # half-width characters


@dataclass(frozen=True, slots=True)
class Box:
    x: str
    y: str
    width: str
    height: str
    number: int
    fill: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str
    anchor: str
    inside: bool = False  # on a filled segment


@dataclass(frozen=True, slots=True)
class Path:
    points: str
    number: int
    stroke: str
    dash: str


@dataclass
class Drawing:
    """Everything in the picture, back to front."""

    width: str
    height: str = ""
    grid: list[Line] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class _Scale:
    """Values to places along one axis."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def draw(chart: Chart, width: int = WIDTH) -> Drawing:
    """The chart as marks; columns become lying bars when there are many of them or their names are long."""
    ticks = _ticks(chart)
    drawing = Drawing(width=_text(width))
    top = _TOP + _legend(drawing, chart, width)
    if chart.kind != "line" and _lies(chart, width):
        _draw_lying(drawing, chart, ticks, top, width)
    else:
        _draw_standing(drawing, chart, ticks, top, width)
    return drawing


def _draw_standing(drawing: Drawing, chart: Chart, ticks: list[float], top: float, width: int) -> None:
    left = 12 + _HALF * max(width_of(_tick_text(tick)) for tick in ticks)
    scale = _Scale(ticks[0], ticks[-1], top + _PLOT, top)
    for tick in ticks:
        y = scale(tick)
        drawing.grid.append(Line(_text(left), _text(y), _text(width - _RIGHT), _text(y)))
        drawing.labels.append(Label(_text(left - 6), _text(y + 4), _tick_text(tick), "end"))
    slot = (width - _RIGHT - left) / max(len(chart.categories), 1)
    every = math.ceil(max(map(width_of, chart.categories), default=0) * _HALF / slot) or 1
    for i, category in enumerate(chart.categories):
        if i % every == 0:
            middle = _text(left + slot * (i + 0.5))
            drawing.labels.append(Label(middle, _text(top + _PLOT + 20), _short(category), "middle"))
    drawing.height = _text(top + _PLOT + 32)
    if chart.kind == "line":
        _draw_lines(drawing, chart, scale, left, slot)
        return
    for bar in _bars(chart):
        x, thick = left + slot * (bar.category + bar.offset), slot * bar.thickness
        ends = scale(bar.start), scale(bar.end)
        drawing.boxes.append(_box(bar, x, min(ends), thick, abs(ends[0] - ends[1])))
        if bar.stacked:
            if abs(ends[0] - ends[1]) > _FONT + 2:
                drawing.labels.append(_value(bar, x + thick / 2, sum(ends) / 2 + 5, "middle", inside=True))
        elif thick > width_of(bar.text) * _HALF:
            y = min(ends) - 4 if bar.end >= bar.start else max(ends) + _FONT
            drawing.labels.append(_value(bar, x + thick / 2, y, "middle"))


def _draw_lying(drawing: Drawing, chart: Chart, ticks: list[float], top: float, width: int) -> None:
    names = [_short(category, min(_LABEL_LIMIT, width // 20)) for category in chart.categories]
    left = 14 + _HALF * max(map(width_of, names))
    row = _ROW if chart.kind == "stacked" else max(_ROW, len(chart.series) * (_FONT + 5) + 8)
    bottom = top + row * len(chart.categories)
    scale = _Scale(ticks[0], ticks[-1], left, width - _RIGHT - 24)
    for tick in ticks:
        place = _text(scale(tick))
        drawing.grid.append(Line(place, _text(top), place, _text(bottom)))
        drawing.labels.append(Label(place, _text(bottom + 18), _tick_text(tick), "middle"))
    for i, name in enumerate(names):
        y = top + row * (i + 0.5) + 4
        drawing.labels.append(Label(_text(left - 8), _text(y), name, "end"))
    drawing.height = _text(bottom + 28)
    for bar in _bars(chart):
        y, height = top + row * (bar.category + bar.offset), row * bar.thickness
        ends = scale(bar.start), scale(bar.end)
        drawing.boxes.append(_box(bar, min(ends), y, abs(ends[1] - ends[0]), height))
        if bar.stacked:
            if abs(ends[1] - ends[0]) > width_of(bar.text) * _HALF + 6:
                drawing.labels.append(_value(bar, sum(ends) / 2, y + height / 2 + 5, "middle", inside=True))
        else:
            drawing.labels.append(_value(bar, max(ends) + 5, y + height / 2 + 5, "start"))


def _draw_lines(drawing: Drawing, chart: Chart, scale: _Scale, left: float, slot: float) -> None:
    for s, series in enumerate(chart.series):
        for points in _unbroken(series.values):
            places = [(left + slot * (i + 0.5), scale(value)) for i, value in points]
            joined = " ".join(f"{_text(x)},{_text(y)}" for x, y in places)
            drawing.paths.append(Path(joined, s % len(COLOURS) + 1, _colour(s), DASHES[s % len(DASHES)]))
            for (i, value), (x, y) in zip(points, places, strict=True):
                bar = _Bar(i, s, 0, value, 0, 0, f"{chart.categories[i]} {series.name}", chart.unit)
                drawing.boxes.append(_box(bar, x - 3.5, y - 3.5, 7, 7))
                if len(chart.series) == 1 and slot > width_of(bar.text) * _HALF:
                    drawing.labels.append(_value(bar, x, y - 9, "middle"))


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar or segment; offset and thickness are parts of the category's slot."""

    category: int
    series: int
    start: float
    end: float
    offset: float
    thickness: float
    name: str
    unit: str
    stacked: bool = False

    @property
    def text(self) -> str:
        return _tick_text(self.end - self.start)


def _bars(chart: Chart) -> Iterator[_Bar]:
    stacked = chart.kind == "stacked"
    thickness = 0.6 if stacked or len(chart.series) == 1 else 0.8 / len(chart.series)
    for i, category in enumerate(chart.categories):
        start = 0.0
        for s, series in enumerate(chart.series):
            value = series.values[i]
            if value is None or (stacked and value == 0):
                continue
            offset = 0.2 if thickness == 0.6 else 0.1 + s * thickness
            name = f"{category} {series.name}"
            yield _Bar(i, s, start, start + float(value), offset, thickness, name, chart.unit, stacked)
            start += float(value) if stacked else 0


def _ticks(chart: Chart) -> list[float]:
    """Round steps from 0 (or below) to the greatest value; whole ones for whole values."""
    values = [float(v) for series in chart.series for v in series.values if v is not None]
    if chart.kind == "stacked":
        values = [
            float(sum(filter(None, column))) for column in zip(*(s.values for s in chart.series), strict=True)
        ]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    if all(value.is_integer() for value in values):
        step = max(1.0, math.ceil(step))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _unbroken(values: Iterable[Number]) -> Iterator[list[tuple[int, float]]]:
    """Runs of points; a missing value breaks the line."""
    run: list[tuple[int, float]] = []
    for i, value in enumerate(values):
        if value is not None:
            run.append((i, float(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _legend(drawing: Drawing, chart: Chart, most: int) -> float:
    """The names of several series, in rows at the top; its height."""
    if len(chart.series) == 1:
        return 0
    x, y = 8.0, 4.0
    for s, series in enumerate(chart.series):
        width = 34 + width_of(series.name) * _HALF
        if x + width > most and x > 8:
            x, y = 8.0, y + _LEGEND
        drawing.boxes.append(Box(_text(x), _text(y), "12", "12", s % len(COLOURS) + 1, _colour(s)))
        drawing.labels.append(Label(_text(x + 17), _text(y + 11), series.name, "start"))
        x += width
    return y + _LEGEND


def _lies(chart: Chart, width: int) -> bool:
    slot = (width - 80) / max(len(chart.categories), 1)
    longest = max(map(width_of, chart.categories), default=0) * _HALF
    return bool(chart.categories) and (len(chart.categories) > _MOST_STANDING or longest > slot)


def _box(bar: _Bar, x: float, y: float, width: float, height: float) -> Box:
    return Box(
        x=_text(x),
        y=_text(y),
        width=_text(width),
        height=_text(max(height, 0.5)),
        number=bar.series % len(COLOURS) + 1,
        fill=_colour(bar.series),
        title=f"{bar.name} {counted(bar.text, bar.unit)}",
    )


def _value(bar: _Bar, x: float, y: float, anchor: str, inside: bool = False) -> Label:
    return Label(_text(x), _text(y), bar.text, anchor, inside)


def _colour(series: int) -> str:
    return COLOURS[series % len(COLOURS)]


def _short(text: str, limit: int = _LABEL_LIMIT) -> str:
    """A name that fits beside its bar; the table beneath has the whole one."""
    line = " ".join(text.split())
    if width_of(line) <= limit:
        return line
    while width_of(line) > limit - 1:
        line = line[:-1]
    return line + "…"


def _tick_text(value: float) -> str:
    return display(value, "decimal")


def _text(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
