"""Forms of the departments' answers and of what follows. They check shape; the services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarking.enums import Decision
from benchmarking.models import Review
from benchmarking.services.reviewing import PLAN, faults
from core.forms import ChoiceCards, DateInput, Form, ModelForm, WonField
from core.held import files_field, held_field, offer_held
from core.models import Attachment

DECISIONS = {
    Decision.ADOPT: _("우리 구에 들여와 추진합니다. 추진 계획을 적습니다."),
    Decision.LONG_TERM: _("지금은 어렵지만 다음 반기에 다시 검토합니다."),
    Decision.IN_FORCE: _("우리 구에서 이미 하고 있습니다."),
    Decision.KEEP: _("지금 하는 방식을 그대로 둡니다."),
}


class ReviewForm(ModelForm):
    """The department's answer; fields of the plan follow the choice of 도입 (B4)."""

    decision = forms.ChoiceField(
        label=_("검토 결과"),
        choices=[(d.value, d.label) for d in DECISIONS],
        widget=ChoiceCards(descriptions={d.value: text for d, text in DECISIONS.items()}),
    )
    plan_budget = WonField(label=_("소요 예산(원)"), required=False, help_text=_("예산이 들지 않으면 0"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()
    marked = PLAN
    layout = Layout(
        "version",
        "decision",
        "reason",
        Fieldset(
            _("추진 계획 (도입할 때)"),
            "plan_what",
            Div("plan_on", "plan_budget", css_class="form-row"),
            data_when=f"decision:{Decision.ADOPT}",
        ),
        "held",
        "attachments",
    )

    class Meta:
        model = Review
        fields = ("decision", "reason", "plan_what", "plan_on", "plan_budget")
        widgets = {
            "reason": forms.Textarea({"rows": 6}),
            "plan_what": forms.Textarea({"rows": 4}),
            "plan_on": DateInput(),
        }
        help_texts = {"reason": _("이렇게 판단한 까닭을 적어 주세요. 다른 부서도 참고합니다.")}

    def __init__(self, *args: Any, held: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.offer(held)

    def clean(self) -> dict[str, Any]:
        """All that is missing at once."""
        super().clean()
        for name, message in faults(self.answer()).items():
            if name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data

    def offer(self, held: Sequence[Attachment]) -> None:
        """Files put to the draft, to be sent with the answer."""
        offer_held(self, held)

    def answer(self) -> Any:
        return {name: self.cleaned_data.get(name) for name in self.Meta.fields}


class FollowUpReportForm(Form):
    implemented_on = forms.DateField(label=_("업무반영일"))
    result = forms.CharField(label=_("반영 내용"), max_length=2000, widget=forms.Textarea({"rows": 5}))
    attachments = files_field(_("확인 자료"))


class FollowUpMoveForm(Form):
    planned_on = forms.DateField(label=_("새 시행 예정일"))
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))
