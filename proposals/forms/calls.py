"""What is filled in of a call (P4), and the field by which a proposal answers one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, ModelForm
from core.now import today
from core.permissions import can
from organization.models import Department
from organization.selectors import departments_of
from proposals.enums import CallKind
from proposals.models import Call
from proposals.models.call import CALL

NO_CALL = _("공모에 내지 않음")


class CallForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Call
        fields = CALL
        widgets = {
            "text": forms.Textarea({"rows": 8}),
            "prize": forms.Textarea({"rows": 3}),
            **{name: DateInput() for name in ("opens_on", "closes_on", "result_on")},
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = Department.objects.open_on(today())
        if not can(user, "proposals.plan_call"):
            department.queryset = department.queryset.filter(pk__in=departments_of(user))
        kind: Any = self.fields["kind"]
        kind.choices, kind.initial = CallKind.choices, CallKind.THEME
        self.fields["closes_on"].help_text = _("늘 받는 공모는 비워 두세요.")
        self.fields["result_place"].help_text = _("예: 구청 누리집과 개별 통지")
        self.fields["field"].help_text = _("정하지 않으면 모든 분야를 받습니다.")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CALL}


def call_field(rows: Any) -> forms.ModelChoiceField:
    """Which call a proposal answers, if any."""
    return forms.ModelChoiceField(label=_("공모"), queryset=rows, required=False, empty_label=NO_CALL)
