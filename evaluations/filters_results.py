"""Conditions of the lists of results, objections and corrections."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter, found
from evaluations.enums import CorrectionState, ObjectionState
from evaluations.models import Correction, Objection, Result, Round

WITH, WITHOUT, ANOTHER = "with", "without", "another"


class ResultFilter(filters.FilterSet):
    q = WordsFilter(label=_("제목이나 번호"), method="search")
    division = filters.ChoiceFilter(label=_("부문"), field_name="entry__division", empty_label=_("전체"))
    graded = filters.ChoiceFilter(
        label=_("등급"),
        choices=[(WITH, _("등급 있음")), (WITHOUT, _("등급 없음")), (ANOTHER, _("점수 순서와 다름"))],
        method="by_grade",
        empty_label=_("전체"),
    )
    grade = filters.ChoiceFilter(label=_("등급 이름"), empty_label=_("전체"))

    class Meta:
        model = Result
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        """`round` came with its divisions and their grades."""
        super().__init__(*args, **kwargs)
        divisions = list(round.divisions.all())
        self.filters["division"].extra["choices"] = [(one.pk, one.title) for one in divisions]
        self.filters["grade"].extra["choices"] = [
            (grade.pk, f"{one.title} {grade.name}" if len(divisions) > 1 else grade.name)
            for one in divisions
            for grade in one.grades.all()
        ]

    def search(self, qs: QuerySet[Result], name: str, value: str) -> QuerySet[Result]:
        if value.isdecimal() and len(value) < 7:
            return qs.filter(entry__number=int(value))
        return found(qs, value, "entry__title")

    def by_grade(self, qs: QuerySet[Result], name: str, value: str) -> QuerySet[Result]:
        if value == ANOTHER:
            return qs.exclude(reason="")
        return qs.filter(grade__isnull=value == WITHOUT)


class ObjectionFilter(filters.FilterSet):
    q = WordsFilter(label=_("심사나 제목"), method="search")
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=ObjectionState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Objection
        fields: tuple[str, ...] = ()

    def search(self, qs: QuerySet[Objection], name: str, value: str) -> QuerySet[Objection]:
        return found(qs, value, "round__title", "entry__title")


class CorrectionFilter(filters.FilterSet):
    q = WordsFilter(label=_("심사나 제목"), method="search")
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=CorrectionState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Correction
        fields: tuple[str, ...] = ()

    def search(self, qs: QuerySet[Correction], name: str, value: str) -> QuerySet[Correction]:
        return found(qs, value, "result__entry__round__title", "result__entry__title")
