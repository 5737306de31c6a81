"""The forms of an intake."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class ImportForm(Form):
    file = forms.FileField(
        label=_("엑셀 파일"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(".xlsx 파일만 올릴 수 있습니다."),
    )
