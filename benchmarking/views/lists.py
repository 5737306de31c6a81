"""Lists: cases, reviews, follow-ups, re-review candidates."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from benchmarking.enums import (
    REPORTS,
    CaseState,
    CostClass,
    Decision,
    Field,
    FollowUpState,
    Origin,
    SourceKind,
)
from benchmarking.filters import CaseFilter, FollowUpFilter, RereviewFilter, ReviewFilter
from benchmarking.models import Case, FollowUp, Review
from benchmarking.models.case import case_code
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.cases import CASE_TONES, DECISION_TONES
from benchmarking.selectors.reviews import rereview_candidates
from core.cells import Column, badge_cell, choice, day, due_cell, known_day, known_value, recorded
from core.components import Action, taking_in
from core.listed import BulkAction
from core.lists import ListView
from core.permissions import can
from notifications.lists import NudgingList
from organization.views.tables import person_column
from reviews.views import lists

HOME = (gettext_lazy("벤치마킹"), reverse_lazy("benchmarking:cases"))


CODE = Column(
    "code",
    gettext_lazy("번호"),
    ("year", "number"),
    case_code,
    sort=("year", "number"),
    excel=case_code,
    width=12,
)


def _known(name: str, label: Any) -> Column:
    """A day that a record of earlier years may know less exactly (N1)."""
    excel = known_value(name)
    return Column(
        name, label, (name, "inexact"), known_day(name), kind="date", excel=excel, width=14, screen=False
    )


SOURCE = Column("source", gettext_lazy("기관"), ("source_name",), sort=("source_name",), width=20)
FIELD = Column(
    "field",
    gettext_lazy("분야"),
    ("field",),
    recorded(Field),
    sort=("field",),
    excel=recorded(Field),
    width=12,
    hide_mobile=True,
)


PLANNED = "id"  # of the case; its departments thought of are fetched for all rows together


class CaseList(ListView):
    permission = "benchmarking.view"
    section = "benchmarking"
    title = gettext_lazy("벤치마킹 사례")
    file_name = gettext_lazy("벤치마킹_사례")
    filter_class = CaseFilter
    open_states = (*REPORTS, CaseState.REGISTERED, CaseState.IN_REVIEW)
    urgent_order = ("next_due", "-registered_on")
    default_order = ("-year", "cost_order", "-number")  # within a year 비예산·저예산 come first (B1)
    crumbs = ((gettext_lazy("벤치마킹"), None),)
    columns = (
        CODE,
        Column("title", gettext_lazy("사례명"), ("title",), sort=("title",), primary=True, width=50),
        SOURCE,
        FIELD,
        Column(
            "cost",
            gettext_lazy("예산"),
            ("cost_class",),
            recorded(CostClass),
            sort=("cost_order",),
            excel=recorded(CostClass),
            width=10,
            hide_mobile=True,
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(CaseState, CASE_TONES),
            sort=("state",),
            excel=choice(CaseState),
            width=12,
        ),
        Column(
            "outcome",
            gettext_lazy("검토 결과"),
            ("outcome",),
            badge_cell(Decision, DECISION_TONES),
            sort=("outcome",),
            excel=choice(Decision),
            width=12,
        ),
        Column(
            "progress",
            gettext_lazy("부서별 진행"),
            ("reviews_done", "reviews_total"),
            lambda done, total: f"{done}/{total}" if total else "",
            align="right",
            file=False,
        ),
        Column(
            "due",
            gettext_lazy("가장 이른 기한"),
            ("next_due",),
            due_cell,
            sort=("next_due",),
            kind="date",
            width=14,
        ),
        Column("done", gettext_lazy("완료 부서"), ("reviews_done",), kind="int", screen=False, width=10),
        Column("total", gettext_lazy("검토 부서"), ("reviews_total",), kind="int", screen=False, width=10),
        Column(
            "source_kind",
            gettext_lazy("기관 구분"),
            ("source_kind",),
            excel=recorded(SourceKind),
            screen=False,
        ),
        Column(
            "estimated_cost", gettext_lazy("예상 비용(원)"), ("estimated_cost",), kind="int", screen=False
        ),
        _known("found_on", gettext_lazy("발굴일")),
        _known("registered_on", gettext_lazy("등록일")),
        _known("decided_on", gettext_lazy("결정일")),
        _known("implemented_on", gettext_lazy("반영일")),
        person_column("finder", gettext_lazy("발굴자"), "found_by", screen=False, width=30),
        Column("finder_name", gettext_lazy("발굴자(지난 자료)"), ("finder_name",), screen=False, width=20),
        Column("planned", gettext_lazy("검토 예정 부서"), (PLANNED,), screen=False, width=30),
        Column(
            "origin", gettext_lazy("자료 구분"), ("origin",), excel=choice(Origin), screen=False, width=14
        ),
    )
    bulk_url_name = "benchmarking:bulk"
    empty_message = gettext_lazy("조건에 맞는 사례가 없습니다. 조건을 줄이거나 새 사례를 등록해 주세요.")

    def get_queryset(self, user: Any) -> QuerySet[Case]:
        return Case.objects.visible_to(user)

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        """`PLANNED` becomes the names of the departments thought of."""
        if PLANNED not in paths:
            return rows
        place, names = paths.index(PLANNED), selectors.planned_names([row[0] for row in rows])
        return [(*row[:place], names.get(row[0], ""), *row[place + 1 :]) for row in rows]

    def row_url(self, pk: Any) -> str:
        return f"/benchmarking/{pk}/"

    def get_bulk_actions(self) -> list[BulkAction]:
        if can(self.request.user, "benchmarking.dispatch"):
            return [BulkAction("dispatch", _("부서에 보내기"), "secondary")]
        return []

    def get_empty_action(self) -> tuple[Any, str]:
        return _("사례 등록"), reverse("benchmarking:case_new")

    def get_context(self) -> dict[str, Any]:
        actions = []
        if can(self.request.user, "benchmarking.plan"):
            actions += [
                *taking_in("benchmarking-cases"),
                *taking_in("benchmarking-past", past=True),
            ]
        return {
            "primary": Action(_("사례 등록"), reverse("benchmarking:case_new"), hotkey="n"),
            "actions": actions,
        }


class ReviewList(lists.ReviewList):
    permission = "benchmarking.view"
    section = "benchmarking"
    file_name = gettext_lazy("부서_검토")
    filter_class = ReviewFilter
    crumbs = (HOME, (pgettext_lazy("목록", "부서 검토"), None))
    columns = (
        lists.DUE,
        Column(
            "title", gettext_lazy("사례명"), ("case__title",), sort=("case__title",), primary=True, width=50
        ),
        Column("source", gettext_lazy("기관"), ("case__source_name",), hide_mobile=True, width=20),
        lists.DEPARTMENT,
        lists.REVIEWER,
        lists.STATE,
        Column(
            "decision",
            gettext_lazy("검토 결과"),
            ("decision",),
            badge_cell(Decision, DECISION_TONES),
            sort=("decision",),
            excel=choice(Decision),
            width=12,
        ),
        lists.NOTIFIED,
        Column(
            "original",
            gettext_lazy("당초 기한"),
            ("clock__original_due",),
            kind="date",
            screen=False,
            width=14,
        ),
        _known("completed_on", gettext_lazy("완료일")),
        lists.IN_TIME,
        Column("reason", gettext_lazy("검토 의견"), ("reason",), screen=False, width=60),
        Column("plan", gettext_lazy("추진 내용"), ("plan_what",), screen=False, width=40),
        Column("plan_on", gettext_lazy("시행 예정일"), ("plan_on",), kind="date", screen=False, width=14),
        Column("budget", gettext_lazy("소요 예산(원)"), ("plan_budget",), kind="int", screen=False, width=16),
    )

    def get_queryset(self, user: Any) -> QuerySet[Review]:
        return Review.objects.live().visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/benchmarking/reviews/{pk}/"


class FollowUpList(NudgingList):
    permission = "benchmarking.view"
    section = "benchmarking"
    title = gettext_lazy("업무반영")
    file_name = gettext_lazy("업무반영")
    filter_class = FollowUpFilter
    open_states = (FollowUpState.PLANNED, FollowUpState.REPORTED)
    urgent_order = default_order = ("planned_on",)
    crumbs = (HOME, (gettext_lazy("업무반영"), None))
    empty_message = gettext_lazy("조건에 맞는 도입 사례가 없습니다.")
    columns = (
        Column(
            "title",
            gettext_lazy("사례명"),
            ("review__case__title",),
            sort=("review__case__title",),
            primary=True,
            width=50,
        ),
        Column(
            "department",
            gettext_lazy("추진 부서"),
            ("review__department_name",),
            sort=("review__department_name",),
            width=18,
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(FollowUpState, {"planned": "info", "reported": "warning", "confirmed": "success"}),
            sort=("state",),
            excel=choice(FollowUpState),
            width=14,
        ),
        Column(
            "planned",
            gettext_lazy("시행 예정일"),
            ("planned_on", "state"),
            lambda planned, state: due_cell(planned) if state == FollowUpState.PLANNED else day(planned),
            sort=("planned_on",),
            kind="date",
            width=14,
        ),
        Column(
            "first",
            gettext_lazy("당초 예정일"),
            ("first_planned_on",),
            day,
            kind="date",
            width=14,
            hide_mobile=True,
        ),
        Column(
            "implemented",
            gettext_lazy("업무반영일"),
            ("implemented_on", "inexact"),
            known_day("implemented_on"),
            sort=("implemented_on",),
            kind="date",
            excel=known_value("implemented_on"),
            width=14,
        ),
        Column("result", gettext_lazy("반영 내용"), ("result",), screen=False, width=60),
    )

    def get_queryset(self, user: Any) -> QuerySet[FollowUp]:
        return FollowUp.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/benchmarking/follow-ups/{pk}/"


class RereviewList(ListView):
    """장기검토 cases: chosen together and sent out as a new round (B6)."""

    permission = "benchmarking.plan"
    section = "benchmarking"
    title = gettext_lazy("장기검토 재검토")
    file_name = gettext_lazy("장기검토_사례")
    filter_class = RereviewFilter
    default_order = ("decided_on",)
    crumbs = (HOME, (gettext_lazy("장기검토 재검토"), None))
    empty_message = gettext_lazy("다시 검토할 장기검토 사례가 없습니다.")
    bulk_url_name = "benchmarking:bulk"
    bulk_actions = (BulkAction("dispatch", gettext_lazy("다시 보내기"), "secondary"),)
    columns = (
        CODE,
        Column("title", gettext_lazy("사례명"), ("title",), sort=("title",), primary=True, width=50),
        SOURCE,
        FIELD,
        Column(
            "decided",
            gettext_lazy("결정일"),
            ("decided_on", "inexact"),
            known_day("decided_on"),
            sort=("decided_on",),
            kind="date",
            excel=known_value("decided_on"),
            width=14,
        ),
        Column("round", gettext_lazy("검토 회차"), ("round_number",), align="right", kind="int", width=10),
    )

    def get_queryset(self, user: Any) -> QuerySet[Case]:
        return rereview_candidates(user)

    def row_url(self, pk: Any) -> str:
        return f"/benchmarking/{pk}/"
