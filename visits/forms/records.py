"""Forms of visits made before the process was kept here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarking.models import Case
from core.forms import Form
from organization.models import Department


class RecordForm(Form):
    department = forms.ModelChoiceField(label=_("방문 부서"), queryset=Department.objects.none())
    visited_on = forms.DateField(label=_("방문일"))
    host = forms.CharField(label=_("방문 기관"), max_length=100)
    purpose = forms.CharField(label=_("방문 목적"), max_length=300)
    headcount = forms.IntegerField(label=_("인원"), min_value=1, max_value=99)
    case_code = forms.RegexField(
        r"^[0-9]{4}-[0-9]{1,9}$",
        label=_("사례 번호"),
        required=False,
        max_length=20,
        help_text=_("관련 사례가 있으면 2026-0012처럼 적어 주세요."),
        error_messages={"invalid": _("사례 번호는 2026-0012처럼 적어 주세요.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = Department.objects.reviewing()

    def clean_case_code(self) -> Case | None:
        code = self.cleaned_data["case_code"]
        if not code:
            return None
        year, number = code.split("-")
        case = Case.objects.filter(year=int(year), number=int(number)).first()
        if case is None:
            raise forms.ValidationError(_("이 번호의 사례가 없습니다."))
        return case

    def values(self) -> dict[str, Any]:
        """What a record of a visit consists of."""
        data = self.cleaned_data
        names = ("department", "visited_on", "host", "purpose", "headcount")
        return {**{name: data[name] for name in names}, "case": data["case_code"]}


class CorrectionForm(RecordForm):
    """What records of earlier years lack may stay so (N1)."""

    purpose = forms.CharField(label=_("방문 목적"), max_length=300, required=False)
    headcount = forms.IntegerField(label=_("인원"), min_value=1, max_value=999, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("정정 사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))
