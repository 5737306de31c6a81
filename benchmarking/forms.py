"""Forms of benchmarking. They check shape; the services check the rules."""

from collections.abc import Collection, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from basis.official import check_document_number
from benchmarking.enums import Decision
from benchmarking.models import Case, Review
from benchmarking.services.reviews import PLAN, faults
from core.forms import ChoiceCards, ChoiceTree, DateInput, Form, ModelForm, WonField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from core.now import today
from organization.models import Department, User
from organization.selectors import staff_of


def case_field(field: models.Field, **kwargs: Any) -> Any:
    """An address typed without its scheme is taken as https."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class CaseForm(ModelForm):
    """Title first; similar cases appear beside it while typing (B2)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    estimated_cost = WonField(label=_("예상 비용(원)"), required=False, help_text=_("모르면 비워 두세요."))
    attachments = files_field()
    layout = Layout(
        "version",
        "title",
        Fieldset(
            _("어디서 찾았나요"),
            Div("source_kind", "source_name", css_class="form-row"),
            Div("channel", "found_on", css_class="form-row"),
            "link",
        ),
        Fieldset(
            _("어떤 사례인가요"),
            "summary",
            Div("field", "cost_class", "estimated_cost", css_class="form-row"),
            "attachments",
        ),
    )

    class Meta:
        model = Case
        formfield_callback = case_field
        fields = (
            "title",
            "source_kind",
            "source_name",
            "channel",
            "found_on",
            "link",
            "summary",
            "field",
            "cost_class",
            "estimated_cost",
        )
        widgets = {"summary": forms.Textarea({"rows": 7}), "found_on": DateInput()}
        help_texts = {
            "title": _("무엇을 어떻게 하는 사례인지 한 줄로 적어 주세요."),
            "source_name": _("예: ○○시, ○○구 보건소"),
            "cost_class": _("비예산·저예산 사례를 먼저 검토합니다."),
        }

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day > today():
            raise forms.ValidationError(_("발굴일은 오늘 또는 이전이어야 합니다."))
        return day

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def department_choices() -> list[tuple[Any, Any]]:
    """Open departments and 동 grouped by bureau."""
    rows = Department.objects.open_on(today()).reviewing().select_related("parent")
    groups: dict[str, list[tuple[str, str]]] = {}
    for department in rows:
        head = department.parent.name if department.parent else str(_("직속"))
        groups.setdefault(head, []).append((str(department.pk), department.name))
    return list(groups.items())


class DispatchForm(Form):
    """To whom, and a covering note (B3)."""

    departments = forms.MultipleChoiceField(label=_("검토 부서"), widget=ChoiceTree)
    note = forms.CharField(
        label=_("요청 사항"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("부서에 함께 전할 말이 있으면 적어 주세요."),
    )

    document = forms.CharField(
        label=_("통보 문서번호"),
        required=False,
        max_length=60,
        validators=[check_document_number],
        help_text=_("전자결재로 함께 보낸 문서가 있으면 적어 주세요. 예: 기획예산과-1131"),
    )

    def __init__(
        self, *args: Any, load: dict[int, tuple[int, int]], vacant: Collection[int] = (), **kwargs: Any
    ) -> None:
        """`vacant`: departments without a head, where somebody else will have to confirm."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["departments"]
        field.choices = department_choices()
        field.widget.notes = {
            str(pk): (_("진행 %(n)d · 지남 %(late)d") if late else _("진행 %(n)d")) % {"n": n, "late": late}
            for pk, (n, late) in load.items()
        }
        for pk in map(str, vacant):
            known = field.widget.notes.get(pk)
            field.widget.notes[pk] = " · ".join(filter(None, [known, str(_("부서장 없음"))]))

    def chosen(self) -> list[Department]:
        return list(Department.objects.filter(pk__in=self.cleaned_data["departments"]))


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


class AssignForm(Form):
    reviewer = forms.ModelChoiceField(label=_("검토자"), queryset=User.objects.none())

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reviewer"]
        field.queryset = staff_of(review.department_id)
        field.label_from_instance = lambda user: user.full_label


class ExtensionForm(Form):
    end = forms.DateField(label=_("연장할 날짜"), help_text=_("토요일과 공휴일은 고를 수 없습니다."))
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class PauseForm(Form):
    start = forms.DateField(label=_("정지 시작일"))
    end = forms.DateField(
        label=_("정지 종료일"),
        required=False,
        help_text=_("아직 모르면 비워 두세요. 나중에 정지를 끝낼 수 있습니다."),
    )
    reason = forms.CharField(
        label=_("사유"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("예: ○○시에 자료를 요청하여 회신을 기다리는 중"),
    )


class ClockDecisionForm(Form):
    approve = forms.ChoiceField(
        label=_("처리"), choices=[("yes", _("승인")), ("no", _("반려"))], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("처리 의견"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("반려할 때는 까닭을 적어 주세요."),
    )


class FollowUpReportForm(Form):
    implemented_on = forms.DateField(label=_("업무반영일"))
    result = forms.CharField(label=_("반영 내용"), max_length=2000, widget=forms.Textarea({"rows": 5}))
    attachments = files_field(_("확인 자료"))


class FollowUpMoveForm(Form):
    planned_on = forms.DateField(label=_("새 시행 예정일"))
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))
