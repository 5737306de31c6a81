"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.search import WordsFilter, found
from knowledge.enums import Area, Counted, PostState, Type, Validity
from knowledge.models import Campaign, Field, Post
from knowledge.selectors.campaigns import posts_of
from knowledge.selectors.quarter import COUNTED, counted
from notifications.selectors import waiting_for
from organization.filters import OfDepartment, day_filter, departments, yes_filter


def _campaigns(request: Any) -> QuerySet[Campaign]:
    return Campaign.objects.visible_to(request.user) if request else Campaign.objects.none()


class PostFilter(filters.FilterSet):
    area = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("영역"), choices=Area.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("제목·꼬리표"), method="search")
    type = filters.ChoiceFilter(label=_("유형"), choices=Type.choices, empty_label=_("전체"))
    field = filters.ModelChoiceFilter(label=_("분야"), queryset=Field.objects.all(), empty_label=_("전체"))
    validity = filters.ChoiceFilter(label=_("유효 여부"), choices=Validity.choices, empty_label=_("전체"))
    state = filters.ChoiceFilter(label=_("상태"), choices=PostState.choices, empty_label=_("전체"))
    department = OfDepartment(departments, label=_("부서"))
    approved_from = day_filter("approved_on", "gte", _("게시일(부터)"))
    approved_to = day_filter("approved_on", "lte", _("게시일(까지)"))
    submitted_from = day_filter("submitted_on", "gte", _("승인 요청일(부터)"))
    submitted_to = day_filter("submitted_on", "lte", _("승인 요청일(까지)"))
    counted = filters.ChoiceFilter(
        label=_("보고서의 집계"), choices=Counted.choices, method="only_counted", empty_label=_("전체")
    )
    campaign = filters.ModelChoiceFilter(
        label=_("지식등록의 날"), queryset=_campaigns, method="of_campaign", empty_label=_("전체")
    )
    mine = yes_filter(_("내가 맡은 지식"), "only_mine")
    waiting = yes_filter(_("내가 처리할 지식"), "only_waiting")

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        return found(rows, value, "title", "tags")

    def of_campaign(self, rows: QuerySet[Post], name: str, value: Campaign) -> QuerySet[Post]:
        return rows.filter(pk__in=posts_of(value).values("pk"))

    def only_counted(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        """Those behind a figure of a report."""
        return counted(rows).filter(COUNTED[value])

    def only_mine(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        return rows.filter(owner=self.request.user, source_mark="")

    def only_waiting(self, rows: QuerySet[Post], name: str, value: str) -> QuerySet[Post]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Post).values("object_id"))


class FieldFilter(filters.FilterSet):
    q = WordsFilter("name", label=_("검색어"))

    class Meta:
        model = Field
        fields: tuple[str, ...] = ()
