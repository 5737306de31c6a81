"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from mileage.enums import HandoverState, RankingKind, RankingState
from mileage.models import Entry, Handover, Ranking
from organization.models import Department


def departments(_request: Any = None) -> QuerySet[Department]:
    return Department.objects.reviewing().order_by("valid_to", "order", "code")


def day_filter(path: str, lookup: str, label: Any) -> filters.DateFilter:
    return filters.DateFilter(field_name=path, lookup_expr=lookup, label=label, widget=DateInput())


class RankingFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("구분"), choices=RankingKind.choices, empty_label=_("전체"))
    state = filters.ChoiceFilter(label=_("상태"), choices=RankingState.choices, empty_label=_("전체"))
    year = filters.NumberFilter(
        label=_("연도"), field_name="ends_on", lookup_expr="year", min_value=1, max_value=9999
    )

    class Meta:
        model = Ranking
        fields: list[str] = []


class LearningFilter(filters.FilterSet):
    """`with_handover` has given the rows `waiting` and `handed`."""

    q = filters.CharFilter(label=_("성명·직원번호"), method="search")
    department = filters.ModelChoiceFilter(label=_("부서"), queryset=departments, empty_label=_("전체"))
    day_from = day_filter("day", "gte", _("일자(부터)"))
    day_to = day_filter("day", "lte", _("일자(까지)"))
    handed = filters.ChoiceFilter(
        label=_("인계"),
        choices=(("no", _("인계 전")), ("yes", _("인계함")), ("none", _("취소되어 인계하지 않음"))),
        method="by_handed",
        empty_label=_("전체"),
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def search(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        for word in value.split():
            queryset = queryset.filter(
                Q(account__user__name__icontains=word) | Q(account__user__employee_number__iexact=word)
            )
        return queryset

    def by_handed(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        wanted = {
            "yes": Q(handed__isnull=False),
            "no": Q(waiting=True),
            "none": Q(handed=None, waiting=False),
        }
        return queryset.filter(wanted[value])


class HandoverFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=HandoverState.choices, empty_label=_("전체"))
    handed_from = day_filter("handed_on", "gte", _("인계일(부터)"))
    handed_to = day_filter("handed_on", "lte", _("인계일(까지)"))

    class Meta:
        model = Handover
        fields: list[str] = []
