"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter
from incentives.enums import DivisionState, Kind, Role
from incentives.models import Division, Part
from notifications.selectors import waiting_for
from organization.filters import ALL, OfDepartment, departments, yes_filter


class DivisionFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=DivisionState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(
        "project__name", "name", "evaluator", "parts__department_name", label=_("사업·부서·평가 부서")
    )
    year = filters.NumberFilter(label=_("연도"), field_name="project__year", min_value=1, max_value=9999)
    kind = filters.ChoiceFilter(
        label=_("평가 구분"), field_name="project__kind", choices=Kind.choices, empty_label=ALL
    )
    owner = OfDepartment(departments, label=_("주관 부서"), method="owned")
    helper = OfDepartment(departments, label=_("협조 부서"), method="helped")
    waiting = yes_filter(_("내가 처리할 사업"), "only_waiting")

    class Meta:
        model = Division
        fields: tuple[str, ...] = ()

    def owned(self, rows: QuerySet[Division], name: str, value: str) -> QuerySet[Division]:
        return rows.filter(_part(value, Role.OWNER))

    def helped(self, rows: QuerySet[Division], name: str, value: str) -> QuerySet[Division]:
        return rows.filter(_part(value, Role.HELPER))

    def only_waiting(self, rows: QuerySet[Division], name: str, value: str) -> QuerySet[Division]:
        return rows.filter(pk__in=waiting_for(self.request.user).about(Division).values("object_id"))


def _part(department: Any, role: Role) -> Exists:
    return Exists(Part.objects.filter(division=OuterRef("pk"), department=department, role=role))
