"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from basis.formats import UNRECORDED
from benchmarking.enums import (
    NO_CASES,
    UNDECIDED,
    UNKNOWN,
    CaseState,
    Channel,
    CostClass,
    Decision,
    Field,
    FollowUpState,
    Origin,
    SourceKind,
)
from benchmarking.models import Case, FollowUp, Review
from core.now import today
from core.numbers import year_and_number
from core.search import WordsFilter, found
from organization.filters import OfDepartment, day_filter, reviewing_departments, yes_filter
from reviews.enums import ReviewState


class Recorded(filters.ChoiceFilter):
    """One of the choices, or what a record of earlier years lacks (N1)."""

    def __init__(self, enum: Any, **kwargs: Any) -> None:
        choices = [*enum.choices, (UNKNOWN, UNRECORDED)]
        super().__init__(choices=choices, empty_label=_("전체"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value != UNKNOWN:
            return super().filter(qs, value)
        return qs.filter(**{self.field_name or "": ""})


class CaseFilter(filters.FilterSet):
    q = WordsFilter(label=_("검색어"), method="search")
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=CaseState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    outcome = filters.MultipleChoiceFilter(
        label=_("검토 결과"),
        choices=[*Decision.choices, (UNDECIDED, _("결정 전"))],
        widget=forms.CheckboxSelectMultiple,
        method="by_outcome",
        distinct=False,
    )
    field = Recorded(Field, label=_("분야"))
    source_kind = Recorded(SourceKind, label=_("기관 구분"))
    channel = Recorded(Channel, label=_("발굴 경로"))
    cost_class = Recorded(CostClass, label=_("예산 구분"))
    origin = filters.ChoiceFilter(
        label=_("자료 구분"), choices=[(Origin.RECORD.value, Origin.RECORD.label)], empty_label=_("전체")
    )
    year = filters.NumberFilter(label=_("연도"), field_name="year", min_value=1, max_value=9999)
    department = OfDepartment(reviewing_departments, label=_("검토 부서"), method="by_department")
    registered_from = day_filter("registered_on", "gte", _("등록일(부터)"))
    registered_to = day_filter("registered_on", "lte", _("등록일(까지)"))
    late = yes_filter(_("기한 지남"), "only_late")

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Words in title or institution; `2026-0012` finds that case."""
        if code := year_and_number(value.strip()):
            return queryset.filter(year=code[0], number=code[1])
        return found(queryset, value, "title", "source_name")

    def by_outcome(self, queryset: QuerySet[Case], name: str, values: list[str]) -> QuerySet[Case]:
        wanted = Q(outcome__in=[value for value in values if value != UNDECIDED])
        if UNDECIDED in values:
            wanted |= Q(outcome="") & ~Q(state__in=NO_CASES)
        return queryset.filter(wanted)

    def by_department(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        asked = Review.objects.live().filter(case=OuterRef("pk"), department=int(value))
        return queryset.filter(Exists(asked))

    def only_late(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        late = Review.objects.open().filter(case=OuterRef("pk"), clock__due__lt=today(), clock__paused=False)
        return queryset.filter(Exists(late), next_due__lt=today())


class ReviewFilter(filters.FilterSet):
    q = WordsFilter(label=_("검색어"), method="search")
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=ReviewState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    department = OfDepartment(reviewing_departments, label=_("검토 부서"))
    decision = filters.MultipleChoiceFilter(
        label=_("검토 결과"), choices=Decision.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    late = yes_filter(_("기한 지남"), "only_late")
    in_time = filters.ChoiceFilter(
        label=_("기한 내 완료"),
        choices=(("true", _("예")), ("false", _("아니오"))),
        method="by_in_time",
        empty_label=_("전체"),
    )
    due_from = day_filter("clock__due", "gte", _("기한(부터)"))
    due_to = day_filter("clock__due", "lte", _("기한(까지)"))
    notified_from = day_filter("notified_on", "gte", _("통보일(부터)"))
    notified_to = day_filter("notified_on", "lte", _("통보일(까지)"))

    class Meta:
        model = Review
        fields: list[str] = []

    def search(self, queryset: QuerySet[Review], name: str, value: str) -> QuerySet[Review]:
        return found(queryset, value, "case__title", "case__source_name")

    def by_in_time(self, queryset: QuerySet[Review], name: str, value: str) -> QuerySet[Review]:
        return queryset.filter(in_time=value == "true")

    def only_late(self, queryset: Any, name: str, value: str) -> QuerySet[Review]:
        return queryset.open().filter(clock__due__lt=today(), clock__paused=False)


class FollowUpFilter(filters.FilterSet):
    q = WordsFilter("review__case__title", label=_("검색어"))
    state = filters.ChoiceFilter(label=_("상태"), choices=FollowUpState.choices, empty_label=_("전체"))
    department = OfDepartment(reviewing_departments, label=_("추진 부서"), field_name="review__department")
    late = yes_filter(_("예정일 지남"), "only_late")

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def only_late(self, queryset: QuerySet[FollowUp], name: str, value: str) -> QuerySet[FollowUp]:
        return queryset.filter(state=FollowUpState.PLANNED, planned_on__lt=today())


class RereviewFilter(filters.FilterSet):
    q = WordsFilter("title", label=_("검색어"))
    field = filters.ChoiceFilter(label=_("분야"), choices=Field.choices, empty_label=_("전체"))
    decided_to = day_filter("decided_on", "lte", _("결정일(까지)"))

    class Meta:
        model = Case
        fields: list[str] = []
