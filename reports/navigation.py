"""The menu entry with its pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.navigation import MenuItem
from core.permissions import can

MENU = MenuItem(
    "reports",
    _("보고·통계"),
    "statistics",
    lambda user: can(user, "benchmarking.statistics"),
    order=80,
    children=(
        MenuItem("dashboard", _("현황판"), "dashboard", lambda user: can(user, "benchmarking.dashboard")),
        MenuItem("statistics", _("통계"), "statistics"),
        MenuItem("proposal_statistics", _("제안 통계"), "proposal_statistics"),
        MenuItem("runs", pgettext_lazy("목록", "보고서"), "reports:runs"),
        MenuItem("calendar", _("보고 일정"), "reports:calendar"),
        MenuItem(
            "recipients",
            _("보고서 받는 사람"),
            "reports:recipients",
            lambda user: can(user, "reports.manage"),
        ),
        MenuItem(
            "outbox",
            _("메일 발송함"),
            "notifications:outbox",
            lambda user: can(user, "notifications.outbox"),
        ),
    ),
)
