"""Filters of the list of rounds; what they are named stands in addresses people keep."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter, anywhere, words_of
from evaluations.enums import RoundState
from evaluations.kinds import KINDS
from evaluations.models import Round

YES = (("1", _("예")),)


class RoundFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=RoundState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    kind = filters.ChoiceFilter(
        label=_("심사 종류"), choices=lambda: [(one.key, one.label) for one in KINDS], empty_label=_("전체")
    )

    missing = filters.ChoiceFilter(
        label=_("채점이 남음"), choices=YES, method="only_missing", empty_label=_("전체")
    )

    class Meta:
        model = Round
        fields: list[str] = []

    def only_missing(self, queryset: QuerySet[Round], name: str, value: str) -> QuerySet[Round]:
        return queryset.missing_sheets()  # type: ignore[attr-defined]

    def search(self, queryset: QuerySet[Round], name: str, value: str) -> QuerySet[Round]:
        for word in words_of(value):
            queryset = queryset.filter(anywhere(word, "title"))
        return queryset
