"""Filters of the list; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.enums import BudgetKind
from budgets.models import BudgetEntry
from core.forms import DateInput
from core.search import WordsFilter, found


def day_filter(path: str, lookup: str, label: Any) -> filters.DateFilter:
    return filters.DateFilter(field_name=path, lookup_expr=lookup, label=label, widget=DateInput())


class EntryFilter(filters.FilterSet):
    year = filters.NumberFilter(label=_("연도"), field_name="account__year", min_value=1, max_value=9999)
    kind = filters.ChoiceFilter(label=_("구분"), choices=BudgetKind.choices, empty_label=_("전체"))
    q = WordsFilter(label=_("검색어"), method="search")
    day_from = day_filter("day", "gte", _("처리일(부터)"))
    day_to = day_filter("day", "lte", _("처리일(까지)"))

    class Meta:
        model = BudgetEntry
        fields: list[str] = []

    def search(self, queryset: QuerySet[BudgetEntry], name: str, value: str) -> QuerySet[BudgetEntry]:
        """In what the cause is called and whose it is, the document number and the reason."""
        return found(queryset, value, "cause_title", "cause_place", "document", "reason")
