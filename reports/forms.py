"""Forms of statistics and reports."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from basis.periods import FIRST_YEAR, LAST_YEAR, Period, PeriodKind, parse
from core.forms import Form, KeysField
from organization.models import Department, User
from proposals.enums import Kind
from reports.definitions import DEFINITIONS, Definition

MOST_YEARS = 20
UNITS = [(kind.value, kind.label) for kind in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER)]


class StatisticsForm(Form):
    """Which periods the statistics show, and which of them in detail."""

    unit = forms.ChoiceField(label=_("단위"), choices=UNITS)
    first = forms.IntegerField(
        label=_("시작 연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    last = forms.IntegerField(label=_("끝 연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    period = forms.CharField(label=_("자세히 볼 기간"), required=False, widget=forms.Select)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and not first <= last < first + MOST_YEARS:
            self.add_error(
                "last",
                _("끝 연도는 시작 연도부터 %(years)d년 안에서 입력해 주세요.") % {"years": MOST_YEARS},
            )
        return values


class ProposalStatisticsForm(StatisticsForm):
    """The same for proposals, of one kind or decided by one department."""

    kind = forms.ChoiceField(label=_("구분"), choices=[("", _("전체")), *Kind.choices], required=False)
    charge = forms.ModelChoiceField(
        label=_("담당 부서"),
        queryset=Department.objects.reviewing().order_by("valid_to", "order", "code"),
        required=False,
        empty_label=_("전체"),
    )


PARTS = [
    ("", _("연간")),
    ("H1", _("상반기")),
    ("H2", _("하반기")),
    ("Q1", _("1분기")),
    ("Q2", _("2분기")),
    ("Q3", _("3분기")),
    ("Q4", _("4분기")),
    *((f"M{month:02}", format_lazy(_("{month}월"), month=month)) for month in range(1, 13)),
    *((f"W{week:02}", format_lazy(_("{week}주"), week=week)) for week in range(1, 54)),
]


class MakeForm(Form):
    """A report and the period it is to be made for."""

    slug = forms.ChoiceField(label=_("보고서"), widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("대상 연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    period = forms.ChoiceField(label=_("대상 기간"), choices=PARTS, required=False)
    by_mail = forms.BooleanField(label=_("받는 사람에게 메일로 보내기"), required=False)
    layout = Layout("slug", Row("year", "period"), "by_mail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        assert isinstance(slug, forms.ChoiceField)
        slug.choices = [(d.slug, self._described(d)) for d in DEFINITIONS]

    @staticmethod
    def _described(definition: Definition) -> str:
        kinds = "·".join(str(kind.label) for kind in definition.kinds)
        return f"{definition.label} ({kinds})"

    def chosen(self) -> Period:
        """The period of the checked fields."""
        values = self.cleaned_data
        return parse("-".join(filter(None, [f"{values['year']:04}", values["period"]])))


class AgainForm(Form):
    reason = forms.CharField(
        label=_("다시 만드는 사유"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    by_mail = forms.BooleanField(label=_("받는 사람에게 다시 메일로 보내기"), required=False)


class PeopleField(KeysField):
    """People with their names, where a name matters."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_label)


class RecipientsForm(Form):
    """The people found are offered; anybody in service may be chosen."""

    people = PeopleField(
        label=_("받는 사람"),
        queryset=User.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("받는 사람을 골라 주세요.")},
    )

    def __init__(self, *args: Any, offered: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        assert isinstance(people, PeopleField)
        people.choices = [(user.pk, people.label_from_instance(user)) for user in offered]
