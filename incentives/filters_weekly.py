"""Filters of weeks and their reports; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.now import today
from core.numbers import whole
from core.search import WordsFilter
from incentives.enums import WeeklyState, WeekState
from incentives.models import Division, Part, Week, WeekReport
from notifications.selectors import waiting_for
from organization.filters import ALL, OfDepartment, departments, yes_filter

IN_ORDER = ("-project__year", "project__kind", "project__number", "order")
IN_RANGE = {"min_value": 1, "max_value": 9_999}


class WeekFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=WeekState.choices, empty_label=ALL)
    year = filters.NumberFilter(label=_("연도"), field_name="year", **IN_RANGE)

    class Meta:
        model = Week
        fields: tuple[str, ...] = ()


class OfDivision(filters.ChoiceFilter):
    """One of the divisions of the year asked for, else of this one; whichever is asked for is among them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=(), **{"empty_label": ALL, **options})

    @property
    def field(self) -> Any:
        self.extra["choices"] = lambda: self._named()  # a bound method would be copied with the whole request
        return super().field

    def _named(self) -> list[tuple[int, str]]:
        asked = self.parent.data or {}
        year, chosen = whole(asked.get("year") or "") or today().year, whole(asked.get(self.field_name) or "")
        rows = Division.objects.filter(Q(project__year=year) | Q(pk=chosen or 0)).select_related("project")
        return [(one.pk, f"{one.project.year} {one}") for one in rows.order_by(*IN_ORDER)]


class WeekReportFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=WeeklyState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(
        "division__project__name", "division__name", "problems", "plans", "asked_of_others", label=_("검색어")
    )
    year = filters.NumberFilter(label=_("연도"), field_name="week__year", **IN_RANGE)
    number = filters.NumberFilter(label=_("주"), field_name="week__number", **IN_RANGE)
    department = OfDepartment(departments, label=_("주관·협조 부서"), method="of_department")
    division = OfDivision(label=_("사업(부문)"))
    unchanged = yes_filter(_("변동 없음"), field_name="unchanged")
    waiting = yes_filter(_("내가 처리할 보고"), "only_waiting")

    class Meta:
        model = WeekReport
        fields: tuple[str, ...] = ()

    def of_department(self, rows: QuerySet[WeekReport], name: str, value: Any) -> QuerySet[WeekReport]:
        return rows.filter(Exists(Part.objects.filter(division=OuterRef("division"), department=value)))

    def only_waiting(self, rows: QuerySet[WeekReport], name: str, value: str) -> QuerySet[WeekReport]:
        return rows.filter(pk__in=waiting_for(self.request.user).about(WeekReport).values("object_id"))
