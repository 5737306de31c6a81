"""What planning fills in of a contest (E5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contests.models import Contest
from contests.models.practice import CONTEST
from contests.policies import TIMES_A_YEAR
from core.forms import DateInput, Form, ModelForm


class ContestForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Contest
        fields = CONTEST
        widgets = {
            "text": forms.Textarea({"rows": 8}),
            **{name: DateInput() for name in ("opens_on", "closes_on", "shown_on")},
        }
        help_texts = {
            "text": _("무엇을 찾는지, 어떤 자료를 붙이는지, 어떻게 심사하는지 적어 주세요."),
            "shown_on": _("발표 심사를 하는 날. 정하지 않았으면 비워 두세요."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        once = TIMES_A_YEAR.current() == 1
        self.fields["period"].help_text = _("예: 2026") if once else _("예: 2026-H1(상반기), 2026-H2(하반기)")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONTEST}


class LateForm(Form):
    until = forms.DateField(label=_("새 제출 기한"))
    reason = forms.CharField(label=_("늦게 받는 사유"), max_length=500, widget=forms.Textarea({"rows": 3}))
