"""Field visits: the list of all."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from benchmarking.models.case import case_code
from benchmarking.views.lists import HOME
from core.cells import Cell, Column, badge_cell, choice, due_cell, known_day, known_value
from core.components import Action, taking_in
from core.listed import BulkAction
from core.permissions import can
from notifications.lists import NudgingList
from visits.enums import OPEN_STATES, VisitState
from visits.filters import VisitFilter
from visits.models import FieldVisit
from visits.selectors.page import VISIT_TONES

LIST = (pgettext_lazy("목록", "현장체험"), reverse_lazy("visits:list"))


def code(year: int | None, number: int | None) -> str:
    return case_code(year, number) if year and number is not None else ""


def report_due(state: str, due: Any, closed_on: Any) -> Cell | str:
    """Only while the report is waited for; how it was kept stands on the visit's page."""
    return due_cell(due, False, closed_on) if state == VisitState.TRAVELLED and due else ""


class VisitList(NudgingList):
    permission = "visits.view"
    section = "benchmarking"
    title = pgettext_lazy("목록", "현장체험")
    file_name = pgettext_lazy("목록", "현장체험")
    filter_class = VisitFilter
    open_states = OPEN_STATES
    urgent_order = ("visited_on",)
    default_order = ("-visited_on",)
    crumbs = (HOME, (pgettext_lazy("목록", "현장체험"), None))
    empty_message = gettext_lazy(
        "조건에 맞는 현장체험이 없습니다. 검토하고 있는 사례의 ‘현장체험 신청’으로 시작합니다."
    )
    columns = (
        Column(
            "visited",
            gettext_lazy("방문일"),
            ("visited_on", "inexact"),
            known_day("visited_on"),
            sort=("visited_on",),
            kind="date",
            excel=known_value("visited_on"),
            width=14,
        ),
        Column("host", gettext_lazy("방문 기관"), ("host",), sort=("host",), primary=True, width=24),
        Column("purpose", gettext_lazy("방문 목적"), ("purpose",), width=50, hide_mobile=True),
        Column(
            "department", gettext_lazy("방문 부서"), ("department_name",), sort=("department_name",), width=18
        ),
        Column(
            "headcount",
            gettext_lazy("인원(명)"),
            ("headcount",),
            align="right",
            sort=("headcount",),
            kind="int",
            width=10,
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(VisitState, VISIT_TONES),
            sort=("state",),
            excel=choice(VisitState),
            width=14,
        ),
        Column(
            "due",
            gettext_lazy("결과보고 기한"),
            ("state", "clock__due", "clock__closed_on"),
            report_due,
            sort=("clock__due",),
            excel=lambda state, due, closed: due,
            kind="date",
            width=14,
        ),
        Column("order", gettext_lazy("출장명령"), ("order_number",), sort=("order_number",), width=16),
        Column(
            "case",
            gettext_lazy("사례"),
            ("case__year", "case__number"),
            code,
            width=12,
            excel=code,
            hide_mobile=True,
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[FieldVisit]:
        return FieldVisit.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/visits/{pk}/"

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """Who records orders does that with the chosen rows."""
        if can(self.request.user, "visits.order"):
            return [BulkAction("order", _("출장명령 기록"))]
        return super().get_bulk_actions()

    def get_bulk_url(self) -> str:
        return reverse("visits:orders") if can(self.request.user, "visits.order") else super().get_bulk_url()

    def get_context(self) -> dict[str, Any]:
        user = self.request.user
        if can(user, "visits.order"):
            return {"primary": Action(_("출장명령 기록"), reverse("visits:orders"))}
        if can(user, "visits.record"):
            return {
                "actions": [
                    Action(_("지난 현장체험 기록"), reverse("visits:new")),
                    *taking_in("visits-past", past=True),
                ]
            }
        return {}
