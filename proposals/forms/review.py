"""A department's answer, outside opinions and interim answers (P6). They check shape; the services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, DateInput, ModelForm, ReasonForm, WonField, YearField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from core.now import today
from proposals.enums import Ground, State
from proposals.forms.files import FilesForm
from proposals.models import ANSWER, Interim, ProposalReview
from proposals.services.notices import faults

OUTCOMES = {
    State.ADOPTED: _("받아들여 실시합니다. 일부만 받아들일 때에는 나머지의 까닭도 적습니다."),
    State.REJECTED: _("실시하기 어렵습니다. 까닭을 구민이 알 수 있게 적습니다."),
    State.NO_PROPOSAL: _("이미 하고 있거나 제안으로 다룰 수 없는 것입니다."),
}


class ReviewForm(ModelForm):
    """The department's answer, in the order in which a citizen reads it."""

    outcome = forms.ChoiceField(
        label=_("부서 의견"),
        choices=[(state.value, state.label) for state in OUTCOMES],
        widget=ChoiceCards(descriptions={state.value: text for state, text in OUTCOMES.items()}),
    )
    cost = WonField(
        label=_("드는 예산(원)"), required=False, help_text=_("예산이 들지 않으면 0을 입력해 주세요.")
    )
    budget_year = YearField(label=_("예산 연도"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()
    marked = ("ground", "taken", "carry_out_on")
    layout = Layout(
        "version",
        "outcome",
        Fieldset("", "ground", data_when=f"outcome:{State.NO_PROPOSAL}"),
        "present",
        "feasibility",
        "effect",
        Fieldset(
            _("실시 계획 (채택할 때)"),
            "taken",
            Div("carry_out_on", "cost", "budget_year", css_class="form-row"),
            data_when=f"outcome:{State.ADOPTED}",
        ),
        "reason",
        "held",
        "attachments",
    )

    class Meta:
        model = ProposalReview
        fields = ANSWER
        widgets = {
            **{name: forms.Textarea({"rows": 4}) for name in ("present", "feasibility", "effect", "taken", "reason")},
            "carry_out_on": DateInput(),
        }  # fmt: skip
        help_texts = {
            "present": _("관련 법령이나 계획, 지금 어떻게 하고 있는지를 쉬운 말로 적어 주세요."),
            "reason": _("받아들이지 않는 것이 있으면 까닭을 적어 주세요."),
        }

    def __init__(self, *args: Any, held: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground: Any = self.fields["ground"]  # what was answered before is planning's to count
        ground.choices = [choice for choice in ground.choices if choice[0] != Ground.REPEATED]
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        """Files put to the draft, to be sent with the answer."""
        offer_held(self, held)

    def clean(self) -> dict[str, Any]:
        """All that is missing at once."""
        super().clean()
        if outcome := self.cleaned_data.get("outcome"):
            for name, message in faults(outcome, self.answer(), by_department=True).items():
                if name not in self.errors:
                    self.add_error(name, message)
        return self.cleaned_data

    def clean_carry_out_on(self) -> Any:
        day = self.cleaned_data["carry_out_on"]
        if day and day < today():
            raise forms.ValidationError(_("오늘이나 그 뒤의 날을 입력해 주세요."))
        return day

    def answer(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ANSWER}


class AskOpinionForm(ReasonForm):
    office = forms.CharField(
        label=_("의견을 물을 곳"), max_length=60, help_text=_("예: 시 도로교통실, 한국교통연구원")
    )
    field_order = ("office", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("물을 내용")


class OpinionForm(FilesForm):
    answer = forms.CharField(label=_("회신 내용"), max_length=4_000, widget=forms.Textarea({"rows": 8}))
    field_order = ("answer", "held", "attachments")
    attachments = files_field(_("회신 문서"))


class InterimForm(ModelForm):
    """What the system has drafted, to be written on."""

    class Meta:
        model = Interim
        fields = ("reason", "answer_on")
        widgets = {"reason": forms.Textarea({"rows": 6}), "answer_on": DateInput()}
        help_texts = {"reason": _("제안자와 누구나 읽습니다. 쉬운 말로 적어 주세요.")}
