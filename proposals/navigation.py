"""Menu entries of staff and of everybody, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.personal import mask
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from notifications.numbers import numbers
from proposals.filters import by_words
from proposals.models import Proposal
from proposals.selectors import proposals as selectors


def side(request: Request) -> Side:
    user, counts = request.user, numbers(request.user, "proposals")
    desk = reverse("proposals:desk")
    reviews = reverse("proposals:reviews")
    items = [SideItem(_("제안"), desk), SideItem(_("제안하기"), reverse("proposals:propose"))]
    if getattr(user, "department_id", None):
        own = f"{reviews}?department={user.department_id}&state=waiting&state=assigned&state=submitted"
        items.append(SideItem(_("내 부서 검토"), own, counts["proposals.department"]))
    items.append(SideItem(_("부서 검토 전체"), reviews))
    if can(user, "proposals.plan"):
        items += [
            SideItem(_("접수 등록"), reverse("proposals:enter")),
            SideItem(_("중간 답변"), reverse("proposals:interims"), counts["proposals.interims"]),
            SideItem(_("처리할 신고"), reverse("proposals:desk_complaints"), counts["proposals.complaints"]),
            SideItem(_("갑자기 늘어난 공감"), f"{desk}?rose=1", selectors.risen()),
        ]
    items += [
        SideItem(_("결정 기한 지난 제안"), f"{desk}?late=1", counts["proposals.late"], tone="danger"),
    ]
    undertakings = reverse("proposals:undertakings")
    items.append(SideItem(_("이행 관리"), undertakings))
    if user.department_id:
        own = f"{undertakings}?department={user.department_id}&show=open"
        items.append(SideItem(_("내 부서 이행"), own, counts["proposals.undertakings"]))
    items.append(
        SideItem(
            _("밀린 이행"),
            f"{undertakings}?behind=1",
            counts["proposals.late_undertakings"],
            tone="danger",
        )
    )
    if can(user, "proposals.objections"):
        items.append(
            SideItem(_("이의·재심사"), reverse("proposals:objections"), counts["proposals.objections"])
        )
    items += [
        SideItem(_("공모"), reverse("proposals:desk_calls")),
        SideItem(_("구민이 보는 화면"), reverse("proposals:home")),
    ]
    return Side(_("제안"), items)


def find(user: Any, words: str) -> Sought:
    found = by_words(Proposal.objects.visible_to(user), words).order_by("-received_at", "-pk")
    return Sought(
        _("제안"),
        found,
        lambda one: Hit(mask(one.title), f"{one.code} · {one.get_state_display()}", one.get_absolute_url()),
        listed("proposals:desk", words),
    )


MENU = MenuItem(
    "proposals",
    gettext_lazy("제안"),
    "proposals:desk",
    permission=lambda user: can(user, "proposals.desk"),
    order=12,
    side=side,
)
PUBLIC = (
    MenuItem("proposals_start", gettext_lazy("제안하기"), "proposals:start", order=10),
    MenuItem("proposals_calls", gettext_lazy("공모"), "proposals:calls", order=15),
    MenuItem("proposals_find", gettext_lazy("제안 찾기"), "proposals:find", order=20),
    MenuItem("proposals_lookup", gettext_lazy("내 제안 보기"), "proposals:lookup", order=25),
    MenuItem("proposals_guide", gettext_lazy("이용 안내"), "proposals:guide", order=30),
)
