"""Menus, side navigations and the count of notices: the apps declare them, the shell draws them.

Nothing here reads the database; a provider's queries are its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from basis.sockets import Socket

Text = str | Promise


LAST = 1000


def everyone(user: Any) -> bool:
    """The permission of what any user may see."""
    return True


@dataclass(frozen=True)
class MenuItem:
    """An entry of a menu. `apart` ones stand at the far end (관리). `children` are the section's pages: they
    fill the mobile menu, and the side navigation of a section without `side`, which gives its lists with their
    counts for a request. `key` is what the section's views name."""

    key: str
    label: Text
    url_name: str
    permission: Callable[[Any], bool] = everyone
    order: int = 50
    children: Sequence["MenuItem"] = ()
    apart: bool = False
    side: Callable[[Any], "Side"] | None = None

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)


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
    """A page or list of a section. `tone` colours the count (`danger` for what is late). `pages`: how the names of
    addresses begin that belong to it without lying under its own."""

    label: Text
    url: str
    count: int | None = None
    current: bool = False
    tone: str = ""
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    title: Text
    items: Sequence[SideItem]


@dataclass(frozen=True)
class Unread:
    """`count(user)`: the notices not yet read; `url_name` shows them."""

    count: Callable[[Any], int]
    url_name: str = "notifications:list"


def _menu(name: str) -> Socket[MenuItem]:
    return Socket(f"menu {name}", key=lambda item: item.key)


# The main menu, the one under one's own name (my points, absence and substitute), and that of the public pages.
MENUS = {name: _menu(name) for name in ("main", "account", "public")}
UNREAD: Socket[Unread] = Socket("unread notices")
# The seconds without a request after which a session ends (D4).
IDLE: Socket[Callable[[], int]] = Socket("idle seconds")


def idle_seconds() -> int:
    """0 while no app ends idle sessions."""
    return next((seconds() for seconds in IDLE), 0)


def menu(name: str, user: Any, section: str = "", path: str = "") -> list[Link]:
    """The entries of menu `main`, `account` or `public` that the user may see, in order."""
    items = sorted(MENUS[name], key=lambda item: item.order)
    return [_link(item, user, section, path) for item in items if item.permission(user)]


def side(request: HttpRequest, section: str) -> Side | None:
    """The section's side navigation with the current entry marked, or None."""
    item = MENUS["main"].get(section)
    if item and item.side:
        found = item.side(request)
    elif item and item.children:
        links = _link(item, request.user, section, request.path).children
        found = Side(item.label, [SideItem(link.label, link.url) for link in links])
    else:
        return None
    return replace(found, items=_marked(found.items, request))


def order_of(section: str) -> int:
    """Where a section stands in the main menu; what has no entry of its own comes last."""
    item = MENUS["main"].get(section)
    return item.order if item else LAST


def unread(user: Any) -> tuple[int, str] | None:
    """How many notices are unread and where they are; None while no app keeps notices."""
    return next(((unread.count(user), reverse(unread.url_name)) for unread in UNREAD), None)


def _link(item: MenuItem, user: Any, section: str, path: str) -> Link:
    children = [_link(child, user, section, path) for child in item.children if child.permission(user)]
    current = section == item.key or item.url == path
    return Link(item.key, item.label, item.url, current, item.apart, children)


def _marked(items: Sequence[SideItem], request: HttpRequest) -> list[SideItem]:
    """Marks one entry: this very list, else the page that this one lies under."""
    if any(item.current for item in items):
        return list(items)
    near = [
        (max(_nearness(item.url, request), _belongs(item, request)), -place)
        for place, item in enumerate(items)
    ]
    (score, place) = max(near, default=(0, 0))
    return [replace(item, current=score > 0 and index == -place) for index, item in enumerate(items)]


def _belongs(item: SideItem, request: HttpRequest) -> int:
    """The longer the beginning that it shares, the nearer; nearer than the first page of the section anyhow."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    found = max((len(start) for start in item.pages if name.startswith(start)), default=0)
    return found and len(request.path) + found


def _nearness(url: str, request: HttpRequest) -> int:
    """0: elsewhere. The longer the common path and the more conditions fit, the nearer."""
    path, _mark, query = url.partition("?")
    conditions = parse_qsl(query)
    if not request.path.startswith(path) or (conditions and request.path != path):
        return 0
    if any(value not in request.GET.getlist(name) for name, value in conditions):
        return 0
    return len(path) + len(conditions)
