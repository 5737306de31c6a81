"""Filters of the prize list; what they are named stands in addresses people keep."""

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from awards.enums import AwardState, Receiver
from awards.models import Award, AwardQuerySet
from awards.selectors.lists import values_of
from core.now import today
from core.numbers import year_and_number
from core.search import WordsFilter, anywhere, words_of
from organization.filters import OfDepartment, day_filter, departments, yes_filter


class AwardFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=AwardState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    late = yes_filter(_("지급 기한 지남"), "only_late")
    owed = yes_filter(_("환수할 것"), "only_owed")
    kind = filters.ChoiceFilter(
        label=_("시상 구분"), choices=lambda: [(v, v) for v in values_of("kind")], empty_label=_("전체")
    )
    division = filters.ChoiceFilter(
        label=_("부문"), choices=lambda: [(v, v) for v in values_of("division")], empty_label=_("전체")
    )
    period = filters.ChoiceFilter(
        label=_("대상 기간"), choices=lambda: [(v, v) for v in values_of("period")], empty_label=_("전체")
    )
    receiver = filters.ChoiceFilter(
        label=_("받는 사람 구분"), choices=Receiver.choices, empty_label=_("전체")
    )
    department = OfDepartment(departments, label=_("부서"))
    year = filters.NumberFilter(label=_("연도"), min_value=1, max_value=9999)
    decided_from = day_filter("decided_on", "gte", _("결정일(부터)"))
    decided_to = day_filter("decided_on", "lte", _("결정일(까지)"))
    handed_from = day_filter("handed_on", "gte", _("지급일(부터)"))
    handed_to = day_filter("handed_on", "lte", _("지급일(까지)"))

    class Meta:
        model = Award
        fields: list[str] = []

    def search(self, queryset: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """In the prize, the work, the receiver and the receipt; `2015-0012` finds that number."""
        places = ("title", "grade", "work", "name", "department_name", "receipt", "decision")
        for word in words_of(value):
            held = anywhere(word, *places)
            if code := year_and_number(word):
                held |= Q(year=code[0], number=code[1])
            queryset = queryset.filter(held)
        return queryset

    def only_late(self, queryset: AwardQuerySet, name: str, value: str) -> QuerySet[Award]:
        return queryset.late(today())

    def only_owed(self, queryset: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        return queryset.filter(asked_back__gt=0, returned_on=None)
