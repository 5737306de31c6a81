"""관리: the menu entry, its side navigation, what stands under one's own name, search for departments and people."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.navigation import MenuItem, Side, SideItem
from core.permissions import can
from core.search import Hit, Sought, anywhere, listed
from organization.filters import people
from organization.models import Department, User

PAGES: tuple[tuple[str, Any, str], ...] = (
    ("setup", gettext_lazy("처음 설정"), "organization.manage"),
    ("departments", pgettext_lazy("목록", "부서"), "organization.view_directory"),
    ("staff", gettext_lazy("직원"), "organization.view_directory"),
    ("holidays", pgettext_lazy("목록", "공휴일"), "organization.view_directory"),
    ("policies", gettext_lazy("업무 방침"), "policies.view"),
    ("profiles", gettext_lazy("구청 프로필"), "policies.load"),
    ("absences", gettext_lazy("부재·대직"), "organization.manage_absences"),
    ("jobs", gettext_lazy("작업 현황"), "organization.view_jobs"),
    ("audit_log", gettext_lazy("변경 기록"), "organization.view_logs"),
    ("transition_log", gettext_lazy("처리 기록"), "organization.view_transitions"),
    ("access_log", gettext_lazy("열람 기록"), "organization.view_logs"),
    ("destruction_log", gettext_lazy("기록 파기"), "organization.view_logs"),
    ("access_checks", gettext_lazy("열람 기록 점검"), "organization.check_looks"),
)
LOOKED_AFTER = ("organization.manage_absences", "organization.view_jobs", "organization.view_logs")


def looks_after(user: Any) -> bool:
    return any(can(user, permission) for permission in LOOKED_AFTER)


def side(request: HttpRequest) -> Side:
    user = request.user
    items = [SideItem(label, reverse(name)) for name, label, permission in PAGES if can(user, permission)]
    return Side(_("관리") if looks_after(user) else _("조직·방침 안내"), items)


def _child(name: str, label: Any, permission: str) -> MenuItem:
    return MenuItem(name, label, name, permission=lambda user: can(user, permission))


def find_departments(user: Any, words: str) -> Sought:
    rows = Department.objects.filter(anywhere(words, "name", whole=("code",)), valid_to=None)
    return Sought(
        pgettext("목록", "부서"),
        rows.order_by("order"),
        lambda row: Hit(row.name, str(row.get_kind_display()), row.get_absolute_url()),
        listed("departments", words),
    )


def find_people(user: Any, words: str) -> Sought:
    rows = people(User.objects.visible_to(user).filter(is_active=True), words, "").in_order()
    return Sought(
        _("직원"),
        rows,
        lambda row: Hit(f"{row.label} {row.name}", row.email, listed("staff", row.name)),
        listed("staff", words),
    )


MENU = MenuItem(
    "manage",
    gettext_lazy("관리"),
    "departments",
    permission=looks_after,
    order=90,
    children=[_child(*page) for page in PAGES],
    apart=True,
    side=side,
)
ACCOUNT = (
    MenuItem("me", gettext_lazy("내 정보"), "me", order=10),
    MenuItem(
        "absence",
        gettext_lazy("부재·대직 설정"),
        "me_absence",
        permission=lambda user: can(user, "organization.absence_self"),
        order=20,
    ),
    MenuItem(
        "directory",
        gettext_lazy("조직·방침 안내"),
        "departments",
        permission=lambda user: can(user, "organization.view_directory") and not looks_after(user),
        order=30,
    ),
)
