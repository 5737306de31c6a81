"""Filters of the list of rounds; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter
from evaluations.enums import RoundState
from evaluations.kinds import KINDS
from evaluations.models import Judge, Round
from organization.filters import day_filter, yes_filter


class RoundFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=RoundState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter("title", label=_("검색어"))
    kind = filters.ChoiceFilter(
        label=_("심사 종류"), choices=lambda: [(one.key, one.label) for one in KINDS], empty_label=_("전체")
    )
    missing = yes_filter(_("채점이 남음"), "only_missing")

    class Meta:
        model = Round
        fields: list[str] = []

    def only_missing(self, queryset: Any, name: str, value: str) -> QuerySet[Round]:
        return queryset.missing_sheets()


class ToldFilter(RoundFilter):
    """Of what everybody may know."""

    state = missing = None


class FeeFilter(filters.FilterSet):
    q = WordsFilter("user__name", "seat__belongs", "stage__round__title", label=_("검색어"))
    closed_from = day_filter("stage__closes_on", "gte", _("채점 마감일(부터)"))
    closed_to = day_filter("stage__closes_on", "lte", _("채점 마감일(까지)"))

    class Meta:
        model = Judge
        fields: list[str] = []
