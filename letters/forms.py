"""What planning puts right in a letter, and how kinds of letters are worded."""

from typing import Any

from django import forms
from django.core.validators import validate_email

from core.forms import ModelForm
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


class WordingForm(ModelForm):
    class Meta:
        model = Wording
        fields = ("title", "body")
        widgets = {"body": forms.Textarea({"rows": ROWS})}
