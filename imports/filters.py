"""Filters of the lists of imports."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from basis.excel.importer import IMPORTERS
from core.search import WordsFilter
from imports.models import Word
from imports.selectors import importable

ALL = _("전체")
PLACES = (("head", _("열 이름")), ("value", _("값")))


class WordFilter(filters.FilterSet):
    q = WordsFilter("shown", "written", label=_("적힌 말"))
    kind = filters.ChoiceFilter(label=_("자료"), empty_label=ALL)
    place = filters.ChoiceFilter(label=_("열·값"), choices=PLACES, method="by_place", empty_label=ALL)

    class Meta:
        model = Word
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [page.kind for page in importable(self.request.user)]
        self.filters["kind"].extra["choices"] = [(kind, IMPORTERS[kind].label) for kind in kinds]

    def by_place(self, queryset: QuerySet[Word], name: str, value: str) -> QuerySet[Word]:
        return queryset.filter(column="") if value == "head" else queryset.exclude(column="")
