"""Filters of the lists; what they are named stands in addresses people keep."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.now import today
from core.numbers import year_and_number
from core.search import WordsFilter, found
from organization.filters import OfDepartment, day_filter, reviewing_departments, yes_filter
from proposals.enums import (
    OUTCOMES,
    RUNNING,
    CallKind,
    CallState,
    Channel,
    ComplaintState,
    Field,
    InterimState,
    Kind,
    State,
)
from proposals.enums import Complaint as Ground
from proposals.filters_figures import KEPT, Recorded
from proposals.models import Call, Complaint, Interim, Proposal, ProposalReview, Voice
from reviews.enums import ReviewState

IN_TIME = (("true", _("예")), ("false", _("아니오")))
BEFORE = (CallState.DRAFT, CallState.ASKED)
SORTS = (("support", _("공감순")),)
ROSE = (("1", _("갑자기 늘어남")),)


def by_words(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Words in what the office may look for: of a hidden one and of what was taken down, the title alone."""
    return by_public_words(rows, text) | found(rows.filter(taken_down=True), text, "title")


def by_public_words(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Words in what everybody may read: what is covered or hidden finds nothing (P11, P17)."""
    return found(rows, text, "sought")


class WithWords(filters.FilterSet):
    q = WordsFilter(label=_("찾을 말"), method="search")
    field = filters.ChoiceFilter(label=_("분야"), choices=Field.choices, empty_label=_("전체"))

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def search(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.of_code(value) if year_and_number(value) else by_words(qs, value)


def open_calls_to_all() -> QuerySet[Call]:
    """Calls that citizens could answer once they had begun."""
    return Call.objects.begun_by(today()).for_kind(Kind.CITIZEN)


class PublicFilter(WithWords):
    """Nothing of a hidden one is found by what is hidden of it (P11)."""

    field = filters.ChoiceFilter(
        label=_("분야"), choices=Field.choices, empty_label=_("전체"), method="of_shown"
    )
    state = filters.ChoiceFilter(
        label=_("상태"), choices=State.choices[1:], empty_label=_("전체"), method="of_shown"
    )

    call = filters.ModelChoiceFilter(
        label=_("공모"),
        queryset=lambda request: open_calls_to_all(),
        empty_label=_("전체"),
        method="of_shown",
    )

    sort = filters.ChoiceFilter(
        label=_("순서"), choices=SORTS, empty_label=_("최신순"), method="as_it_stands"
    )

    def as_it_stands(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The page orders."""
        return qs

    def of_shown(self, qs: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        rows = qs.filter(**{name: value}, taken_down=False)
        return rows if value == State.ADOPTED else rows.filter(hidden=False)

    def search(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.of_code(value) if year_and_number(value) else by_public_words(qs, value)


class DeskFilter(WithWords):
    field = Recorded(Field, label=_("분야"))
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=State.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    kind = filters.ChoiceFilter(label=_("구분"), choices=Kind.choices, empty_label=_("전체"))
    channel = Recorded(Channel, label=_("접수 경로"))
    call = filters.ModelChoiceFilter(
        label=_("공모"),
        queryset=lambda request: Call.objects.visible_to(request.user).exclude(state__in=BEFORE),
        empty_label=_("전체"),
    )
    received_from = day_filter("received_on", "gte", _("접수일(부터)"))
    received_to = day_filter("received_on", "lte", _("접수일(까지)"))
    department = OfDepartment(reviewing_departments, label=_("검토 부서"), method="by_department")
    rose = filters.ChoiceFilter(label=_("공감"), choices=ROSE, method="only_risen", empty_label=_("전체"))
    late = yes_filter(_("기한 지남"), "only_late")
    charge = OfDepartment(reviewing_departments, label=_("담당 부서"), field_name="decision__department")
    in_time = filters.ChoiceFilter(
        label=_("결정 기한"), choices=KEPT, method="by_days", empty_label=_("전체")
    )
    counted = yes_filter(_("통계에 넣는 제안만"), "only_counted")

    def by_days(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(in_time__isnull=False) if value == "known" else qs.filter(in_time=value == "true")

    def only_counted(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.exclude(state=State.HELD)

    def by_department(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        asked = ProposalReview.objects.live().filter(proposal=OuterRef("pk"), department=int(value))
        return qs.filter(Exists(asked))

    def only_risen(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        risen: QuerySet[Any] = qs.filter(pk__in=Proposal.objects.risen().values("pk"))
        return risen

    def only_late(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(state__in=RUNNING, clock__due__lt=today())


class ReviewFilter(filters.FilterSet):
    q = WordsFilter("proposal__title", label=_("찾을 말"))
    state = filters.MultipleChoiceFilter(
        label=_("상태"), choices=ReviewState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    department = OfDepartment(reviewing_departments, label=_("검토 부서"))
    outcome = filters.ChoiceFilter(
        label=_("부서 의견"), choices=[(s.value, s.label) for s in OUTCOMES], empty_label=_("전체")
    )
    late = yes_filter(_("기한 지남"), "only_late")
    due_from = day_filter("clock__due", "gte", _("기한(부터)"))
    due_to = day_filter("clock__due", "lte", _("기한(까지)"))
    notified_from = day_filter("notified_on", "gte", _("통보일(부터)"))
    notified_to = day_filter("notified_on", "lte", _("통보일(까지)"))
    in_time = filters.ChoiceFilter(
        label=_("기한 내"), choices=IN_TIME, method="by_in_time", empty_label=_("전체")
    )

    class Meta:
        model = ProposalReview
        fields: tuple[str, ...] = ()

    def only_late(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.open().filter(clock__due__lt=today(), clock__paused=False)

    def by_in_time(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(in_time=value == "true")


class InterimFilter(filters.FilterSet):
    q = WordsFilter("proposal__title", label=_("찾을 말"))
    state = filters.ChoiceFilter(label=_("상태"), choices=InterimState.choices, empty_label=_("전체"))
    due_from = day_filter("due_on", "gte", _("알릴 날(부터)"))
    due_to = day_filter("due_on", "lte", _("알릴 날(까지)"))

    class Meta:
        model = Interim
        fields: tuple[str, ...] = ()


class CallFilter(filters.FilterSet):
    q = WordsFilter(label=_("찾을 말"), method="search")
    kind = filters.ChoiceFilter(label=_("공모 종류"), choices=CallKind.choices, empty_label=_("전체"))
    state = filters.ChoiceFilter(label=_("상태"), choices=CallState.choices, empty_label=_("전체"))

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def search(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return found(qs, value, "title", "text")


class ComplaintFilter(filters.FilterSet):
    ground = filters.ChoiceFilter(
        label=_("신고 사유"), choices=Ground.choices, method="said", empty_label=_("전체")
    )
    state = filters.ChoiceFilter(label=_("상태"), choices=ComplaintState.choices, empty_label=_("전체"))

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = ()

    def said(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(pk__in=Voice.objects.filter(ground=value).values("complaint"))
