"""Conditions of the desk's list to which the figures of the statistics lead (R4)."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from basis.formats import UNRECORDED
from proposals.selectors import statistics

KEPT = (("true", _("지킴")), ("false", _("넘김")), ("known", _("기한이 있던 제안")))


class Recorded(filters.ChoiceFilter):
    """One of the choices, or what a record of earlier years lacks (N1)."""

    def __init__(self, enum: Any, **options: Any) -> None:
        choices = [*enum.choices, (statistics.UNRECORDED, UNRECORDED)]
        super().__init__(choices=choices, empty_label=_("전체"), **options)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value != statistics.UNRECORDED:
            return super().filter(qs, value)
        return qs.filter(**{self.field_name or "": ""})
