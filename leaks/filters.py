"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter
from leaks.enums import State
from leaks.models import Leak, LeakPerson
from leaks.selectors import source_text
from leaks.sockets import SOURCES
from organization.filters import on_days

ALL = _("전체")
TOLD = (("yes", _("보냄")), ("no", _("보내지 않음")))
KNOWN = (("yes", _("앎")), ("no", _("모름")))
STAFF = "staff"


class LeakFilter(filters.FilterSet):
    q = WordsFilter("title", "items", label=_("유출 이름·항목"))
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=State.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    late = filters.ChoiceFilter(
        label=_("지연"), choices=(("1", _("통지나 신고가 늦은 것")),), method="by_late", empty_label=ALL
    )
    start, end = on_days("found_at")

    class Meta:
        model = Leak
        fields: tuple[str, ...] = ()

    def by_late(self, queryset: QuerySet[Leak], name: str, value: str) -> QuerySet[Leak]:
        return queryset.filter(~Q(told_late="") | ~Q(reported_late=""))


def sources() -> list[tuple[str, Any]]:
    return [(STAFF, source_text("")), *((source.key, source.label) for source in SOURCES)]


class PersonFilter(filters.FilterSet):
    source = filters.ChoiceFilter(label=_("구분"), choices=sources, method="by_source", empty_label=ALL)
    reachable = filters.ChoiceFilter(label=_("연락처"), choices=KNOWN, method="by_reachable", empty_label=ALL)
    told = filters.ChoiceFilter(label=_("안내"), choices=TOLD, method="by_told", empty_label=ALL)

    class Meta:
        model = LeakPerson
        fields: tuple[str, ...] = ()

    def by_source(self, queryset: QuerySet[LeakPerson], name: str, value: str) -> QuerySet[LeakPerson]:
        return queryset.filter(source="" if value == STAFF else value)

    def by_reachable(self, queryset: QuerySet[LeakPerson], name: str, value: str) -> QuerySet[LeakPerson]:
        return queryset.filter(reachable=value == "yes")

    def by_told(self, queryset: QuerySet[LeakPerson], name: str, value: str) -> QuerySet[LeakPerson]:
        return queryset.filter(told_at__isnull=value == "no")
