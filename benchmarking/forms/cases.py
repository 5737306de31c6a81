"""Forms of cases: intake, correction, taking in."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected
from benchmarking.enums import REPORTS
from benchmarking.models import Case
from benchmarking.services.cases import SUGGESTED
from core.forms import DateInput, Form, KrdsFormHelper, ModelForm, WonField
from core.held import files_field
from core.now import today
from core.permissions import can
from organization.models import User
from organization.roster import Roster
from reviews.forms.sheet import DepartmentsField

# Nothing but a record of earlier years may be without these (N1).
ASKED = ("source_kind", "source_name", "channel", "found_on", "summary", "field", "cost_class")
DIFFERENCE = _("비슷한 사례와 다른 점")


def case_field(field: models.Field, **kwargs: Any) -> Any:
    """An address typed without its scheme is taken as https."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


def _layout(*asked: str) -> Layout:
    """`asked`: of the fields that not everybody sees."""
    finder = [name for name in asked if name == "finder"]
    return Layout(
        "version",
        "title",
        "difference",
        Fieldset(
            _("어디서 찾았나요"),
            Div("source_kind", "source_name", css_class="form-row"),
            Div("channel", "found_on", css_class="form-row"),
            Div(*finder, "link", css_class="form-row"),
        ),
        Fieldset(
            _("어떤 사례인가요"),
            "summary",
            Div("field", "cost_class", "estimated_cost", css_class="form-row"),
            "attachments",
        ),
        *(name for name in asked if name == "departments"),
    )


class CaseForm(ModelForm):
    """Title first; similar cases appear beside it while typing (B2). Who found it is asked while no points have been
    given for it, and of planning; planning may say beforehand which departments will be asked."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    estimated_cost = WonField(label=_("예상 비용(원)"), required=False, help_text=_("모르면 비워 두세요."))
    finder = forms.CharField(
        label=_("발굴자"),
        required=False,
        max_length=60,
        help_text=_("이름이나 직원번호를 적어 주세요. 발굴 점수를 받을 사람입니다."),
    )
    departments = DepartmentsField(label=_("검토 예정 부서"), required=False)
    attachments = files_field()

    class Meta:
        model = Case
        formfield_callback = case_field
        fields = (
            "title",
            "difference",
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
        widgets = {
            "summary": forms.Textarea({"rows": 7}),
            "found_on": DateInput(),
            "difference": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "title": _("무엇을 어떻게 하는 사례인지 한 줄로 적어 주세요."),
            "source_name": _("예: ○○시, ○○구 보건소"),
            "cost_class": _("비예산·저예산 사례를 먼저 검토합니다."),
        }

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED if case is None or not case.is_record else ():
            self.fields[name].required = True
        self.finds: User | None = user  # who found it if nobody else is named
        plans = can(user, "benchmarking.plan")
        if not plans:
            del self.fields["departments"]
        if case is not None:
            self.finds = case.found_by
            if not plans and case.state not in REPORTS:
                del self.fields["finder"]
        if not (self.data.get("difference") or self.initial.get("difference")):
            self.fields["difference"].widget = forms.HiddenInput()  # until there is something like it

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(_layout(*(name for name in ("finder", "departments") if name in self.fields)))

    def reject(self, field: str | None, message: str) -> None:
        if field == "difference":
            self.fields["difference"].widget = forms.Textarea({"rows": 2})
        super().reject(field, message)

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day is not None and day > today():
            raise forms.ValidationError(_("발굴일은 오늘 또는 이전이어야 합니다."))
        return day

    def clean_finder(self) -> User | None:
        text = self.cleaned_data["finder"]
        if not text:
            return self.finds
        try:
            return Roster.of(text).read(text)
        except Rejected as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "send" in self.data and "departments" in self.fields and found.get("departments") == []:
            self.add_error("departments", _("보낼 부서를 하나 이상 입력해 주세요."))
        return found

    def values(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if "finder" in self.fields:
            found["found_by"] = self.cleaned_data["finder"]
        if "departments" in self.fields:
            found[SUGGESTED] = self.cleaned_data["departments"]
        return found


def finder_text(person: User | None) -> str:
    """As `Roster` reads it."""
    return f"{person.name} {person.employee_number}" if person else ""


class TakeInForm(Form):
    difference = forms.CharField(
        label=DIFFERENCE, required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
