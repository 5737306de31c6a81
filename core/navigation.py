"""Menus, side navigations and the count of notices: the apps register them, the shell draws them.

Apps register in `AppConfig.ready()`. Nothing here reads the database; a provider's queries are its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise


LAST = 1000


def everyone(user: Any) -> bool:
    """The permission of what any user may see."""
    return True


@dataclass(frozen=True)
class MenuItem:
    """An entry of a menu. `apart` ones stand at the far end (관리). `children` are the section's pages: they
    fill the mobile menu, and the side navigation where the section registers none."""

    key: str
    label: Text
    url_name: str
    permission: Callable[[Any], bool] = everyone
    order: int = 50
    children: Sequence["MenuItem"] = ()
    apart: bool = False


@dataclass(frozen=True)
class Link:
    """A menu entry as the templates place it."""

    key: str
    label: Text
    url: str
    current: bool = False
    apart: bool = False
    children: Sequence["Link"] = ()


@dataclass(frozen=True)
class SideItem:
    """A page or list of a section. `tone` colours the count (`danger` for what is late)."""

    label: Text
    url: str
    count: int | None = None
    current: bool = False
    tone: str = ""


@dataclass(frozen=True)
class Side:
    title: Text
    items: Sequence[SideItem]


_menus: dict[str, dict[str, MenuItem]] = {"main": {}, "account": {}, "public": {}}
_sides: dict[str, Callable[[Any], Side]] = {}
_idle: list[Callable[[], int]] = []
_unread: list[tuple[Callable[[Any], int], str]] = []


def register_menu(item: MenuItem) -> None:
    """Add to the main menu; `item.key` is the section that its views name."""
    _menus["main"][item.key] = item


def register_account(item: MenuItem) -> None:
    """Add to the menu under one's own name (my points, absence and substitute)."""
    _menus["account"][item.key] = item


def register_public(item: MenuItem) -> None:
    """Add to the menu of the public pages."""
    _menus["public"][item.key] = item


def register_side(section: str, provider: Callable[[Any], Side]) -> None:
    """`provider(request)` gives a section's lists with their counts."""
    _sides[section] = provider


def register_unread(provider: Callable[[Any], int], url_name: str = "notifications:list") -> None:
    """`provider(user)` counts the notices not yet read; `url_name` shows them."""
    _unread[:] = [(provider, url_name)]


def register_idle(provider: Callable[[], int]) -> None:
    """`provider()` gives the seconds without a request after which a session ends (D4)."""
    _idle[:] = [provider]


def idle_seconds() -> int:
    """0 while no app ends idle sessions."""
    return next((provider() for provider in _idle), 0)


def menu(name: str, user: Any, section: str = "", path: str = "") -> list[Link]:
    """The entries of menu `main`, `account` or `public` that the user may see, in order."""
    items = sorted(_menus[name].values(), key=lambda item: item.order)
    return [_link(item, user, section, path) for item in items if item.permission(user)]


def side(request: HttpRequest, section: str) -> Side | None:
    """The section's side navigation with the current entry marked, or None."""
    if provider := _sides.get(section):
        found = provider(request)
    elif (item := _menus["main"].get(section)) and item.children:
        links = _link(item, request.user, section, request.path).children
        found = Side(item.label, [SideItem(link.label, link.url) for link in links])
    else:
        return None
    return replace(found, items=_marked(found.items, request))


def order_of(section: str) -> int:
    """Where a section stands in the main menu; what has no entry of its own comes last."""
    item = _menus["main"].get(section)
    return item.order if item else LAST


def unread(user: Any) -> tuple[int, str] | None:
    """How many notices are unread and where they are; None while no app keeps notices."""
    return next(((provider(user), reverse(url_name)) for provider, url_name in _unread), None)


def _link(item: MenuItem, user: Any, section: str, path: str) -> Link:
    children = [_link(child, user, section, path) for child in item.children if child.permission(user)]
    url = reverse(item.url_name)
    return Link(item.key, item.label, url, section == item.key or url == path, item.apart, children)


def _marked(items: Sequence[SideItem], request: HttpRequest) -> list[SideItem]:
    """Marks one entry: this very list, else the page that this one lies under."""
    if any(item.current for item in items):
        return list(items)
    near = [(_nearness(item.url, request), -place) for place, item in enumerate(items)]
    (score, place) = max(near, default=(0, 0))
    return [replace(item, current=score > 0 and index == -place) for index, item in enumerate(items)]


def _nearness(url: str, request: HttpRequest) -> int:
    """0: elsewhere. The longer the common path and the more conditions fit, the nearer."""
    path, _mark, query = url.partition("?")
    conditions = parse_qsl(query)
    if not request.path.startswith(path) or (conditions and request.path != path):
        return 0
    if any(value not in request.GET.getlist(name) for name, value in conditions):
        return 0
    return len(path) + len(conditions)
