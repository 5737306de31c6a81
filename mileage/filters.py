"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from core.search import WordsFilter, found
from mileage import catalogue
from mileage.enums import HandoverState, RankingKind, RankingState, RequestKind, RequestState, Scheme
from mileage.models import Entry, Handover, Ranking, Request
from mileage.models.request import EVENT
from organization.filters import OfDepartment
from organization.models import Department

DEPARTMENT = "served__department"  # of rows that `selectors.served` has given their posting


def departments() -> QuerySet[Department]:
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

    q = WordsFilter(label=_("성명·직원번호"), method="search")
    department = OfDepartment(departments, label=_("부서"), field_name=DEPARTMENT)
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
        return found(queryset, value, "account__user__name", whole=("account__user__employee_number",))

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


STATES = (
    ("standing", _("유효")),
    ("capped", _("상한 적용")),
    ("reversed", _("취소됨")),
    ("reversal", _("취소 기록")),
    ("by_hand", _("직접 등록")),
)


def all_departments() -> QuerySet[Department]:
    """All there ever were, abolished ones last."""
    return Department.objects.order_by("valid_to", "order", "code")


def of_state(queryset: QuerySet[Entry], _name: str, value: str) -> QuerySet[Entry]:
    match value:
        case "standing":
            return queryset.filter(reverses=None, reversal=None)
        case "capped":
            return queryset.filter(reverses=None, asked__gt=F("amount"))
        case "reversed":
            return queryset.filter(reversal__isnull=False)
        case "reversal":
            return queryset.filter(reverses__isnull=False)
        case _:
            return queryset.filter(event__startswith=f"{EVENT}:")


class StatementFilter(filters.FilterSet):
    """`period` is the view's: it stays in the address while other conditions change."""

    rule = filters.ChoiceFilter(label=_("기준"), choices=(), empty_label=_("전체"))
    state = filters.ChoiceFilter(label=_("상태"), choices=STATES, method=of_state, empty_label=_("전체"))
    period = filters.CharFilter(method="kept", widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields: list[str] = []

    def __init__(self, *args: Any, scheme: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["rule"].extra["choices"] = [
            (rule.key, rule.label) for rule in catalogue.rules().values() if scheme in ("", rule.scheme)
        ]

    def kept(self, queryset: QuerySet[Entry], _name: str, _value: str) -> QuerySet[Entry]:
        return queryset


class EntryFilter(filters.FilterSet):
    q = WordsFilter(label=_("이름·직원번호·내용"), method="search")
    scheme = filters.ChoiceFilter(
        label=_("구분"), field_name="account__scheme", choices=Scheme.choices, empty_label=_("전체")
    )
    rule = filters.ChoiceFilter(label=_("기준"), choices=catalogue.choices, empty_label=_("전체"))
    department = OfDepartment(
        all_departments, label=_("당시 부서"), field_name=DEPARTMENT, null_label=_("소속 없음")
    )
    day_from = day_filter("day", "gte", _("일자(부터)"))
    day_to = day_filter("day", "lte", _("일자(까지)"))
    state = filters.ChoiceFilter(label=_("상태"), choices=STATES, method=of_state, empty_label=_("전체"))

    class Meta:
        model = Entry
        fields: list[str] = []

    def search(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        number = ("account__user__employee_number",)
        return found(queryset, value, "account__user__name", "title", whole=number)


class RequestFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=RequestState.choices, empty_label=_("전체"))
    kind = filters.ChoiceFilter(label=_("구분"), choices=RequestKind.choices, empty_label=_("전체"))
    q = WordsFilter("title", label=_("내용"))

    class Meta:
        model = Request
        fields: list[str] = []
