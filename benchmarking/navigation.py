"""Menu entry, side navigation with counts, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from benchmarking.filters import CaseFilter
from benchmarking.models import Case
from benchmarking.sockets import SIDE
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Hit, Sought, listed
from notifications.numbers import numbers


def side(request: Request) -> Side:
    user, counts = request.user, numbers(request.user, "benchmarking")
    reviews = reverse("benchmarking:reviews")
    items = [SideItem(pgettext("목록", "사례"), reverse("benchmarking:cases"))]
    if getattr(user, "department_id", None):
        own = f"{reviews}?department={user.department_id}&state=waiting&state=assigned&state=submitted"
        items.append(SideItem(_("내 부서 검토"), own, counts["benchmarking.department"]))
    items += [
        SideItem(_("부서 검토 전체"), reviews),
        SideItem(_("기한 지난 검토"), f"{reviews}?late=1", counts["benchmarking.late"], tone="danger"),
        SideItem(_("업무반영"), reverse("benchmarking:follow_ups")),
    ]
    if can(user, "benchmarking.plan"):
        items.append(SideItem(_("장기검토 재검토"), reverse("benchmarking:rereview")))
    for more in SIDE:
        items += more(user)
    return Side(_("벤치마킹"), items)


def find(user: Any, words: str) -> Sought:
    found = CaseFilter({"q": words}, queryset=Case.objects.visible_to(user)).qs.order_by("-year", "-number")
    return Sought(
        _("벤치마킹 사례"),
        found,
        lambda case: Hit(case.title, f"{case.code} · {case.source_name}", case.get_absolute_url()),
        listed("benchmarking:cases", words),
    )


MENU = MenuItem(
    "benchmarking",
    gettext_lazy("벤치마킹"),
    "benchmarking:cases",
    permission=lambda user: can(user, "benchmarking.view"),
    order=10,
    side=side,
)
