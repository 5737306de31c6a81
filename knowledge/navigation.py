"""The menu entry `지식나눔`, its side, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Group, Hit, listed
from knowledge.enums import Area
from knowledge.filters import PostFilter
from knowledge.models import Post
from notifications.numbers import Counted, Number, numbers

WAITING = "knowledge.waiting"
NUMBERS = (Number("knowledge", WAITING, Post, Counted.WAITING),)


def side(request: Request) -> Side:
    user, board = request.user, reverse("knowledge:list")
    items = [SideItem(_("한눈에 보기"), reverse("knowledge:home")), SideItem(_("전체 지식"), board)]
    items += [SideItem(area.label, f"{board}?area={area.value}") for area in Area]
    items.append(SideItem(_("내가 맡은 지식"), f"{board}?mine=1"))
    if count := numbers(user, "knowledge")[WAITING]:
        items.append(SideItem(_("내가 처리할 지식"), f"{board}?waiting=1", count))
    items += [
        SideItem(_("물어보기"), reverse("knowledge:questions")),
        SideItem(_("잘못 알림"), reverse("knowledge:flaws")),
        SideItem(_("지식등록의 날"), reverse("knowledge:campaigns")),
    ]
    if can(user, "knowledge.plan"):
        items.append(SideItem(_("지식 분야"), reverse("knowledge:fields")))
        items.append(SideItem(_("살펴볼 활동"), reverse("knowledge:oddities")))
    return Side(_("지식나눔"), items)


def find(user: Any, words: str, limit: int) -> Group:
    known = Post.objects.visible_to(user).standing()
    found = PostFilter({"q": words}, queryset=known).qs.order_by("-approved_on", "-pk")
    hits = [
        Hit(one.title, f"{one.get_area_display()} · {one.department_name}", one.get_absolute_url())
        for one in found[:limit]
    ]
    return Group(_("지식"), hits, found.count(), listed("knowledge:list", words))


MENU = MenuItem(
    "knowledge",
    gettext_lazy("지식나눔"),
    "knowledge:home",
    permission=lambda user: can(user, "knowledge.view"),
    order=25,
    side=side,
)
