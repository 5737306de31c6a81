"""Columns of lists and what stands in their fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from basis.clock import deadline_badge
from basis.formats import NOTHING, UNRECORDED, date_short, date_weekday
from core.models.dated import day_text
from core.now import today


@dataclass(slots=True)
class Cell:
    """What stands in one field of a list: text, where it leads, a badge's tone, a second line.

    `label`: its head, for the small tables that have no columns."""

    text: str
    url: str | None = None
    tone: str | None = None
    sub: str | None = None
    label: Any = ""

    @property
    def is_nothing(self) -> bool:
        """Nothing stands in it: left out of a card on a narrow screen."""
        return self.text in ("", NOTHING) and not self.sub


def choice(enum: Any) -> Callable[[Any], str]:
    """value → its label, worked out once."""
    labels = dict(enum.choices)
    return lambda value: str(labels.get(value, "")) if value else ""


def recorded(enum: Any) -> Callable[[Any], str]:
    """The same where only a record of earlier years can be without (N1)."""
    label = choice(enum)
    return lambda value: label(value) or str(UNRECORDED)


def badge_cell(enum: Any, tones: Mapping[Any, str]) -> Callable[[Any], Cell]:
    """value → its label as a badge."""
    labels = dict(enum.choices)
    return lambda value: Cell(str(labels[value]), tone=tones.get(value, "neutral")) if value else Cell("")


def day(value: date | None) -> str:
    return date_weekday(value) if value else ""


def known_day(name: str) -> Callable[[date | None, dict[str, str]], str]:
    """(day, `inexact` of its row) → the day in the field `name`, as exactly as it is known (N1)."""
    return lambda value, inexact: day_text(value, inexact.get(name))


def known_value(name: str) -> Callable[[date | None, dict[str, str]], Any]:
    """The same for Excel: a date, or the words for what is less than one."""
    return lambda value, inexact: day_text(value, inexact[name]) if name in inexact else value


def due_cell(due: date | None, paused: Any = False, done: date | None = None) -> Cell:
    """How a deadline stands today, or stood when it was done."""
    if due is None:
        return Cell("")
    found = deadline_badge(due, today(), bool(paused), done)
    return Cell(found.text, tone=found.tone, sub=date_short(due))


@dataclass(frozen=True)
class Column:
    """`paths` are ORM paths; `show(*values)` gives the cell, `excel(*values)` the typed value.

    `sort` names the ORM paths to order by, `-` for descending (none: not sortable). `kind` is the Excel kind.
    """

    key: str
    label: Any
    paths: tuple[str, ...]
    show: Callable[..., Cell | str] = lambda value: "" if value is None else str(value)
    sort: tuple[str, ...] = ()
    align: str = "left"
    kind: str = "text"
    excel: Callable[..., Any] | None = None
    width: int = 16
    primary: bool = False
    hide_mobile: bool = False
    screen: bool = True
    file: bool = True
    no_print: bool = False
