"""What readers send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from knowledge.models.activity import LONGEST_OPINION


class OpinionForm(Form):
    text = forms.CharField(label=_("의견"), max_length=LONGEST_OPINION, widget=forms.Textarea({"rows": 4}))
