"""Forms of a week's reports. The services check the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form
from core.held import files_field
from core.now import today
from incentives.enums import Shape
from incentives.forms.projects import WithFiles
from incentives.models import Indicator, Value, Week, WeekReport
from incentives.selectors.doubts import doubt
from incentives.selectors.known import amount
from incentives.services.weekly import New

DONE = (("", _("그대로")), ("1", _("이행")), ("0", _("미이행")))


class AmountField(forms.DecimalField):
    """`1,234.5` and `1234.5` are the same."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "class": "right"}


def _value_field(indicator: Indicator) -> forms.Field:
    if indicator.shape == Shape.YES:
        return forms.TypedChoiceField(
            label=_("새 실적"), choices=DONE, coerce=Decimal, empty_value=None, required=False
        )
    return AmountField(label=_("새 실적"), max_digits=18, decimal_places=6, required=False)


@dataclass(frozen=True)
class Row:
    """An indicator in the table of the form: what was known last, and the fields for what is new."""

    indicator: Indicator
    last: str
    as_of: Any
    value: forms.BoundField
    source: forms.BoundField
    note: forms.BoundField
    sure: forms.BoundField | None


def _text(name: str, help_text: Any) -> forms.CharField:
    field: Any = WeekReport._meta.get_field(name)
    return forms.CharField(
        label=field.verbose_name,
        max_length=field.max_length,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=help_text,
    )


class ReportForm(WithFiles):
    """Of each indicator only what is new; a value that is doubted is asked about in its row."""

    as_of = forms.DateField(
        label=_("기준일"), widget=DateInput(), help_text=_("새로 적는 실적이 언제까지의 것인지 적습니다.")
    )
    problems = _text("problems", _("부진한 까닭과 걸림돌을 적어 주세요."))
    plans = _text("plans", "")
    asked_of_others = _text("asked_of_others", _("다른 부서나 기획예산과가 도울 일을 적어 주세요."))
    attachments = files_field(_("증빙 자료"))
    layout = Layout(
        "as_of",
        HTML('{% include "incentives/weekly_rows.html" %}'),
        Fieldset(_("문제점과 할 일"), "problems", "plans", "asked_of_others"),
        "held",
        "attachments",
    )

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], known: Mapping[int, Value], **kwargs: Any
    ) -> None:
        self.indicators, self.known = indicators, known
        self.doubted: set[int] = set()
        own: dict[str, forms.Field] = {}
        for one in indicators:
            own[f"value-{one.pk}"] = _value_field(one)
            own[f"source-{one.pk}"] = forms.CharField(label=_("출처"), max_length=120, required=False)
            own[f"note-{one.pk}"] = forms.CharField(label=_("비고"), max_length=200, required=False)
            own[f"sure-{one.pk}"] = forms.BooleanField(label=_("확인했습니다. 맞습니다."), required=False)
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    def rows(self) -> Iterator[Row]:
        for one in self.indicators:
            last = self.known.get(one.pk)
            shown = one.pk in self.doubted or bool(self[f"sure-{one.pk}"].value())
            yield Row(
                one,
                amount(one, last.value if last else None),
                last.as_of if last else None,
                self[f"value-{one.pk}"],
                self[f"source-{one.pk}"],
                self[f"note-{one.pk}"],
                self[f"sure-{one.pk}"] if shown else None,
            )

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > today():
            raise forms.ValidationError(_now("기준일은 오늘까지의 날입니다."))
        return day

    def clean(self) -> None:
        for one in self.indicators:
            value = self.cleaned_data.get(f"value-{one.pk}")
            told = any(self.cleaned_data.get(f"{name}-{one.pk}") for name in ("source", "note"))
            if value is None:
                if told and f"value-{one.pk}" not in self.errors:
                    self.add_error(f"value-{one.pk}", _now("출처나 비고를 적은 지표의 실적을 적어 주세요."))
                continue
            if question := doubt(one, self.known.get(one.pk), value):
                self.doubted.add(one.pk)
                if not self.cleaned_data.get(f"sure-{one.pk}"):
                    self.add_error(f"sure-{one.pk}", question)

    def reject(self, field: str | None, message: str) -> None:
        name, _dash, key = (field or "").partition("-")
        if name == "sure" and key.isdecimal():
            self.doubted.add(int(key))
        super().reject(field, message)

    def new(self) -> list[New]:
        data = self.cleaned_data
        return [
            New(
                one,
                data[f"value-{one.pk}"],
                data[f"source-{one.pk}"],
                data[f"note-{one.pk}"],
                data[f"sure-{one.pk}"],
            )
            for one in self.indicators
            if data[f"value-{one.pk}"] is not None
        ]

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("problems", "plans", "asked_of_others")}


class ConfirmManyForm(Form):
    """A box for each report that waits, as it was seen."""

    def __init__(self, *args: Any, reports: Sequence[WeekReport], **kwargs: Any) -> None:
        self.reports = reports
        own: dict[str, forms.Field] = {}
        for one in reports:
            own[f"chosen-{one.pk}"] = forms.BooleanField(
                label=str(one.division), required=False, initial=True
            )
            own[f"seen-{one.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=one.version
            )
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        if not self.chosen():
            raise forms.ValidationError(_now("확인할 보고를 하나 이상 골라 주세요."))

    def chosen(self) -> list[tuple[WeekReport, int]]:
        data = self.cleaned_data
        return [
            (one, data.get(f"seen-{one.pk}") or 0) for one in self.reports if data.get(f"chosen-{one.pk}")
        ]


class CompareForm(Form):
    """Two weeks; nothing chosen as the second: what is known now."""

    first = forms.ModelChoiceField(label=_("이 주를"), queryset=Week.objects.none(), required=False)
    last = forms.ModelChoiceField(
        label=_("이때와 비교"), queryset=Week.objects.none(), required=False, empty_label=_("지금")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            field: Any = self.fields[name]
            field.queryset = Week.objects.order_by("-due_on")
