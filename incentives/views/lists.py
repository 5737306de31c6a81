"""The list of projects' divisions (I1)."""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from core.cells import Column, badge_cell, choice, day
from core.components import Action
from core.permissions import can
from incentives.enums import DivisionState, Kind
from incentives.filters import DivisionFilter
from incentives.models import Division
from incentives.models.project import DivisionQuerySet
from incentives.selectors.projects import first_owner
from incentives.selectors.tones import DIVISION_TONES
from incentives.workflow import LIVING
from notifications.lists import NudgingList

SECTION = "incentives"
HOME = (gettext_lazy("공동협력사업"), reverse_lazy("incentives:home"))
LIST = (gettext_lazy("사업 목록"), reverse_lazy("incentives:list"))


def listed(rows: DivisionQuerySet) -> Any:
    """With the department that answers for each."""
    return rows.annotate(owner=first_owner())


def _title(project: str, name: str) -> str:
    return f"{project} ({name})" if name else project


def _won(value: int | None) -> str:
    return number(value) if value else ""


class DivisionList(NudgingList):
    permission = "incentives.view"
    section = SECTION
    title = gettext_lazy("사업 목록")
    file_name = gettext_lazy("공동협력사업")
    filter_class = DivisionFilter
    open_states = LIVING
    urgent_order = ("-project__year", "project__kind", "project__number", "order")
    default_order = ("-project__year", "project__kind", "project__number", "order")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy(
        "조건에 맞는 사업이 없습니다. 기획예산과에서 올해 사업을 등록하거나 지난해 사업을 이어 오면 여기에 나타납니다."
    )
    columns = (
        Column("number", gettext_lazy("연번"), ("project__number",), sort=("project__number", "order"), kind="int",
               align="right", excel=lambda value: value, width=7),
        Column("name", gettext_lazy("사업(부문)"), ("project__name", "name"), _title, sort=("project__name", "order"),
               primary=True, excel=_title, width=40),
        Column("year", gettext_lazy("연도"), ("project__year",), sort=("project__year",), kind="int", align="right",
               excel=lambda value: value, width=8),
        Column("kind", gettext_lazy("평가 구분"), ("project__kind",), choice(Kind), sort=("project__kind",),
               excel=choice(Kind), width=22, hide_mobile=True),
        Column("owner", gettext_lazy("주관 부서"), ("owner",), sort=("owner",), width=18),
        Column("evaluator", gettext_lazy("평가 부서"), ("evaluator",), sort=("evaluator",), width=18, hide_mobile=True),
        Column("budget", gettext_lazy("사업비(원)"), ("budget",), _won, sort=("budget",), kind="int", align="right",
               excel=lambda value: value, width=16, hide_mobile=True),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(DivisionState, DIVISION_TONES), sort=("state",),
               excel=choice(DivisionState)),
        Column("notified", gettext_lazy("평가계획 통보일"), ("notified_on",), day, sort=("notified_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return listed(Division.objects.visible_to(user))

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:division", args=[pk])

    def get_tools(self) -> list[Action]:
        if not can(self.actor, "incentives.plan"):
            return []
        return [
            Action(_("사업 등록"), reverse("incentives:new"), "primary"),
            Action(_("지난해에서 이어 오기"), reverse("incentives:copy")),
        ]
