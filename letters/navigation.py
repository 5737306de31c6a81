"""Planning's menu entry."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.personal import mask
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from letters.enums import State
from letters.filters import LetterFilter
from letters.models import Letter
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


def find(user: Any, words: str) -> Sought:
    """By the number of what they are about, or their title; nothing of whom they are for is looked through."""
    found = LetterFilter({"q": words}, queryset=Letter.objects.visible_to(user)).qs.order_by(
        "-created_at", "-pk"
    )
    return Sought(
        _("보낼 안내"),
        found,
        lambda one: Hit(mask(one.title), f"{one.about} · {one.get_state_display()}", one.get_absolute_url()),
        listed("letters:list", words),
    )


MENU = MenuItem(
    "letters",
    gettext_lazy("보낼 안내"),
    "letters:list",
    permission=lambda user: can(user, "letters.plan"),
    order=70,
    side=side,
)
