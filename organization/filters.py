"""Filters of the lists; what they are named stands in addresses people keep."""

from collections.abc import Callable
from typing import Any, TypeVar

import django_filters as filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from core.models import AccessLog, Holiday, Job
from core.now import today
from core.search import WordsFilter, anywhere, found
from core.workflow import WORKFLOWS
from organization.enums import DepartmentKind, DepartmentRole, Position, Role
from organization.history import ACTIONS, kind_name, logged_models
from organization.models import Absence, Department, User

Rows = TypeVar("Rows", bound=QuerySet)
ALL = _("전체")
STANDING = (("open", _("현재 부서")), ("coming", _("설치 예정")), ("closed", _("폐지된 부서")))
WHEN = (("now", _("지금 부재")), ("coming", _("예정")), ("past", _("지난 부재")))


def departments() -> QuerySet[Department]:
    """Departments ever there, abolished ones last."""
    return Department.objects.order_by("valid_to", "order", "code")


class OfDepartment(filters.ChoiceFilter):
    """By name: as objects the departments took longer to fetch than the page's own rows. Several of one list ask
    once."""

    def __init__(self, departments: Callable[[], QuerySet[Department]], **options: Any) -> None:
        super().__init__(choices=(), **{"empty_label": ALL, **options})
        self.departments = departments

    @property
    def field(self) -> Any:
        self.extra["choices"] = lambda: (
            self._named()
        )  # as a bound method it would be copied with the whole request
        return super().field

    def _named(self) -> list[tuple[int, str]]:
        known = self.parent.__dict__.setdefault("_departments", {})
        if self.departments not in known:
            known[self.departments] = list(self.departments().values_list("pk", "name"))
        found: list[tuple[int, str]] = known[self.departments]
        return found


def on_days(path: str) -> tuple[filters.DateFilter, filters.DateFilter]:
    """From and to, both inclusive, of a moment."""
    start = filters.DateFilter(field_name=path, lookup_expr="date__gte", label=_("부터"), widget=DateInput())
    end = filters.DateFilter(field_name=path, lookup_expr="date__lte", label=_("까지"), widget=DateInput())
    return start, end


def people(queryset: Rows, value: str, prefix: str) -> Rows:
    """Those rows whose person fits every word: name, number, department."""
    places = (f"{prefix}name", f"{prefix}department__name")
    return found(queryset, value, *places, whole=(f"{prefix}employee_number",))


def actors(queryset: Rows, value: str) -> Rows:
    """Those rows whose actor fits every word; bearers by their label."""
    return people(queryset, value, "actor__") | found(queryset, value, "actor_pass__label")


class DepartmentFilter(filters.FilterSet):
    q = WordsFilter(label=_("부서명·코드"), method="search")
    kind = filters.ChoiceFilter(label=_("구분"), choices=DepartmentKind.choices, empty_label=ALL)
    standing = filters.ChoiceFilter(label=_("상태"), choices=STANDING, method="by_standing", empty_label=ALL)
    role = filters.ChoiceFilter(
        label=_("기능"), choices=[c for c in DepartmentRole.choices if c[0]], empty_label=ALL
    )

    class Meta:
        model = Department
        fields: list[str] = []

    def search(self, queryset: QuerySet[Department], name: str, value: str) -> QuerySet[Department]:
        """By the present name, a former one, or the code."""
        former = Department.objects.filter(changes__old_name__holds=value, changes__applied_at__isnull=False)
        return queryset.filter(anywhere(value, "name", whole=("code",)) | Q(pk__in=former.values("pk")))

    def by_standing(self, queryset: QuerySet[Department], name: str, value: str) -> QuerySet[Department]:
        day = today()
        if value == "coming":
            return queryset.filter(valid_from__gt=day)
        if value == "closed":
            return queryset.filter(valid_to__lt=day)
        return queryset.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class DirectoryFilter(filters.FilterSet):
    q = WordsFilter(label=_("이름·부서"), method="search")
    department = OfDepartment(departments, label=_("부서"))
    position = filters.ChoiceFilter(label=_("직위"), choices=Position.choices, empty_label=ALL)

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people(queryset, value, "")


class StaffFilter(DirectoryFilter):
    """For those who look after accounts."""

    is_active = filters.ChoiceFilter(
        label=_("계정"), choices=(("1", _("사용")), ("0", _("중지"))), method="by_state", empty_label=ALL
    )
    role = filters.ChoiceFilter(label=_("역할"), choices=Role.choices, method="by_role", empty_label=ALL)
    password = filters.ChoiceFilter(
        label=_("비밀번호"),
        choices=(("first", _("처음 비밀번호를 바꾸지 않음")),),
        method="by_password",
        empty_label=ALL,
    )

    def by_state(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return queryset.filter(is_active=value == "1")

    def by_password(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return queryset.filter(must_change_password=True)

    def by_role(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        day = today()
        return queryset.filter(
            Q(role_assignments__valid_to=None) | Q(role_assignments__valid_to__gte=day),
            role_assignments__role=value,
            role_assignments__valid_from__lte=day,
        ).distinct()


class AbsenceFilter(filters.FilterSet):
    q = WordsFilter(label=_("부재자·대직자"), method="search")
    when = filters.ChoiceFilter(label=_("기간"), choices=WHEN, method="by_time", empty_label=ALL)
    department = OfDepartment(departments, label=_("부서"), field_name="user__department")

    class Meta:
        model = Absence
        fields: list[str] = []

    def search(self, queryset: QuerySet[Absence], name: str, value: str) -> QuerySet[Absence]:
        return people(queryset, value, "user__") | people(queryset, value, "substitute__")

    def by_time(self, queryset: QuerySet[Absence], name: str, value: str) -> QuerySet[Absence]:
        day = today()
        if value == "now":
            return queryset.filter(start__lte=day, end__gte=day, cancelled_at=None)
        if value == "coming":
            return queryset.filter(start__gt=day, cancelled_at=None)
        return queryset.filter(end__lt=day)


class HolidayFilter(filters.FilterSet):
    year = filters.NumberFilter(
        label=_("연도"), field_name="date", lookup_expr="year", min_value=1, max_value=9999
    )
    kind = filters.ChoiceFilter(label=_("구분"), choices=Holiday.Kind.choices, empty_label=ALL)

    class Meta:
        model = Holiday
        fields: list[str] = []


def _logged_kinds(request: Any) -> list[tuple[str, str]]:
    kinds = ContentType.objects.get_for_models(*logged_models(request.user)).values()
    return sorted(((kind.model, kind_name(kind.pk)) for kind in kinds), key=lambda pair: pair[1])


class AuditFilter(filters.FilterSet):
    q = WordsFilter(label=_("처리자"), method="search")
    kind = filters.ChoiceFilter(label=_("대상 구분"), field_name="content_type__model", empty_label=ALL)
    action = filters.ChoiceFilter(label=_("처리"), choices=tuple(ACTIONS.items()), empty_label=ALL)
    start, end = on_days("timestamp")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = _logged_kinds(self.request)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return people(queryset, value, "actor__")


class AccessFilter(filters.FilterSet):
    q = WordsFilter(label=_("열람자"), method="search")
    target = WordsFilter("subject_label", label=_("대상"))
    action = filters.ChoiceFilter(label=_("행위"), choices=AccessLog.Action.choices, empty_label=ALL)
    start, end = on_days("at")

    class Meta:
        model = AccessLog
        fields: list[str] = []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return actors(queryset, value)


class TransitionFilter(filters.FilterSet):
    q = WordsFilter(label=_("처리자"), method="search")
    kind = filters.ChoiceFilter(label=_("대상 구분"), field_name="content_type__model", empty_label=ALL)
    substitute = filters.ChoiceFilter(
        label=_("대결"), choices=(("1", _("대결로 처리한 것")),), method="by_substitute", empty_label=ALL
    )
    start, end = on_days("at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [
            (workflow.model._meta.model_name, workflow.label) for workflow in WORKFLOWS
        ]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return actors(queryset, value)

    def by_substitute(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.exclude(principal=None)


class JobFilter(filters.FilterSet):
    q = WordsFilter("label", label=_("작업 이름"))
    state = filters.ChoiceFilter(label=_("상태"), choices=Job.State.choices, empty_label=ALL)
    start, end = on_days("created_at")

    class Meta:
        model = Job
        fields: list[str] = []


def reviewing_departments() -> QuerySet[Department]:
    """Departments ever asked for a review, abolished ones last."""
    return Department.objects.reviewing().order_by("valid_to", "order", "code")


def day_filter(path: str, lookup: str, label: Any) -> filters.DateFilter:
    return filters.DateFilter(field_name=path, lookup_expr=lookup, label=label, widget=DateInput())


def yes_filter(label: Any, method: str | None = None, **options: Any) -> filters.ChoiceFilter:
    """A condition that is asked for or not (`?waiting=1`)."""
    return filters.ChoiceFilter(
        label=label, method=method, choices=(("1", _("예")),), empty_label=ALL, **options
    )
