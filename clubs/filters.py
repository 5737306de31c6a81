"""Filters of the lists; what they are named stands in addresses people keep."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clubs.enums import Cause, ClubKind, ClubState, TopicSource, UpkeepState
from clubs.models import Club, Topic, Upkeep
from core.search import WordsFilter, found
from notifications.selectors import waiting_for
from organization.enums import DepartmentKind
from organization.filters import ALL, OfDepartment, departments, people, yes_filter
from organization.models import Department


def bureaus() -> QuerySet[Department]:
    """Those ever there, abolished ones last."""
    return departments().filter(kind=DepartmentKind.BUREAU)


class ClubFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(  # the first stands in sight
        label=_("상태"), choices=ClubState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("검색어"), method="search")
    year = filters.NumberFilter(label=_("연도"), min_value=1, max_value=9999)
    kind = filters.ChoiceFilter(label=_("구분"), choices=ClubKind.choices, empty_label=ALL)
    bureau = OfDepartment(bureaus, label=_("국·소"))
    waiting = yes_filter(_("내가 처리할 동아리"), "only_waiting")
    again = yes_filter(_("다음 해로 이어 쓰지 않은 동아리"), "not_renewed")

    class Meta:
        model = Club
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Club], name: str, value: str) -> QuerySet[Club]:
        """In the name, the goal, the bureau, and what its teams study."""
        of_topics = found(Club.objects.order_by(), value, "teams__topic__title", "teams__name").values("pk")
        return rows.filter(
            pk__in=found(rows, value, "name", "goal", "bureau__name").values("pk")
        ) | rows.filter(pk__in=of_topics)

    def only_waiting(self, rows: QuerySet[Club], name: str, value: str) -> QuerySet[Club]:
        """Those that the number in the side navigation counts."""
        return rows.filter(pk__in=waiting_for(self.request.user).about(Club).values("object_id"))

    def not_renewed(self, rows: QuerySet[Club], name: str, value: str) -> QuerySet[Club]:
        lived = rows.filter(state__in=(ClubState.ACTIVE, ClubState.ENDED))
        gone = (ClubState.REFUSED, ClubState.WITHDRAWN)
        return lived.exclude(
            pk__in=Club.objects.exclude(before=None).exclude(state__in=gone).values("before")
        )


class TopicFilter(filters.FilterSet):
    source = filters.ChoiceFilter(label=_("과제 구분"), choices=TopicSource.choices, empty_label=ALL)
    q = WordsFilter("title", "department__name", label=_("검색어"))
    year = filters.NumberFilter(label=_("연도"), min_value=1, max_value=9999)
    department = OfDepartment(departments, label=_("주관 부서"))
    open = yes_filter(_("고를 수 있는 과제"), "only_open")

    class Meta:
        model = Topic
        fields: tuple[str, ...] = ()

    def only_open(self, rows: QuerySet[Topic], name: str, value: str) -> QuerySet[Topic]:
        return rows.filter(is_open=True)


class UpkeepFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=UpkeepState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    q = WordsFilter(label=_("이름·부서·동아리"), method="search")
    cause = filters.ChoiceFilter(label=_("사유"), choices=Cause.choices, empty_label=ALL)
    waiting = yes_filter(_("내가 정비할 회원"), "only_waiting")

    class Meta:
        model = Upkeep
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Upkeep], name: str, value: str) -> QuerySet[Upkeep]:
        return people(rows, value, "seat__user__") | rows.filter(club__name__holds=value)

    def only_waiting(self, rows: QuerySet[Upkeep], name: str, value: str) -> QuerySet[Upkeep]:
        return rows.filter(pk__in=waiting_for(self.request.user).about(Upkeep).values("object_id"))
