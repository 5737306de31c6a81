"""Menu entry, side navigation with counts, search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.enums import VisitState
from benchmarking.filters import CaseFilter, VisitFilter
from benchmarking.models import Case, FieldVisit
from benchmarking.selectors.side import side_counts
from core.formats import date_weekday
from core.navigation import MenuItem, Side, SideItem
from core.page import Request
from core.permissions import can
from core.search import Group, Hit, listed
from notifications.selectors import waiting_for


def side(request: Request) -> Side:
    counts, user = side_counts(request.user), request.user
    reviews = reverse("benchmarking:reviews")
    items = [SideItem(_("사례"), reverse("benchmarking:cases"))]
    if getattr(user, "department_id", None):
        own = f"{reviews}?department={user.department_id}&state=waiting&state=assigned&state=submitted"
        items.append(SideItem(_("내 부서 검토"), own, counts["department"]))
    items += [
        SideItem(_("부서 검토 전체"), reviews),
        SideItem(_("기한 지난 검토"), f"{reviews}?late=1", counts["late"], tone="danger"),
        SideItem(_("업무반영"), reverse("benchmarking:follow_ups")),
    ]
    if can(user, "benchmarking.plan"):
        items.append(SideItem(_("장기검토 재검토"), reverse("benchmarking:rereview")))
    visits = reverse("benchmarking:visits")
    items.append(SideItem(_("현장체험"), visits))
    if waiting := waiting_for(user).of(FieldVisit).values("object_id").distinct().count():
        items.append(SideItem(_("내가 처리할 현장체험"), f"{visits}?waiting=1", waiting))
    if can(user, "benchmarking.budget_view"):
        items.append(SideItem(_("여비 예산"), reverse("benchmarking:budgets")))
    return Side(_("벤치마킹"), items)


def find(user: Any, words: str, limit: int) -> Group:
    found = CaseFilter({"q": words}, queryset=Case.objects.visible_to(user)).qs.order_by("-year", "-number")
    hits = [
        Hit(case.title, f"{case.code} · {case.source_name}", case.get_absolute_url())
        for case in found[:limit]
    ]
    return Group(_("벤치마킹 사례"), hits, found.count(), listed("benchmarking:cases", words))


def find_visits(user: Any, words: str, limit: int) -> Group:
    known = FieldVisit.objects.visible_to(user)
    found = VisitFilter({"q": words}, queryset=known).qs.order_by("-visited_on", "-pk")
    hits = [
        Hit(
            f"{visit.host} · {visit.purpose}",
            f"{date_weekday(visit.visited_on)} · {visit.department_name} · {VisitState(visit.state).label}",
            visit.get_absolute_url(),
        )
        for visit in found[:limit]
    ]
    return Group(_("현장체험"), hits, found.count(), listed("benchmarking:visits", words))


MENU = MenuItem(
    "benchmarking",
    gettext_lazy("벤치마킹"),
    "benchmarking:cases",
    permission=lambda user: can(user, "benchmarking.view"),
    order=10,
    side=side,
)
