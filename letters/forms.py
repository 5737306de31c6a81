"""What planning puts right in a letter, and how kinds of letters are worded."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, Form, ModelForm
from letters.enums import WHERE, Way
from letters.models import Letter, Wording

ROWS = 16


class LetterForm(ModelForm):
    class Meta:
        model = Letter
        fields = ("name", "to", "title", "body")
        widgets = {"body": forms.Textarea({"rows": ROWS})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        self.fields["to"].label = WHERE[Way(self.instance.way)]
        if self.instance.way == Way.MAIL:
            self.fields["to"].validators.append(validate_email)


class RedirectForm(Form):
    """Where a letter that was refused goes instead."""

    way = forms.ChoiceField(label=_("보내는 방법"), choices=Way.choices, widget=ChoiceCards)
    to = forms.CharField(
        label=_("받는 곳"),
        max_length=254,
        help_text=_("방법에 맞는 전자우편 주소, 전화번호, 우편 주소를 적어 주세요."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("way") == Way.MAIL and found.get("to"):
            try:
                validate_email(found["to"])
            except forms.ValidationError as error:
                self.add_error("to", error)
        return found


class WordingForm(ModelForm):
    class Meta:
        model = Wording
        fields = ("title", "body")
        widgets = {"body": forms.Textarea({"rows": ROWS})}
