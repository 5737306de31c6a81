"""Filters of the list; what they are named stands in addresses people keep."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from core.search import WordsFilter
from letters.enums import State, Way
from letters.models import Letter
from letters.sockets import KINDS


def kinds() -> Sequence[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in KINDS]


class LetterFilter(filters.FilterSet):
    q = WordsFilter("about", "title", label=_("번호나 제목"))
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=State.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    way = filters.ChoiceFilter(label=_("보내는 방법"), choices=Way.choices, empty_label=_("전체"))
    kind = filters.ChoiceFilter(label=_("안내 종류"), choices=kinds, empty_label=_("전체"))
    written_from = filters.DateFilter(
        field_name="created_at", lookup_expr="date__gte", label=_("작성일(부터)"), widget=DateInput()
    )
    written_to = filters.DateFilter(
        field_name="created_at", lookup_expr="date__lte", label=_("작성일(까지)"), widget=DateInput()
    )

    class Meta:
        model = Letter
        fields: tuple[str, ...] = ()
