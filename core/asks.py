"""What a state asks of somebody, declared beside the transitions in `workflow.py`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from core.models import Clock


class Days(Protocol):
    """A policy value: one number of days, or several."""

    def on(self, day: date) -> Any: ...


DUE = _("기한")


@dataclass(frozen=True)
class Rung:
    """A step of the ladder of reminders: `days` before the deadline (`after`: after it), as the policy said when the
    work began. `to(obj)` gives the keys of who is told; None: whoever holds the work. `up`: to those above, who are
    told whose work it is. `hours`: the numbers are hours from the moment of the ask (`at`), told at any time of any day
    (docs/adr/0022)."""

    name: str
    days: Days
    after: bool = False
    to: Callable[[Any], Iterable[str]] | None = None
    up: bool = False
    hours: bool = False

    def offsets(self, begun: date) -> list[int]:
        """Days (`hours`: hours) from the deadline, negative before it."""
        found = self.days.on(begun)
        values = found if isinstance(found, list | tuple) else [found]
        return [n if self.after else -n for n in values]


@dataclass(frozen=True)
class Panel:
    """A small form in the bar of the thing's page, instead of the button of `step`; `template` gets the context as
    `panel`."""

    step: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Bundle:
    """Shown as one line, however many there are: `title(count)`, and where they all stand."""

    title: Callable[[int], str]
    url: Callable[[], str]


def _always(obj: Any) -> bool:
    return True


def _never_due(obj: Any) -> None:
    return None


def _no_hour(obj: Any) -> None:
    return None


def _no_panel(actor: Any, obj: Any) -> None:
    return None


@dataclass(frozen=True)
class Ask:
    """In `states` (and `when`), whoever holds one of the keys of `who` must do what `verb` says until `due`.

    `due(obj)`: a clock, a day, or None. `at(obj)`: the moment, where the deadline has an hour; its day is `due`.
    `begun(obj)`: the day from which it counts; no reminder falls before it.
    `personal` work never reaches a substitute. `title(obj)`: what reminders call it, else its face's title;
    `due_label`: what they call the deadline. `panel(actor, obj)`: how it is done
    right in the bar, for who may.
    """

    name: str
    states: Sequence[str]
    verb: Any
    who: Callable[[Any], Iterable[str]]
    due: Callable[[Any], Clock | date | None] = _never_due
    at: Callable[[Any], datetime | None] = _no_hour
    when: Callable[[Any], bool] = _always
    begun: Callable[[Any], date | None] = _never_due
    ladder: Sequence[Rung] = ()
    personal: bool = False
    bundle: Bundle | None = None
    title: Callable[[Any], str] | None = None
    due_label: Any = DUE
    panel: Callable[[Any, Any], Panel | None] = _no_panel


@dataclass(frozen=True)
class Face:
    """How a thing is named in lists of work. `day`: when it takes place, shown behind `detail`."""

    title: str
    url: str
    detail: str = ""
    department: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Work:
    """All that a kind of thing asks. `face` and the asks read the object with its `related` (select_related) and
    `parts` (prefetch_related). `touches`: after a step or event of this name, the things whose work speaks of this
    one too."""

    face: Callable[[Any], Face]
    asks: Sequence[Ask]
    related: Sequence[str] = ()
    parts: Sequence[str] = ()
    touches: Mapping[str, Callable[[Any], Iterable[Any]]] = field(default_factory=dict)

    @property
    def states(self) -> set[str]:
        """Those in which anything may be asked."""
        return {str(state) for ask in self.asks for state in ask.states}

    def ask(self, name: str) -> Ask:
        return next(ask for ask in self.asks if ask.name == name)
