"""The board: what stands, with what is pinned on top."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cells import Column, badge_cell, choice, day
from core.components import Action
from core.listed import BulkAction
from core.lists import ListView
from core.numbers import wholes
from core.page import BaseView, Request
from core.permissions import can
from knowledge.enums import BOARD, Area, PostState, Type, Validity
from knowledge.filters import FieldFilter, PostFilter
from knowledge.models import Field, Post
from knowledge.selectors.posts import TONES, VALIDITY_TONES
from knowledge.services import posts

SECTION = "knowledge"
HOME = (BOARD, reverse_lazy("knowledge:home"))
FIELDS = (gettext_lazy("지식 분야"), reverse_lazy("knowledge:fields"))


def pinned_title(title: str, pinned: bool) -> str:
    return _("[고정] %(title)s") % {"title": title} if pinned else title


class PostList(ListView):
    permission = "knowledge.view"
    section = SECTION
    title = gettext_lazy("지식")
    file_name = gettext_lazy("지식나눔")
    filter_class = PostFilter
    default_order = ("-pinned", "-approved_on", "-pk")
    crumbs = (HOME, (gettext_lazy("지식"), None))
    empty_message = gettext_lazy("조건에 맞는 지식이 없습니다.")
    bulk_url_name = "knowledge:bulk"
    columns = (
        Column("title", gettext_lazy("제목"), ("title", "pinned"), pinned_title, sort=("title",),
               primary=True, width=50, excel=pinned_title),
        Column("area", gettext_lazy("영역"), ("area",), choice(Area), sort=("area",), hide_mobile=True),
        Column("type", gettext_lazy("유형"), ("type",), choice(Type), sort=("type",), hide_mobile=True),
        Column("field", gettext_lazy("분야"), ("field__name",), lambda name: name or "–", sort=("field__order",),
               hide_mobile=True),
        Column("department", gettext_lazy("부서"), ("department_name",), sort=("department__order",), width=18),
        Column("validity", gettext_lazy("유효 여부"), ("validity",), badge_cell(Validity, VALIDITY_TONES),
               sort=("validity",), excel=choice(Validity)),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(PostState, TONES), sort=("state",),
               excel=choice(PostState), hide_mobile=True, screen=False),
        Column("approved", gettext_lazy("게시일"), ("approved_on",), day, sort=("approved_on",), kind="date",
               excel=lambda value: value),
        Column("views", gettext_lazy("조회"), ("views",), sort=("views",), kind="int", align="right"),
        Column("opinions", gettext_lazy("의견"), ("opinions",), sort=("opinions",), kind="int", align="right",
               hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        rows = Post.objects.visible_to(user)
        asked = self.request.GET
        return (
            rows
            if any(asked.get(name) for name in ("state", "mine", "waiting", "campaign", "counted"))
            else rows.standing()
        )

    def row_url(self, pk: Any) -> str:
        return reverse("knowledge:post", args=[pk])

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """Where only what waits is listed, it is approved by the page."""
        asked = self.request.GET
        waits = asked.get("waiting") or asked.get("state") == PostState.WAITING
        return [BulkAction("approve", _("지식 승인"))] if waits else ()

    def get_tools(self) -> list[Action]:
        hand = (
            [Action(_("한꺼번에 인계"), reverse("knowledge:hand_over"))]
            if self.request.GET.get("mine")
            else []
        )
        return [Action(_("지식 쓰기"), reverse("knowledge:new"), "primary"), *hand]

    def get_empty_action(self) -> tuple[Any, str]:
        return _("지식 쓰기"), reverse("knowledge:new")


class PostBulk(BaseView):
    """What was chosen in the list; a result for each that is left."""

    permission = "knowledge.view"

    def post(self, request: Request) -> HttpResponse:
        keys = wholes(request.POST.getlist("pk"))
        chosen = list(Post.objects.visible_to(request.user).filter(pk__in=keys).order_by("pk"))
        done, left = posts.approve_many(chosen, actor=request.user)
        if done:
            messages.success(request, _("지식 %(count)d건을 승인했습니다.") % {"count": len(done)})
        for post, reason in left:
            messages.warning(request, f"{post.title}: {reason}")
        return HttpResponseRedirect(f"{reverse('knowledge:list')}?state={PostState.WAITING}")


class FieldList(ListView):
    permission = "knowledge.plan"
    section = SECTION
    title = gettext_lazy("지식 분야")
    file_name = gettext_lazy("지식_분야")
    unit = gettext_lazy("개")
    filter_class = FieldFilter
    default_order = ("order", "pk")
    crumbs = (HOME, (gettext_lazy("지식 분야"), None))
    empty_message = gettext_lazy("분야가 없습니다. 분야를 만들면 담당을 정할 수 있습니다.")
    columns = (
        Column("name", gettext_lazy("분야 이름"), ("name",), sort=("name",), primary=True, width=30),
        Column("order", gettext_lazy("순서"), ("order",), sort=("order",), kind="int", align="right"),
        Column("keeper", gettext_lazy("분야 담당"), ("keeper__name",), lambda name: name or "–", sort=("keeper__name",),
               excel=lambda name: name),
        Column("closed", gettext_lazy("쓰지 않음"), ("closed",), lambda closed: _("쓰지 않음") if closed else "–",
               sort=("closed",)),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Field.objects.all() if can(user, "knowledge.plan") else Field.objects.none()

    def row_url(self, pk: Any) -> str:
        return reverse("knowledge:field_edit", args=[pk])

    def get_tools(self) -> list[Action]:
        return [Action(_("분야 만들기"), reverse("knowledge:field_new"), "primary")]

    def get_empty_action(self) -> tuple[Any, str]:
        return _("분야 만들기"), reverse("knowledge:field_new")
