"""What a list places on its page (components/list.html)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy

from core import saved
from core.cells import Cell
from core.components import Action, Figure


@dataclass(frozen=True)
class Head:
    key: str
    label: Any
    align: str
    sort_url: str | None
    sort_state: str
    primary: bool
    hide_mobile: bool
    no_print: bool = False


@dataclass(slots=True)
class Row:
    pk: Any
    url: str | None
    cells: list[Cell]


@dataclass(frozen=True)
class BulkAction:
    value: str
    label: Any
    style: str = "secondary"
    confirm: Any = ""


@dataclass
class Pages:
    number: int
    num_pages: int
    prev_url: str | None
    next_url: str | None
    links: list[tuple[int, str, bool] | None]


class Show(StrEnum):
    """Which of the things of a list that knows of open ones."""

    OPEN = "open"
    DONE = "done"
    ALL = "all"


SHOWN = {
    Show.OPEN: gettext_lazy("진행 중"),
    Show.DONE: gettext_lazy("끝난 것"),
    Show.ALL: gettext_lazy("전체"),
}


@dataclass(frozen=True)
class Tab:
    """A link of components/tabs.html."""

    label: Any
    url: str
    current: bool
    count: int | None = None
    panel: str = ""


@dataclass(frozen=True)
class Sort:
    """One way to order a list."""

    label: str
    url: str
    current: bool


@dataclass
class ListPage:
    """What components/list.html places."""

    title: Any
    unit: Any
    count: int
    columns: list[Head]
    rows: list[Row]
    filter_form: Any
    chips: list[tuple[str, str]]
    reset_url: str
    pages: Pages
    page_sizes: list[tuple[int, str, bool]]
    excel_url: str | None
    print_url: str | None = None
    selectable: bool = False
    bulk_actions: Sequence[BulkAction] = ()
    bulk_url: str = ""
    empty_message: Any = ""
    empty_action: tuple[Any, str] | None = None
    saved_filters: saved.SavedLinks | None = None
    tools: Sequence[Action] = ()
    figures: Sequence[Figure] = ()
    tabs: Sequence[Tab] = ()
    show: str = ""
    sorts: Sequence[Sort] = ()
