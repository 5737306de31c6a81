"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter, anywhere, words_of
from meetings.enums import Chair, DecisionState, PanelState, SeatState, SessionState, Sort
from meetings.models import Attendance, Decision, Panel, Seat, Session
from organization.filters import ALL, day_filter, people


def panels() -> Any:
    """By name: as objects they took longer to fetch than the page's own rows."""
    return Panel.objects.committees().order_by("name").values_list("pk", "name")


def all_panels() -> Any:
    return Panel.objects.order_by("name").values_list("pk", "name")


def panels_of(kind: str) -> Any:
    return lambda: Panel.objects.filter(kind=kind).order_by("-begun_on", "name").values_list("pk", "name")


class PanelFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("상태"), choices=PanelState.choices, empty_label=ALL)
    q = WordsFilter("name", "purpose", label=_("검색어"))

    class Meta:
        model = Panel
        fields: tuple[str, ...] = ()


class SeatFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=SeatState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("이름·부서·소속"), method="search")
    panel = filters.ChoiceFilter(label=_("위원회"), choices=panels, empty_label=ALL)
    chair = filters.ChoiceFilter(label=_("직책"), choices=Chair.choices, empty_label=ALL)
    ends_from = day_filter("ends_on", "gte", _("임기 종료일(부터)"))
    ends_to = day_filter("ends_on", "lte", _("임기 종료일(까지)"))

    class Meta:
        model = Seat
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Seat], name: str, value: str) -> QuerySet[Seat]:
        return people(queryset, value, "user__") | queryset.filter(belongs__holds=value)


class DecisionFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=DecisionState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter("text", "outcome", "session__title", "session__panel__name", label=_("검색어"))
    panel = filters.ChoiceFilter(
        label=_("위원회·모임"), choices=all_panels, field_name="session__panel", empty_label=ALL
    )
    until_from = day_filter("until", "gte", _("기한(부터)"))
    until_to = day_filter("until", "lte", _("기한(까지)"))

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()


class FeeFilter(filters.FilterSet):
    q = WordsFilter("label", "session__title", "session__panel__name", label=_("검색어"))
    panel = filters.ChoiceFilter(
        label=_("위원회"), choices=panels, field_name="session__panel", empty_label=ALL
    )
    held_from = day_filter("session__held_on", "gte", _("회의일(부터)"))
    held_to = day_filter("session__held_on", "lte", _("회의일(까지)"))

    class Meta:
        model = Attendance
        fields: tuple[str, ...] = ()


class SessionFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=SessionState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    panel = filters.ChoiceFilter(label=_("위원회"), choices=panels, empty_label=ALL)
    held_from = day_filter("held_on", "gte", _("회의일(부터)"))
    held_to = day_filter("held_on", "lte", _("회의일(까지)"))

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """In the name, the panel, the place and what was on the agenda."""
        for word in words_of(value):
            found = anywhere(word, "title", "panel__name", "place")
            agenda = Session.objects.filter(items__title__holds=word).values("pk")
            queryset = queryset.filter(found | Q(pk__in=agenda))
        return queryset


def group_filter(kind: str, label: Any) -> type[SessionFilter]:
    """Of the sessions of a kind of groups; `label`: what one of these is called."""

    class GroupFilter(SessionFilter):
        panel = filters.ChoiceFilter(label=label, choices=panels_of(kind), empty_label=ALL)
        meeting = filters.MultipleChoiceFilter(
            field_name="sort",
            label=_("구분"),
            choices=Sort.choices,
            widget=forms.CheckboxSelectMultiple,
            distinct=False,
        )

        class Meta(SessionFilter.Meta):
            pass

    return GroupFilter
