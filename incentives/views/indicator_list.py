"""The list of all indicators that are measured (I3, I3a)."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.fields import CharField
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.cells import Cell, Column
from core.lists import ListView
from core.now import now
from incentives.filters_indicators import IndicatorFilter
from incentives.models import Indicator
from incentives.selectors.indicators import Leaf, leaves_of
from incentives.selectors.projects import first_owner
from incentives.selectors.wording import measured, percent, points, rounded, standing_words
from incentives.views.lists import HOME, SECTION
from organization.views.tables import person_column

NONE: Any = Value(None, output_field=CharField())  # filled by `enrich`


def listed(rows: QuerySet[Indicator]) -> Any:
    """Those that are measured and were not taken out, with the department that answers for each."""
    found = rows.filter(ended_on=None).exclude(shape="")
    return found.annotate(owner=first_owner("division"), leaf=NONE)


def _project(project: str, division: str) -> str:
    return f"{project} ({division})" if division else project


def _points(value: Decimal | None) -> str:
    return "" if value is None else points(value, 6)


def _standing(leaf: Leaf) -> Cell:
    word, sign, tone = standing_words(leaf)
    return Cell(f"{sign} {word}", tone=tone)


class IndicatorList(ListView):
    permission = "incentives.view"
    section = SECTION
    title = gettext_lazy("지표 목록")
    file_name = gettext_lazy("지표_목록")
    unit = gettext_lazy("개")
    filter_class = IndicatorFilter
    default_order = (
        "-division__project__year",
        "division__project__kind",
        "division__project__number",
        "order",
    )
    crumbs = (HOME, (title, None))
    empty_message = gettext_lazy(
        "조건에 맞는 지표가 없습니다. 사업 부문의 ‘지표’에서 적으면 여기에 나타납니다."
    )
    columns = (
        Column("name", gettext_lazy("지표"), ("name",), sort=("name",), primary=True, excel=str, width=36),
        Column("project", gettext_lazy("사업(부문)"), ("division__project__name", "division__name"), _project,
               excel=_project, width=30),
        Column("year", gettext_lazy("연도"), ("division__project__year",), sort=("division__project__year",),
               kind="int", align="right", excel=lambda value: value, width=8, hide_mobile=True),
        Column("owner", gettext_lazy("주관 부서"), ("owner",), sort=("owner",), width=16, hide_mobile=True),
        person_column("person", gettext_lazy("담당자"), "person", hide_mobile=True),
        Column("weight", gettext_lazy("배점"), ("weight",), _points, sort=("weight",), kind="decimal", align="right",
               excel=lambda value: value, width=8),
        Column("target", gettext_lazy("목표"), ("target",), _points, kind="decimal", align="right",
               excel=lambda value: value, width=12, hide_mobile=True),
        Column("value", gettext_lazy("실적"), ("leaf",), measured, align="right",
               excel=lambda leaf: leaf.value and leaf.value.value, kind="decimal", width=12),
        Column("score", gettext_lazy("점수"), ("leaf",), lambda leaf: points(leaf.scored.score) if leaf.scored else "",
               kind="decimal", align="right", excel=lambda leaf: leaf.scored and rounded(leaf.scored.score), width=10),
        Column("expected", gettext_lazy("연말 예상"), ("leaf",),
               lambda leaf: points(leaf.outlook.plain.score) if leaf.outlook else "", kind="decimal", align="right",
               excel=lambda leaf: leaf.outlook and rounded(leaf.outlook.plain.score), width=10, hide_mobile=True),
        Column("pace", gettext_lazy("목표 경로 대비"), ("leaf",),
               lambda leaf: percent(leaf.pace) if leaf.pace is not None else "", align="right",
               excel=lambda leaf: percent(leaf.pace) if leaf.pace is not None else "", width=12, hide_mobile=True),
        Column("standing", gettext_lazy("상태"), ("leaf",), _standing,
               excel=lambda leaf: standing_words(leaf)[0], width=10),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return listed(Indicator.objects.visible_to(user))

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        """What is known of each, with two or three questions for all of them."""
        if "leaf" not in paths:
            return rows
        place = paths.index("leaf")
        known = Indicator.objects.filter(pk__in=[row[0] for row in rows]).select_related("division__project")
        leaves = leaves_of(list(known), now())
        return [(*row[:place], leaves[row[0]], *row[place + 1 :]) for row in rows]

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:indicator", args=[pk])
