"""A field of knowledge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ModelForm
from knowledge.models import Field
from organization.forms import StaffField

NAMES = ("name", "order", "keeper", "closed")


class FieldForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    keeper = StaffField(
        label=_("분야 담당"),
        required=False,
        help_text=_("직원번호나 이름. 이 분야의 글을 승인할 수 있습니다."),
    )
    field_order = ("name", "keeper", "order", "closed", "version")

    class Meta:
        model = Field
        fields = ("name", "order", "closed")
        help_texts = {
            "closed": _("새 글에서 고를 수 없습니다. 있던 글은 그대로 남습니다."),
            "order": _("작은 수가 먼저 보입니다."),
        }

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in NAMES}
