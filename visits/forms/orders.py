"""Forms of travel orders."""

from django import forms
from django.utils.translation import gettext_lazy

from basis.official import check_document_number
from core.forms import Form


class OrderForm(Form):
    number = forms.CharField(
        label=gettext_lazy("출장명령 번호"),
        max_length=60,
        validators=[check_document_number],
        help_text=gettext_lazy("예: 총무과-1131"),
    )


class CorrectOrderForm(OrderForm):
    reason = forms.CharField(
        label=gettext_lazy("정정 사유"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
