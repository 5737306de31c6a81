"""Filters of flaws, questions, registration days."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter
from knowledge.enums import CampaignState, FlawState, QuestionState
from knowledge.models import Campaign, Field, Flaw, Question
from organization.filters import yes_filter


class FlawFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=FlawState.choices, empty_label=_("전체"))
    q = WordsFilter("passage", "remark", "answer", "post__title", label=_("검색어"))
    mine = yes_filter(_("내가 답할 것"), "only_mine")

    class Meta:
        model = Flaw
        fields: tuple[str, ...] = ()

    def only_mine(self, rows: QuerySet[Flaw], name: str, value: str) -> QuerySet[Flaw]:
        return rows.filter(post__owner=self.request.user)


class QuestionFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=QuestionState.choices, empty_label=_("전체"))
    q = WordsFilter("title", "text", label=_("검색어"))
    field = filters.ModelChoiceFilter(label=_("분야"), queryset=Field.objects.all(), empty_label=_("전체"))
    mine = yes_filter(_("내가 물은 것"), "only_mine")

    class Meta:
        model = Question
        fields: tuple[str, ...] = ()

    def only_mine(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(asker=self.request.user)


class CampaignFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=CampaignState.choices, empty_label=_("전체"))
    q = WordsFilter("title", "text", label=_("검색어"))

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()
