"""Filters of results and of who is thanked; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter
from incentives.enums import Behind, Kind, PayoutState, Tier
from incentives.models import Payout, Result, Reward, Share
from notifications.selectors import waiting_for
from organization.filters import ALL, OfDepartment, departments, yes_filter

NO_TIER = "none"


class ResultFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("포상금"),
        field_name="payout__state",
        choices=PayoutState.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    q = WordsFilter("title", "grade", "shares__department_name", label=_("평가·결과·부서"))
    year = filters.NumberFilter(
        label=_("연도"), field_name="division__project__year", min_value=1, max_value=9999
    )
    kind = filters.ChoiceFilter(
        label=_("평가 구분"), field_name="division__project__kind", choices=Kind.choices, empty_label=ALL
    )
    tier = filters.ChoiceFilter(
        label=_("급"),
        choices=[*Tier.choices, (NO_TIER, _("정해지지 않음"))],
        method="of_tier",
        empty_label=ALL,
    )
    owner = OfDepartment(departments, label=_("부서"), method="owned")
    waiting = yes_filter(_("내가 처리할 포상금"), "only_waiting")

    class Meta:
        model = Result
        fields: tuple[str, ...] = ()

    def of_tier(self, rows: QuerySet[Result], name: str, value: str) -> QuerySet[Result]:
        return rows.filter(tier="" if value == NO_TIER else value)

    def owned(self, rows: QuerySet[Result], name: str, value: Any) -> QuerySet[Result]:
        return rows.filter(Exists(Share.objects.filter(result=OuterRef("pk"), department=value)))

    def only_waiting(self, rows: QuerySet[Result], name: str, value: str) -> QuerySet[Result]:
        waiting = waiting_for(self.request.user).about(Payout).values("object_id")
        return rows.filter(payout__in=waiting)


class RewardFilter(filters.FilterSet):
    year = filters.NumberFilter(
        label=_("연도"), field_name="result__division__project__year", min_value=1, max_value=9999
    )
    q = WordsFilter("label", "result__title", label=_("직원·평가"))
    part = filters.ChoiceFilter(label=_("구분"), choices=Behind.choices, empty_label=ALL)
    leave = yes_filter(_("특별휴가"), "with_leave")
    commended = yes_filter(_("표창 추천"), "put_forward")

    class Meta:
        model = Reward
        fields: tuple[str, ...] = ()

    def with_leave(self, rows: QuerySet[Reward], name: str, value: str) -> QuerySet[Reward]:
        return rows.filter(days__gt=0)

    def put_forward(self, rows: QuerySet[Reward], name: str, value: str) -> QuerySet[Reward]:
        return rows.filter(commended=True)
