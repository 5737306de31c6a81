"""The menu entry `지식나눔`, its side, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Ranked, listed
from knowledge.enums import BOARD, Area
from knowledge.finding import POSTS
from knowledge.models import Post
from notifications.numbers import Counted, Number, numbers

WAITING = "knowledge.waiting"
NUMBERS = (Number("knowledge", WAITING, Post, Counted.WAITING),)


def side(request: Request) -> Side:
    user, board = request.user, reverse("knowledge:list")
    items = [
        SideItem(_("한눈에 보기"), reverse("knowledge:home")),
        SideItem(_("전체 지식"), board, pages=("knowledge:post", "knowledge:editions", "knowledge:new")),
    ]
    items += [SideItem(area.label, f"{board}?area={area.value}") for area in Area]
    items.append(SideItem(_("내가 맡은 지식"), f"{board}?mine=1", pages=("knowledge:hand_over",)))
    if count := numbers(user, "knowledge")[WAITING]:
        items.append(SideItem(_("내가 처리할 지식"), f"{board}?waiting=1", count))
    items += [
        SideItem(_("지식 찾기"), reverse("knowledge:search")),
        SideItem(_("글감"), reverse("knowledge:topics")),
        SideItem(_("물어보기"), reverse("knowledge:questions"), pages=("knowledge:ask",)),
        SideItem(_("잘못 알림"), reverse("knowledge:flaws"), pages=("knowledge:flaw",)),
        SideItem(_("지식등록의 날"), reverse("knowledge:campaigns")),
    ]
    if can(user, "knowledge.plan"):
        items.append(SideItem(_("지난 지식 가져오기"), reverse("knowledge:past_files")))
        items.append(SideItem(_("지식 분야"), reverse("knowledge:fields")))
        items.append(SideItem(_("살펴볼 활동"), reverse("knowledge:oddities")))
    return Side(BOARD, items)


def find(user: Any, words: str) -> Ranked:
    def first(limit: int) -> tuple[list[Hit], int]:
        found = POSTS.find(words, Post.objects.visible_to(user).standing(), limit)
        posts = Post.objects.in_bulk([one.pk for one in found.found])
        told = [post for one in found.found if (post := posts.get(one.pk))]
        return [_hit(post) for post in told], found.total

    return Ranked(_("지식"), first, listed("knowledge:search", words))


def _hit(post: Post) -> Hit:
    return Hit(post.title, f"{post.get_area_display()} · {post.department_name}", post.get_absolute_url())


MENU = MenuItem(
    "knowledge",
    BOARD,
    "knowledge:home",
    permission=lambda user: can(user, "knowledge.view"),
    order=25,
    side=side,
)
