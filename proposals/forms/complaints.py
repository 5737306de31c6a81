"""Reporting a public text, and what planning fills in to decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, Form, ReasonForm
from proposals.enums import Complaint as Ground


class ComplaintForm(Form):
    ground = forms.ChoiceField(label=_("신고 사유"), choices=Ground.choices, widget=ChoiceCards)
    text = forms.CharField(
        label=_("신고 내용"),
        max_length=1_000,
        min_length=4,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("어느 부분이 왜 문제인지 적어 주세요. 이름이나 연락처는 적지 마세요."),
    )


class CoverForm(ReasonForm):
    words = forms.CharField(
        label=_("가릴 말"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("한 줄에 하나씩, 글에 쓰인 그대로 적어 주세요. 별표로 바뀝니다."),
    )
    field_order = ("words", "reason")

    def clean_words(self) -> list[str]:
        lines = map(str.strip, self.cleaned_data["words"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))
