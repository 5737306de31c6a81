"""What departments, planning and proposers fill in of that which was adopted (P8, P14)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, Form, WonField
from core.held import files_field
from organization.models import User
from organization.selectors import staff_of
from proposals.enums import Grade, Progress, Verdict
from proposals.models import Milestone, Undertaking

LONG = 4_000
REASON = _("사유")


class AssignForm(Form):
    person = forms.ModelChoiceField(label=_("담당자"), queryset=User.objects.none())

    def __init__(self, *args: Any, undertaking: Undertaking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = staff_of(undertaking.department_id)
        field.label_from_instance = lambda user: user.full_label


class ScheduleForm(Form):
    """Only the steps that have no day yet."""

    plan = forms.DateField(label=_("계획을 세우는 날"), required=False)
    budget = forms.DateField(
        label=_("예산을 확보하는 날"),
        required=False,
        help_text=_("예산이 들지 않으면 비워 두세요."),
    )

    def __init__(self, *args: Any, known: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in known:
            self.fields.pop(kind, None)

    def days(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class StepForm(Form):
    kind = forms.ChoiceField(label=_("단계"), widget=ChoiceCards)

    def __init__(self, *args: Any, steps: Iterable[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(one.kind, str(one)) for one in steps]
        if len(field.choices) == 1:
            self.initial = {"kind": field.choices[0][0], **self.initial}


class MoveForm(StepForm):
    day = forms.DateField(label=_("새 예정일"))
    reason = forms.CharField(
        label=REASON,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("공개됩니다. 제안자에게도 알립니다."),
    )


class ReachForm(StepForm):
    day = forms.DateField(label=_("마친 날"))


class CheckForm(Form):
    progress = forms.ChoiceField(label=_("추진 상황"), choices=Progress.choices, widget=ChoiceCards)
    text = forms.CharField(
        label=_("점검 내용"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("늦어지거나 어려움이 있으면 무엇 때문인지 적어 주세요."),
    )


class ReportForm(Form):
    day = forms.DateField(label=_("시행한 날"))
    result = forms.CharField(
        label=_("시행 내용"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("확인되면 제안자와 구민이 읽습니다."),
    )
    effect_from = forms.DateField(
        label=_("효과가 처음 난 날"),
        required=False,
        help_text=_("비워 두면 시행일부터 셉니다. 이날부터 한 해의 효과를 잽니다."),
    )
    attachments = files_field(_("확인할 자료"))


class EffectForm(Form):
    saving = WonField(
        label=_("한 해의 효과(원)"),
        required=False,
        help_text=_("줄어든 비용이나 늘어난 수입입니다. 금액으로 잴 수 없으면 비워 두고 글로 적어 주세요."),
    )
    cost = WonField(label=_("들어간 비용(원)"), required=False)
    words = forms.CharField(
        label=_("효과 설명"), max_length=LONG, required=False, widget=forms.Textarea({"rows": 6})
    )


class GradeForm(Form):
    grade = forms.ChoiceField(label=_("효과 등급"), choices=Grade.choices, widget=ChoiceCards)
    reason = forms.CharField(
        label=_("등급을 정한 까닭"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("기준 금액과 다른 등급을 정하거나 금액이 없을 때에 적어 주세요."),
    )


class AnswerForm(Form):
    """The proposer says whether it was done."""

    verdict = forms.ChoiceField(
        label=_("제안하신 일이 되었나요?"), choices=Verdict.choices, widget=ChoiceCards
    )
    text = forms.CharField(
        label=_("하고 싶은 말"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("공개됩니다. 이름이나 전화번호는 적지 말아 주세요."),
    )
