"""Filters of the archive."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reports.definitions import DEFINITIONS
from reports.enums import RunState
from reports.models import ReportRun


class RunFilter(filters.FilterSet):
    slug = filters.ChoiceFilter(
        label=_("보고서"), choices=lambda: [(d.slug, d.label) for d in DEFINITIONS], empty_label=_("전체")
    )
    year = filters.NumberFilter(label=_("대상 연도"), method="of_year")
    state = filters.ChoiceFilter(label=_("상태"), choices=RunState.choices, empty_label=_("전체"))

    class Meta:
        model = ReportRun
        fields: list[str] = []

    def of_year(self, queryset: QuerySet[ReportRun], name: str, value: Any) -> QuerySet[ReportRun]:
        return queryset.filter(period__startswith=f"{value:04.0f}")
