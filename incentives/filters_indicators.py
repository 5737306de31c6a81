"""Filters of the list of indicators; what they are named stands in addresses people keep."""

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.now import now
from core.search import WordsFilter
from incentives.enums import Kind
from incentives.models import Indicator, Part, Value
from incentives.selectors.indicators import leaves_of
from organization.filters import ALL, OfDepartment, departments, people

STANDING = (("weak", _("부진")), ("missing", _("실적 없음")), ("fault", _("계산 못 함")))


class IndicatorFilter(filters.FilterSet):
    standing = filters.ChoiceFilter(label=_("상태"), choices=STANDING, method="by_standing", empty_label=ALL)
    q = WordsFilter("name", "division__project__name", "division__name", "unit", label=_("지표·사업"))
    year = filters.NumberFilter(
        label=_("연도"), field_name="division__project__year", min_value=1, max_value=9999
    )
    kind = filters.ChoiceFilter(
        label=_("평가 구분"), field_name="division__project__kind", choices=Kind.choices, empty_label=ALL
    )
    department = OfDepartment(departments, label=_("주관·협조 부서"), method="taking_part")
    person = WordsFilter(label=_("담당자"), method="of_person")

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()

    def taking_part(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        return rows.filter(
            Exists(Part.objects.filter(division=OuterRef("division"), department_id=int(value)))
        )

    def of_person(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        return people(rows, value, "person__")

    def by_standing(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """What is weak is reckoned, not stored: so the other conditions narrow it first where they can."""
        if value == "missing":
            return rows.exclude(Exists(Value.objects.filter(indicator=OuterRef("pk")).known(now())))
        found = Indicator.objects.filter(pk__in=rows.values("pk")).order_by()
        if value == "fault":
            return rows.filter(pk__in=[one.pk for one in found if one.measure.fault()])
        leaves = leaves_of(list(found.select_related("division__project")), now())
        return rows.filter(pk__in=[pk for pk, leaf in leaves.items() if leaf.weak])
