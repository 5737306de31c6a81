"""Conditions of the desk's list to which the figures of the statistics lead (R4)."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from basis.formats import UNRECORDED
from organization.filters import OfDepartment
from organization.models import Department
from proposals.enums import Channel, Field, State
from proposals.selectors import statistics

KEPT = (("true", _("지킴")), ("false", _("넘김")), ("known", _("기한이 있던 제안")))


def departments() -> QuerySet[Department]:
    """Departments that may be in charge, abolished ones last."""
    return Department.objects.reviewing().order_by("valid_to", "order", "code")


class Recorded(filters.ChoiceFilter):
    """One of the choices, or what a record of earlier years lacks (N1)."""

    def __init__(self, enum: Any, **options: Any) -> None:
        choices = [*enum.choices, (statistics.UNRECORDED, UNRECORDED)]
        super().__init__(choices=choices, empty_label=_("전체"), **options)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value != statistics.UNRECORDED:
            return super().filter(qs, value)
        return qs.filter(**{self.field_name or "": ""})


class FigureFilter(filters.FilterSet):
    field = Recorded(Field, label=_("분야"))
    channel = Recorded(Channel, label=_("접수 경로"))
    charge = OfDepartment(departments, label=_("담당 부서"), field_name="decision__department")
    in_time = filters.ChoiceFilter(
        label=_("결정 기한"), choices=KEPT, method="by_days", empty_label=_("전체")
    )
    counted = filters.ChoiceFilter(
        label=_("통계에 넣는 제안만"), choices=(("1", _("예")),), method="only_counted", empty_label=_("전체")
    )

    def by_days(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(in_time__isnull=False) if value == "known" else qs.filter(in_time=value == "true")

    def only_counted(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.exclude(state=State.HELD)
