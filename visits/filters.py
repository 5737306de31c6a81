"""Filters of the list; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.now import today
from core.numbers import year_and_number
from core.search import WordsFilter, anywhere, words_of
from notifications.selectors import waiting_for
from organization.filters import OfDepartment, day_filter, reviewing_departments, yes_filter
from visits.enums import VisitState
from visits.models import FieldVisit, VisitMember


class VisitFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=VisitState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    waiting = yes_filter(_("내가 처리할 현장체험"), "only_waiting")
    made = yes_filter(_("다녀온 현장체험"), "only_made")
    mine = yes_filter(_("내가 가는 현장체험"), "only_mine")
    late = yes_filter(_("결과보고 기한 지남"), "only_late")
    year = filters.NumberFilter(
        label=_("연도"), field_name="visited_on", lookup_expr="year", min_value=1, max_value=9999
    )
    department = OfDepartment(reviewing_departments, label=_("방문 부서"))
    visited_from = day_filter("visited_on", "gte", _("방문일(부터)"))
    visited_to = day_filter("visited_on", "lte", _("방문일(까지)"))

    class Meta:
        model = FieldVisit
        fields: list[str] = []

    def search(self, queryset: QuerySet[FieldVisit], name: str, value: str) -> QuerySet[FieldVisit]:
        """In the institution, the purpose, the department, the order's number and the case; `2026-0012` finds the
        visits of that case."""
        places = ("host", "purpose", "department_name", "order_number", "case__title")
        for word in words_of(value):
            found = anywhere(word, *places)
            if code := year_and_number(word):
                found |= Q(case__year=code[0], case__number=code[1])
            queryset = queryset.filter(found)
        return queryset

    def only_waiting(self, queryset: QuerySet[FieldVisit], name: str, value: str) -> QuerySet[FieldVisit]:
        """Those that the number in the side navigation counts."""
        return queryset.filter(pk__in=waiting_for(self.request.user).about(FieldVisit).values("object_id"))

    def only_made(self, queryset: Any, name: str, value: str) -> QuerySet[FieldVisit]:
        return queryset.made()

    def only_mine(self, queryset: QuerySet[FieldVisit], name: str, value: str) -> QuerySet[FieldVisit]:
        team = VisitMember.objects.filter(user=self.request.user).values("visit")
        return queryset.filter(pk__in=team)

    def only_late(self, queryset: QuerySet[FieldVisit], name: str, value: str) -> QuerySet[FieldVisit]:
        return queryset.filter(state=VisitState.TRAVELLED, clock__due__lt=today())
