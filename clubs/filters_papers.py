"""Filters of the lists of papers, money and awards; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clubs.enums import (
    LIVED,
    TAKING,
    BestState,
    ClubKind,
    Purpose,
    ReportKind,
    ReportState,
    SupportState,
)
from clubs.models import Best, Club, Report, Support, Traveller
from core.now import today
from core.numbers import whole
from core.search import WordsFilter, found
from notifications.selectors import waiting_for
from organization.filters import OfDepartment, day_filter, yes_filter
from organization.models import Department

IN_RANGE = {"min_value": 1, "max_value": 9_999}


def bureaus() -> QuerySet[Department]:
    """Those that have, or had, a club."""
    clubs = Club.objects.filter(bureau__isnull=False).order_by().values("bureau")
    return Department.objects.filter(pk__in=clubs).order_by("valid_to", "order", "code")


class OfClub(filters.ChoiceFilter):
    """One of the clubs of the year asked for, else of this one; whichever is asked for is among them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=(), **{"empty_label": _("전체"), **options})

    @property
    def field(self) -> Any:
        self.extra["choices"] = lambda: self._named()  # a bound method would be copied with the whole request
        return super().field

    def _named(self) -> list[tuple[int, str]]:
        asked = self.parent.data or {}
        year, chosen = whole(asked.get("year") or "") or today().year, whole(asked.get(self.field_name) or "")
        rows = Club.objects.filter(Q(year=year, state__in=LIVED) | Q(pk=chosen or 0)).order_by(
            "-year", "name"
        )
        return [(pk, f"{of} {name}") for pk, of, name in rows.values_list("pk", "year", "name")]


class ReportFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=ReportState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    kind = filters.ChoiceFilter(label=_("보고서"), choices=ReportKind.choices, empty_label=_("전체"))
    year = filters.NumberFilter(label=_("연도"), field_name="club__year", **IN_RANGE)
    period = filters.CharFilter(label=_("기간(예: 2026-M03)"), field_name="period", max_length=8)
    club = OfClub(label=_("동아리"))
    club_kind = filters.ChoiceFilter(
        label=_("동아리 구분"), field_name="club__kind", choices=ClubKind.choices, empty_label=_("전체")
    )
    bureau = OfDepartment(bureaus, label=_("국·소"), field_name="club__bureau")
    late = yes_filter(_("기한 지남"), "only_late")
    waiting = yes_filter(_("내가 낼 보고서"), "only_waiting")
    awarded = yes_filter(_("시상한 보고서"), "only_awarded")

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return found(rows, value, "title", "club__name", "done", "findings")

    def only_late(self, rows: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return rows.filter(state=ReportState.DUE, due_on__lt=today())

    def only_waiting(self, rows: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Report).values("object_id"))

    def only_awarded(self, rows: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return rows.exclude(grade="")


class SupportFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=SupportState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    purpose = filters.ChoiceFilter(label=_("지원 구분"), choices=Purpose.choices, empty_label=_("전체"))
    year = filters.NumberFilter(label=_("연도"), field_name="day", lookup_expr="year", **IN_RANGE)
    club = OfClub(label=_("동아리"))
    bureau = OfDepartment(bureaus, label=_("국·소"), field_name="club__bureau")
    day_from = day_filter("day", "gte", _("사용일(부터)"))
    day_to = day_filter("day", "lte", _("사용일(까지)"))
    taking = yes_filter(_("한도를 쓴 지원"), "only_taking")
    waiting = yes_filter(_("내가 처리할 지원"), "only_waiting")

    class Meta:
        model = Support
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Support], name: str, value: str) -> QuerySet[Support]:
        return found(rows, value, "title", "club_name", "payee", "detail")

    def only_taking(self, rows: QuerySet[Support], name: str, value: str) -> QuerySet[Support]:
        return rows.filter(state__in=TAKING)

    def only_waiting(self, rows: QuerySet[Support], name: str, value: str) -> QuerySet[Support]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Support).values("object_id"))


class FeeFilter(filters.FilterSet):
    settled = filters.ChoiceFilter(
        label=_("지급 시기"),
        choices=(("1", _("정산 마침(지급할 것)")), ("0", _("정산 전"))),
        method="by_settled",
        empty_label=_("전체"),
    )
    q = WordsFilter(label=_("검색어"), method="search")
    year = filters.NumberFilter(label=_("연도"), field_name="day", lookup_expr="year", **IN_RANGE)
    day_from = day_filter("day", "gte", _("사용일(부터)"))
    day_to = day_filter("day", "lte", _("사용일(까지)"))

    class Meta:
        model = Support
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Support], name: str, value: str) -> QuerySet[Support]:
        return found(rows, value, "payee", "club_name", "title")

    def by_settled(self, rows: QuerySet[Support], name: str, value: str) -> QuerySet[Support]:
        settled = rows.filter(state=SupportState.SETTLED)
        return settled if value == "1" else rows.exclude(state=SupportState.SETTLED)


class BestFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=BestState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    year = filters.NumberFilter(label=_("연도"), field_name="club__year", **IN_RANGE)
    wished = yes_filter(_("희망 부서를 적음"), "only_wished")

    class Meta:
        model = Best
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Best], name: str, value: str) -> QuerySet[Best]:
        return found(rows, value, "club__name", "seat__user__name", "wish", "reason")

    def only_wished(self, rows: QuerySet[Best], name: str, value: str) -> QuerySet[Best]:
        return rows.exclude(wish="")


class TravellerFilter(filters.FilterSet):
    standing = filters.ChoiceFilter(
        label=_("추천"),
        choices=(("1", _("추천 중")), ("0", _("거둔 추천"))),
        method="by_standing",
        empty_label=_("전체"),
    )
    q = WordsFilter(label=_("검색어"), method="search")
    year = filters.NumberFilter(label=_("연도"), field_name="club__year", **IN_RANGE)

    class Meta:
        model = Traveller
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Traveller], name: str, value: str) -> QuerySet[Traveller]:
        return found(rows, value, "label", "club__name")

    def by_standing(self, rows: QuerySet[Traveller], name: str, value: str) -> QuerySet[Traveller]:
        return rows.filter(revoked_on__isnull=value == "1")
