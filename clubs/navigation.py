"""The menu entry `학습동아리`, its side, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs import navigation_papers
from clubs.filters import ClubFilter
from clubs.kinds import ClubPanel
from clubs.models import Club, Upkeep
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from meetings.models import Session
from meetings.navigation import sessions_found
from notifications.numbers import Counted, Number, numbers

WAITING, UPKEEP = "clubs.waiting", "clubs.upkeep"
NUMBERS = (
    Number("clubs", WAITING, Club, Counted.WAITING, led=False),
    Number("clubs", UPKEEP, Upkeep, Counted.WAITING, led=False),
)


def side(request: Request) -> Side:
    user = request.user
    counts = numbers(user, "clubs")
    clubs = reverse("clubs:list")
    items = [SideItem(_("내 동아리"), reverse("clubs:home"))]
    if count := counts[WAITING]:
        items.append(SideItem(_("내가 처리할 동아리"), f"{clubs}?waiting=1", count))
    items.append(SideItem(_("동아리 목록"), clubs))
    items.append(SideItem(_("동아리 모임"), reverse("clubs:sessions")))
    items.append(SideItem(_("회원 정비"), reverse("clubs:upkeeps"), counts[UPKEEP] or None))
    if can(user, "clubs.map"):
        items.append(SideItem(_("월별 현황"), reverse("clubs:map")))
    items.append(SideItem(_("연구 과제"), reverse("clubs:topics")))
    return Side(_("학습동아리"), [*items, *navigation_papers.side(user)])


def find(user: Any, words: str) -> Sought:
    known = Club.objects.visible_to(user).select_related("bureau")
    rows = ClubFilter({"q": words}, queryset=known).qs.order_by("-year", "name", "pk")
    return Sought(
        _("학습동아리"),
        rows,
        lambda one: Hit(
            f"{one.year} {one.name}", f"{one.place} · {one.get_state_display()}", one.get_absolute_url()
        ),
        listed("clubs:list", words),
    )


def find_meetings(user: Any, words: str) -> Sought:
    known = Session.objects.visible_to(user).filter(panel__kind=ClubPanel.key)
    return sessions_found(known, words, _("동아리 모임"), "clubs:sessions")


MENU = MenuItem(
    "clubs",
    gettext_lazy("학습동아리"),
    "clubs:home",
    permission=lambda user: can(user, "clubs.view"),
    order=13,
    side=side,
)
