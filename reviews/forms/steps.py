"""Forms of the steps of a review. They check shape; the services check the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import Form
from organization.models import User
from organization.selectors import staff_of
from reviews.models import DepartmentReview


class AssignForm(Form):
    reviewer = forms.ModelChoiceField(label=_("검토자"), queryset=User.objects.none())

    def __init__(self, *args: Any, review: DepartmentReview, **kwargs: Any) -> None:
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
        label=_("처리"),
        choices=[("yes", pgettext_lazy("button", "승인")), ("no", pgettext_lazy("button", "반려"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("처리 의견"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("반려할 때는 까닭을 적어 주세요."),
    )
