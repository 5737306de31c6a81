"""What every page of the shell needs, worked out only when the template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from core import navigation
from core.office import HINTS, Hint, Office, office
from core.permissions import can

CONTRAST_COOKIE = "contrast"


class Shell:
    """Menus, office, display mode. No query of its own; the registered providers may ask."""

    system_name = property(lambda self: settings.SYSTEM_NAME)
    demo = property(lambda self: settings.DEMO)
    masthead = property(lambda self: settings.KRDS_MASTHEAD)

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def office(self) -> Office:
        return office()

    @property
    def office_name(self) -> str:
        return office().name

    @cached_property
    def hint(self) -> Hint | None:
        """What is to be done first, while the set-up lasts."""
        user = self.request.user
        return (
            next((found for hint in HINTS if (found := hint(user))), None) if user.is_authenticated else None
        )

    @cached_property
    def section(self) -> str:
        """Named by the view class: `section = "benchmarking"`; by the request, where it depends on the address."""
        if named := getattr(self.request, "section", ""):
            return named
        match = self.request.resolver_match
        view: Any = getattr(match.func, "view_class", match.func) if match else None
        return getattr(view, "section", "")

    @cached_property
    def searches(self) -> bool:
        """Who has nothing to search is offered no field for it."""
        return can(self.request.user, "core.search")

    @cached_property
    def menu(self) -> list[navigation.Link]:
        return navigation.menu("main", self.request.user, self.section, self.request.path)

    @cached_property
    def account(self) -> list[navigation.Link]:
        return navigation.menu("account", self.request.user, self.section, self.request.path)

    @cached_property
    def public_menu(self) -> list[navigation.Link]:
        return navigation.menu("public", self.request.user, self.section, self.request.path)

    @cached_property
    def side(self) -> navigation.Side | None:
        return navigation.side(self.request, self.section)

    @cached_property
    def notices(self) -> tuple[int, str] | None:
        return navigation.unread(self.request.user)

    @property
    def unread(self) -> int:
        return self.notices[0] if self.notices else 0

    @property
    def high_contrast(self) -> bool:
        return self.request.COOKIES.get(CONTRAST_COOKIE) == "high"

    @property
    def idle_seconds(self) -> int:
        """After this many seconds without a request the session ends (D4)."""
        return navigation.idle_seconds()


def shell(request: HttpRequest) -> dict[str, Any]:
    found = Shell(request)
    return {"shell": found, "section": found.section}
