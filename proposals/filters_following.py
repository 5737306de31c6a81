"""Filters of that which follows a decision; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.now import today
from core.numbers import year_and_number
from core.search import WordsFilter, found
from organization.filters import OfDepartment, day_filter, reviewing_departments, yes_filter
from proposals.enums import ObjectionKind, ObjectionState, UndertakingState, Verdict
from proposals.models import Objection, Proposal, Undertaking
from proposals.selectors.followed import UNSAID


class OfProposal(filters.FilterSet):
    """Things that hang on a proposal, found by its number or words of its title."""

    q = WordsFilter(label=_("찾을 말"), method="search")

    class Meta:
        model = Undertaking
        fields: tuple[str, ...] = ()

    def search(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if year_and_number(value):
            return qs.filter(proposal__in=Proposal.objects.of_code(value))
        return found(qs, value, "proposal__title")


class UndertakingFilter(OfProposal):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=UndertakingState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    department = OfDepartment(reviewing_departments, label=_("담당 부서"))
    verdict = filters.ChoiceFilter(
        label=_("제안자 답변"), choices=[*Verdict.choices, (UNSAID, _("답변 없음"))], method="by_verdict",
        empty_label=_("전체"),
    )  # fmt: skip
    late = yes_filter(_("예정일 지남"), "only_late")
    missing = yes_filter(_("점검 빠짐"), "only_missing")
    behind = yes_filter(_("밀린 이행"), "only_behind")
    begun_from = day_filter("begun_on", "gte", _("이행 시작일(부터)"))
    begun_to = day_filter("begun_on", "lte", _("이행 시작일(까지)"))

    def by_verdict(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(verdict="" if value == UNSAID else value)

    def only_late(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(state=UndertakingState.PLANNED, is_late=True)

    def only_behind(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A day has gone by: of what is to be done, or of a check."""
        return qs.filter(Q(state=UndertakingState.PLANNED, is_late=True) | Q(lacks_check=True))

    def only_missing(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(lacks_check=True)


class ObjectionFilter(OfProposal):
    kind = filters.ChoiceFilter(label=_("구분"), choices=ObjectionKind.choices, empty_label=_("전체"))
    state = filters.ChoiceFilter(label=_("상태"), choices=ObjectionState.choices, empty_label=_("전체"))
    late = yes_filter(_("기한 지남"), "only_late")

    class Meta:
        model = Objection
        fields: tuple[str, ...] = ()

    def only_late(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(state=ObjectionState.ASKED, clock__due__lt=today())
