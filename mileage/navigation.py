"""Menu entry, entry under one's own name, side navigation."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.page import Request as HttpRequest
from core.permissions import can
from notifications.numbers import numbers

WAITING = "mileage.requests"


def side(request: HttpRequest) -> Side:
    user = request.user
    items = [
        SideItem(_("나의 마일리지"), reverse("mileage:statement")),
        SideItem(_("선정 결과"), reverse("mileage:rankings")),
        SideItem(_("점수 기준"), reverse("mileage:rules")),
    ]
    if can(user, "mileage.view_all"):
        items += [
            SideItem(_("점수 기록"), reverse("mileage:entries")),
            SideItem(_("부서·기준별 집계"), reverse("mileage:summary")),
            SideItem(
                _("등록·취소 요청"), reverse("mileage:requests"), numbers(user, "mileage")[WAITING] or None
            ),
            SideItem(
                _("순위 관리"),
                reverse("mileage:ranking_list"),
                current=_is_about_rankings(request.path),
            ),
        ]
    if can(user, "mileage.view_hours"):
        items.append(SideItem(_("상시학습 명단"), reverse("mileage:learning")))
        items.append(SideItem(_("상시학습 인계"), reverse("mileage:handovers")))
    return Side(_("마일리지"), items)


def _is_about_rankings(path: str) -> bool:
    """Whoever looks after rankings comes to their pages from the list of all, not from the honours."""
    honours = reverse("mileage:rankings")
    return path.startswith(honours) and path != honours


MENU = MenuItem(
    "mileage",
    gettext_lazy("마일리지"),
    "mileage:statement",
    permission=lambda user: can(user, "mileage.own"),
    order=15,
    side=side,
)
ACCOUNT = replace(MENU, key="my_mileage", label=gettext_lazy("나의 마일리지"))
