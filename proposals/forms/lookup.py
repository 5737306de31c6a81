"""How who has no link at hand opens the own proposal (P3)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class LookupForm(Form):
    number = forms.CharField(label=_("접수번호"), max_length=20, help_text=_("예: 2026-00012"))
    code = forms.CharField(
        label=_("확인번호"),
        max_length=20,
        help_text=_("접수할 때 받은 열 자리입니다. 예: ABCDE-23456"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )


class AgainForm(Form):
    """Who has lost the link; what is given is compared, and told nobody."""

    number = forms.CharField(label=_("접수번호"), max_length=20, help_text=_("예: 2026-00012"))
    email = forms.EmailField(
        label=_("제안할 때 적은 전자우편"), widget=forms.EmailInput({"autocomplete": "email"})
    )
