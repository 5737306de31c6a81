"""The menu entry `공동협력사업`, its side, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from incentives import navigation_indicators, navigation_results, navigation_weekly
from incentives.filters import DivisionFilter
from incentives.kinds import BriefingPanel
from incentives.models import Division
from meetings.models import Session
from meetings.navigation import sessions_found
from notifications.numbers import Counted, Number, numbers

WAITING = "incentives.waiting"
NUMBERS = (
    Number("incentives", WAITING, Division, Counted.WAITING),
    *navigation_weekly.NUMBERS,
    *navigation_results.NUMBERS,
)


# Pages of a division lie beside the list.
DIVISION_PAGES = tuple(
    f"incentives:{name}" for name in ("division", "project", "new", "copy", "indicators", "scores")
)


def side(request: Request) -> Side:
    user = request.user
    counts = numbers(user, "incentives")
    listing = reverse("incentives:list")
    items = [
        SideItem(_("한눈에 보기"), reverse("incentives:home")),
        SideItem(_("사업 목록"), listing, pages=DIVISION_PAGES),
    ]
    if count := counts[WAITING]:
        items.append(SideItem(_("내가 처리할 사업"), f"{listing}?waiting=1", count))
    items += [*navigation_indicators.side(), *navigation_weekly.side(user)]
    briefings = SideItem(_("보고회"), reverse("incentives:briefings"), pages=("meetings:",))
    items += [briefings, *navigation_results.side(user)]
    return Side(_("공동협력사업"), items)


def find(user: Any, words: str) -> Sought:
    known = Division.objects.visible_to(user).select_related("project").prefetch_related("parts")
    rows = DivisionFilter({"q": words}, queryset=known).qs.order_by("-project__year", "project__number", "pk")
    return Sought(
        _("공동협력사업"),
        rows,
        lambda one: Hit(f"{one.project.year} {one}", str(one.get_state_display()), one.get_absolute_url()),
        listed("incentives:list", words),
    )


def find_meetings(user: Any, words: str) -> Sought:
    known = Session.objects.visible_to(user).filter(panel__kind=BriefingPanel.key)
    return sessions_found(known, words, _("보고회"), "incentives:sessions")


MENU = MenuItem(
    "incentives",
    gettext_lazy("공동협력사업"),
    "incentives:home",
    permission=lambda user: can(user, "incentives.view"),
    order=16,
    side=side,
)
