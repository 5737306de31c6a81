"""What views hand to the components of templates/components. Texts only, worked out beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.navigation import Text


@dataclass(frozen=True)
class Badge:
    """A state in words. Tones: neutral, info, success, warning, danger."""

    text: Text
    tone: str = "neutral"


@dataclass(frozen=True)
class Action:
    """A button of a page. `post` sends a form; `confirm` asks first (without script: a GET of `url`, which
    shows components/confirm.html). `version`: of the object as this page shows it (core.views.seen).
    `beside`: it stands next to the primary one. Styles: primary, secondary, tertiary, danger."""

    label: Text
    url: str
    style: str = "tertiary"
    post: bool = False
    confirm: Text = ""
    hotkey: str = ""
    icon: str = ""
    version: int | None = None
    beside: bool = False

    @property
    def href(self) -> str:
        return self.url if self.version is None else f"{self.url}?version={self.version}"


@dataclass(frozen=True)
class Way:
    """To a thing beside this one: what kind it is, and number, title, department, person in a line."""

    kind: Text
    text: Text
    url: str


@dataclass(frozen=True)
class Figure:
    """A number that leads to the rows behind it. `delta` compares it in words with the period before."""

    label: Text
    value: Text
    unit: Text = ""
    url: str = ""
    delta: Text = ""
    tone: str = ""


@dataclass(frozen=True)
class Event:
    """A line of a timeline."""

    when: str
    text: Text
    who: Text = ""
    note: Text = ""
    tone: str = "neutral"
    url: str = ""


@dataclass(frozen=True)
class HeatRow:
    """A row of a heat table: one (number, address) per column."""

    label: Text
    cells: Sequence[tuple[int, str]]
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """Work in the background. `poll_url` answers with components/progress.html until it is finished."""

    label: Text
    done: int
    total: int
    state: Text
    poll_url: str = ""


@dataclass(frozen=True)
class Share:
    """A part of a whole in one bar: what it is, how much in words, its rounded percent, its place in the drawing."""

    label: Text
    text: Text
    percent: int
    start: int
    length: int


BAR = 1000  # units of length of a bar


def shares(parts: Sequence[tuple[Text, int, Text]]) -> list[Share]:
    """Label, amount, amount in words → the parts of one bar, without gaps. Nothing at all gives an empty bar."""
    whole, found, before = sum(amount for _label, amount, _text in parts), [], 0
    for label, amount, text in parts:
        start, end = (n * BAR // whole if whole else 0 for n in (before, before + amount))
        found.append(
            Share(label, text, (amount * 200 + whole) // (2 * whole) if whole else 0, start, end - start)
        )
        before += amount
    return found


def taking_in(kind: str, *, past: bool = False) -> list[Action]:
    """Of a list whose rows come from workbooks (imports): where they are taken in, and the same rows in that shape."""
    take, give = (
        (_("지난 자료 가져오기"), _("지난 자료 양식으로 내려받기"))
        if past
        else (_("엑셀로 등록"), _("등록 양식으로 내려받기"))
    )
    return [
        Action(take, reverse("import_start", args=[kind])),
        Action(give, reverse("import_export", args=[kind])),
    ]
