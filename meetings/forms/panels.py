"""Forms of panels and seats. They check shape; the services check the rules."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from basis.formats import date_weekday
from core.forms import DateInput, Form, KeysField, ModelForm
from meetings.enums import Basis, Chair, Sex
from meetings.models import Panel, Seat
from meetings.services import panels, seats
from organization.forms import NamedPersonField
from organization.models import User


class PanelForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Panel
        fields = panels.FIELDS
        widgets = {"purpose": forms.Textarea({"rows": 3}), "begun_on": DateInput()}
        help_texts = {
            "decides": _("위원 구성(공무원이 아닌 위원의 비율, 성별)을 점검합니다."),
            "size": _("의결권이 있는 위원의 수입니다. 간사는 세지 않습니다."),
            "every": _("정해 두면 그 기간에 회의가 없을 때 할 일에 올립니다."),
        }

    layout = Layout(
        "version",
        "name",
        "purpose",
        Div("size", "every", "begun_on", css_class="form-row"),
        "decides",
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in panels.FIELDS}


class EndForm(Form):
    """Of what ends on a day."""

    on = forms.DateField(label=_("끝나는 날"))
    reason = forms.CharField(label=_("사유"), max_length=200, widget=forms.Textarea({"rows": 3}))


class SeatForm(Form):
    """A seat of somebody known already."""

    chair = forms.ChoiceField(label=_("직책"), choices=Chair.choices, initial=Chair.MEMBER)
    basis = forms.ChoiceField(label=_("위촉 구분"), choices=Basis.choices, initial=Basis.APPOINTED)
    official = forms.BooleanField(
        label=_("공무원"), required=False, help_text=_("다른 기관의 공무원과 선출직도 공무원입니다.")
    )
    sex = forms.ChoiceField(
        label=_("성별"),
        choices=[("", _("선택 안 함")), *Sex.choices],
        required=False,
        help_text=_("위촉직의 성별 비율을 점검하는 데만 쓰며, 기획예산과만 봅니다."),
    )
    belongs = forms.CharField(
        label=_("소속과 직함"),
        max_length=60,
        required=False,
        help_text=_("외부위원만 적습니다. 예: 한빛대학교 교수"),
    )
    starts_on = forms.DateField(label=_("임기 시작일"))
    ends_on = forms.DateField(
        label=_("임기 종료일"), required=False, help_text=_("당연직은 비워 둘 수 있습니다.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    rows = (
        Div("chair", "basis", css_class="form-row"),
        Div("starts_on", "ends_on", css_class="form-row"),
        Div("belongs", "sex", css_class="form-row"),
        "official",
    )
    layout = Layout("version", *rows)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in seats.FIELDS if name in self.cleaned_data}


class AppointForm(SeatForm):
    user = NamedPersonField(
        label=_("위원"),
        queryset=User.objects.get_queryset(),
        help_text=_("직원번호나 이름을 적어 주세요. 이미 계정이 있는 외부위원도 찾습니다."),
    )
    layout = Layout("user", *SeatForm.rows)


class InviteForm(SeatForm):
    """Somebody from outside who has no account yet."""

    name = forms.CharField(label=_("이름"), max_length=40)
    email = forms.EmailField(
        label=_("전자우편"), max_length=254, help_text=_("비밀번호를 정하는 링크를 이 주소로 보냅니다.")
    )
    layout = Layout(Div("name", "email", css_class="form-row"), *SeatForm.rows)


class RenewForm(Form):
    """Until when the new terms last; each begins the day after the one before."""

    ends_on = forms.DateField(label=_("새 임기 종료일"))


class SeatsField(KeysField):
    """Terms that can be renewed, each with its end."""

    def label_from_instance(self, obj: Any) -> str:
        end = date_weekday(obj.ends_on) if obj.ends_on else ""
        return f"{obj.panel.name}, {obj.label} (~ {end})"


class RenewManyForm(RenewForm):
    pk = SeatsField(
        label=_("연임할 위원"),
        queryset=Seat.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("연임할 위원을 골라 주세요.")},
    )
    layout = Layout("pk", "ends_on")

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["pk"]
        choice.queryset = offered
