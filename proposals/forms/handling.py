"""What planning fills in of a proposal, and the proposer's answers (P5, P6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, DateInput, Form, ModelForm, ReasonForm, WonField, YearField
from core.now import today
from organization.models import Department
from proposals.enums import Petition
from proposals.forms.files import PicturesForm
from proposals.models import Decision, Proposal
from proposals.services.notices import Notice

REASON = _("제안자에게 알릴 까닭")


class SupplementForm(PicturesForm):
    """What the proposer adds."""

    answer = forms.CharField(label=_("보완한 내용"), max_length=4_000, widget=forms.Textarea({"rows": 8}))
    field_order = ("answer", "held", "attachments")


class NoticeForm(ModelForm):
    """A decision as the proposer reads it."""

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def notice(self) -> Notice:
        found: Any = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return found


class AdoptForm(NoticeForm):
    cost = WonField(
        label=_("드는 예산(원)"), required=False, help_text=_("예산이 들지 않으면 0을 입력해 주세요.")
    )
    budget_year = YearField(label=_("예산 연도"), required=False)

    class Meta:
        model = Decision
        fields = (
            "present", "feasibility", "effect", "taken", "reason", "department", "carry_out_on", "cost", "budget_year",
        )  # fmt: skip
        widgets = {"carry_out_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = Department.objects.reviewing().filter(valid_to=None)
        self.fields["reason"].label = _("받아들이지 않는 부분과 까닭")
        for name in ("present", "taken", "department", "carry_out_on"):
            self.fields[name].required = True

    def clean_carry_out_on(self) -> Any:
        day = self.cleaned_data["carry_out_on"]
        if day < today():
            raise forms.ValidationError(_("오늘이나 그 뒤의 날을 입력해 주세요."))
        return day


class RejectForm(NoticeForm):
    class Meta:
        model = Decision
        fields = ("present", "feasibility", "effect", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("present", "reason"):
            self.fields[name].required = True


class DismissForm(NoticeForm):
    class Meta:
        model = Decision
        fields = ("ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = REASON
        for name in ("ground", "reason"):
            self.fields[name].required = True


class ConvertForm(ReasonForm):
    petition = forms.ChoiceField(label=_("민원 종류"), choices=Petition.choices, widget=ChoiceCards)
    field_order = ("petition", "reason")


class TransferForm(ReasonForm):
    passed_to = forms.CharField(label=_("이송할 기관"), max_length=60)
    field_order = ("passed_to", "reason")


class LinkForm(ReasonForm):
    first = forms.CharField(label=_("먼저 접수된 제안의 번호"), max_length=20, help_text=_("예: 2026-00012"))
    field_order = ("first", "reason")

    def clean_first(self) -> Proposal:
        if found := Proposal.objects.of_code(self.cleaned_data["first"]).first():
            return found
        raise forms.ValidationError(_("그런 번호의 제안이 없습니다. 번호를 확인해 주세요."))


class LookForm(Form):
    """Why one looks at who a citizen is (D3)."""

    reason = forms.CharField(label=_("열람 사유"), max_length=200, min_length=4)
