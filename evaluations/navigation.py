"""The menu entry `심사·시상`, its side, search. Below the own entries stand those of panels and awards."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.navigation import side as awards
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from evaluations.filters import RoundFilter
from evaluations.models import Round
from meetings.navigation import side as meetings
from notifications.numbers import numbers

OBJECTIONS = "evaluations.objections"


def side(request: Request) -> Side:
    user = request.user
    items = []
    if can(user, "evaluations.see"):
        items.append(SideItem(_("심사"), reverse("evaluations:list")))
    if can(user, "evaluations.judge"):
        items.append(
            SideItem(
                _("내 심사"), reverse("evaluations:mine"), numbers(user, "evaluations")["evaluations.mine"]
            )
        )
    items.append(SideItem(_("심사 결과"), reverse("evaluations:told")))
    if can(user, "evaluations.objections"):
        waiting = numbers(user, "evaluations")[OBJECTIONS]
        items.append(SideItem(_("심사 결과 이의"), reverse("evaluations:objections"), waiting or None))
        items.append(SideItem(_("심사 결과 정정"), reverse("evaluations:corrections")))
    if can(user, "meetings.fees"):
        items.append(SideItem(_("심사수당"), reverse("evaluations:fees")))
    return Side(_("심사·시상"), [*items, *awards(user), *meetings(user)])


def find(user: Any, words: str) -> Sought:
    known = Round.objects.visible_to(user)
    found = RoundFilter({"q": words}, queryset=known).qs.order_by("-last_on", "-pk")
    all_of_them = (
        listed("evaluations:list", words) if can(user, "evaluations.see") else reverse("evaluations:mine")
    )
    return Sought(
        _("심사"),
        found,
        lambda round: Hit(
            round.title, f"{round.period} · {round.get_state_display()}", round.get_absolute_url()
        ),
        all_of_them,
    )


MENU = MenuItem(
    "evaluations",
    gettext_lazy("심사·시상"),
    "evaluations:home",
    permission=lambda user: can(user, "evaluations.view"),
    order=14,
    side=side,
)
PUBLIC = MenuItem("outcomes", gettext_lazy("심사 결과"), "outcomes:list", order=22)
