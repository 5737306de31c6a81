"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contests.enums import BonusState, ContestState, PracticeState, Saving
from contests.models import Bonus, Contest, Practice
from core.search import WordsFilter, found
from notifications.selectors import waiting_for
from organization.filters import OfDepartment, reviewing_departments, yes_filter


class ContestFilter(filters.FilterSet):
    q = WordsFilter(label=_("검색어"), method="search")
    state = filters.ChoiceFilter(label=_("상태"), choices=ContestState.choices, empty_label=_("전체"))

    class Meta:
        model = Contest
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Contest], name: str, value: str) -> QuerySet[Contest]:
        return found(rows, value, "title", "text", "period")


def _contests(request: Any) -> QuerySet[Contest]:
    return Contest.objects.visible_to(request.user) if request else Contest.objects.none()


class PracticeFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=PracticeState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    contest = filters.ModelChoiceFilter(label=_("경진대회"), queryset=_contests, empty_label=_("전체"))
    department = OfDepartment(reviewing_departments, label=_("부서"))
    waiting = yes_filter(_("내가 처리할 우수사례"), "only_waiting")
    awarded = yes_filter(_("시상한 우수사례"), "only_awarded")

    class Meta:
        model = Practice
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return found(rows, value, "title", "department_name", "before", "done", "outcome", "figures")

    def only_waiting(self, rows: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Practice).values("object_id"))

    def only_awarded(self, rows: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return rows.exclude(grade="")


class BonusFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=BonusState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    year = filters.NumberFilter(label=_("절감 연도"), min_value=1, max_value=9999)
    kind = filters.ChoiceFilter(label=_("절감 구분"), choices=Saving.choices, empty_label=_("전체"))
    department = OfDepartment(reviewing_departments, label=_("부서"))
    waiting = yes_filter(_("내가 처리할 예산성과금"), "only_waiting")

    class Meta:
        model = Bonus
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Bonus], name: str, value: str) -> QuerySet[Bonus]:
        return found(rows, value, "title", "cause", "department_name", "proposal_number", "proposal_title")

    def only_waiting(self, rows: QuerySet[Bonus], name: str, value: str) -> QuerySet[Bonus]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Bonus).values("object_id"))
