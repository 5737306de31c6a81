"""Planning's menu entry."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from letters.enums import State
from notifications.numbers import numbers


def side(request: Request) -> Side:
    waiting = numbers(request.user, "letters")["letters.waiting"]
    letters = reverse("letters:list")
    return Side(
        _("보낼 안내"),
        [
            SideItem(_("보낼 안내"), letters, waiting),
            SideItem(_("보내지 못한 안내"), f"{letters}?state={State.FAILED}"),
            SideItem(_("안내문"), reverse("letters:wordings")),
        ],
    )


MENU = MenuItem(
    "letters",
    gettext_lazy("보낼 안내"),
    "letters:list",
    permission=lambda user: can(user, "letters.plan"),
    order=70,
    side=side,
)
