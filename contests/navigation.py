"""The menu entry `경진대회·성과금`, its side, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.filters import BonusFilter, PracticeFilter
from contests.models import Bonus, Practice
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from notifications.numbers import numbers

WAITING, BONUSES = "contests.waiting", "contests.bonuses"


def side(request: Request) -> Side:
    user = request.user
    practices = reverse("contests:practices")
    items = [
        SideItem(_("우수사례 경진대회"), reverse("contests:list")),
        SideItem(_("우수사례"), practices),
    ]
    if count := numbers(user, "contests")[WAITING]:
        items.append(SideItem(_("내가 처리할 우수사례"), f"{practices}?waiting=1", count))
    bonuses = reverse("bonuses:list")
    items.append(SideItem(_("예산성과금"), bonuses))
    if count := numbers(user, "contests")[BONUSES]:
        items.append(SideItem(_("내가 처리할 예산성과금"), f"{bonuses}?waiting=1", count))
    return Side(_("경진대회·성과금"), items)


def find(user: Any, words: str) -> Sought:
    known = Practice.objects.visible_to(user).exclude(title="")
    found = PracticeFilter({"q": words}, queryset=known).qs.order_by("-due_on", "pk")
    return Sought(
        _("우수사례"),
        found,
        lambda one: Hit(
            one.title, f"{one.department_name} · {one.get_state_display()}", one.get_absolute_url()
        ),
        listed("contests:practices", words),
    )


def find_bonuses(user: Any, words: str) -> Sought:
    known = Bonus.objects.visible_to(user)
    found = BonusFilter({"q": words}, queryset=known).qs.order_by("-year", "-pk")
    return Sought(
        _("예산성과금"),
        found,
        lambda one: Hit(
            one.title,
            f"{one.year} · {one.department_name} · {one.get_state_display()}",
            one.get_absolute_url(),
        ),
        listed("bonuses:list", words),
    )


MENU = MenuItem(
    "contests",
    gettext_lazy("경진대회·성과금"),
    "contests:list",
    permission=lambda user: can(user, "contests.view"),
    order=15,
    side=side,
)
