"""The officers' menu entry."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from leaks.enums import State


def side(request: Request) -> Side:
    leaks = reverse("leaks:list")
    items = [SideItem(_("개인정보 유출"), leaks)]
    if can(request.user, "leaks.act"):
        items.append(SideItem(_("유출 등록"), reverse("leaks:new")))
    items.append(SideItem(_("마친 유출"), f"{leaks}?state={State.CLOSED}&state={State.WITHDRAWN}"))
    return Side(_("개인정보 유출"), items)


MENU = MenuItem(
    "leaks",
    gettext_lazy("개인정보 유출"),
    "leaks:list",
    permission=lambda user: can(user, "leaks.view"),
    order=80,
    side=side,
)
