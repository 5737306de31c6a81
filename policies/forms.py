"""The form of a policy change: its value field follows the kind of the policy."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from basis.formats import unit_name
from core.forms import Form, WonField
from core.numbers import wholes
from policies.registry import Policy

YES_NO = (("1", _("예")), ("0", _("아니요")))


class DaysField(forms.CharField):
    """Whole numbers with commas between: `7, 3, 1`; months too."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        parts = [part.strip() for part in super().clean(value).split(",")]
        days = wholes(parts)
        if len(days) < len(parts):
            raise forms.ValidationError(_("숫자를 쉼표로 나누어 입력해 주세요. 예: 7, 3, 1"))
        return days


class NetworksField(forms.CharField):
    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        try:
            return sorted({str(ip_network(part, strict=False)) for part in parts})
        except ValueError:
            raise forms.ValidationError(_("네트워크를 203.0.113.0/24처럼 입력해 주세요.")) from None


class YesNoField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO, coerce=lambda value: value == "1", widget=forms.RadioSelect, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return ("1" if value else "0") if isinstance(value, bool) else value


class IntField(forms.IntegerField):
    def __init__(self, unit: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = unit


class PointsField(forms.DecimalField):
    def __init__(self, unit: Any = "", **kwargs: Any) -> None:
        super().__init__(max_digits=8, decimal_places=2, **kwargs)
        self.unit = unit


class ChangeForm(Form):
    effective_from = forms.DateField(label=_("시행일"), help_text=_("오늘 또는 이후의 날짜입니다."))
    document = forms.CharField(
        label=_("근거 문서"), max_length=120, help_text=_("예: 기획예산과-1131(2026. 11. 20.)")
    )
    reason = forms.CharField(label=_("변경 사유"), max_length=300)
    field_order = ["value"]


def change_form(policy: Policy[Any]) -> type[ChangeForm]:
    """The form with the field that this policy's values need."""
    return type("PolicyChangeForm", (ChangeForm,), {"value": _value_field(policy)})


def _value_field(policy: Policy[Any]) -> forms.Field:
    label = policy.label
    match policy.kind:
        case "text":
            return forms.CharField(label=label, max_length=policy.maximum)
        case "bool":
            return YesNoField(label=label)
        case "money":
            return WonField(label=label)
        case "days":
            return DaysField(
                label=label, help_text=_("쉼표로 나누어 입력해 주세요. 단위: %s") % unit_name(policy.unit)
            )
        case "months":
            return DaysField(label=label, help_text=_("달을 쉼표로 나누어 입력해 주세요. 예: 3, 6, 9, 12"))
        case "weeks":
            help_text = _("몇째인지 쉼표로 나누어 입력해 주세요. 예: 1, 3. 매주는 1, 2, 3, 4, 5")
            return DaysField(label=label, help_text=help_text)
        case "networks":
            return NetworksField(
                label=label,
                required=False,
                help_text=_("쉼표로 나누어 입력해 주세요. 예: 203.0.113.0/24, 2001:db8::/64"),
            )
        case "month_day":
            return forms.CharField(label=label, max_length=5, help_text=_("월-일 형식입니다. 예: 07-01"))
        case "date":
            return forms.DateField(label=label)
        case "points":
            return PointsField(label=label, unit=policy.unit)
        case _:
            return IntField(label=label, unit=policy.unit)
