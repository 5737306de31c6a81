"""Fields for files: those chosen now, and those put to the draft of a form that could not be sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.attachments import ACCEPT, validate
from core.forms import FilesField, FilesInput
from core.models import Attachment

FILES = _("첨부 파일")
FILES_HELP = _("hwpx, hwp, pdf, 오피스 문서, 그림 · 파일당 20MB 이하")
HELD = _("올려 둔 파일")


def files_field(label: Any = FILES, *, required: bool = False, **kwargs: Any) -> FilesField:
    return FilesField(
        label=label,
        required=required,
        help_text=FILES_HELP,
        widget=FilesInput({"accept": ACCEPT}),
        validators=[validate],
        **kwargs,
    )


def held_field(label: Any = HELD) -> forms.MultipleChoiceField:
    """Files put to the draft, by their ids; what they are is told by `offer_held`."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("빼려면 선택을 풀어 주세요."),
    )


def offer_held(form: forms.BaseForm, files: Sequence[Attachment]) -> None:
    """The choices of the form's field `held`; without files nothing is shown."""
    field: Any = form.fields["held"]
    field.widget = forms.CheckboxSelectMultiple() if files else forms.MultipleHiddenInput()
    field.choices = [(str(file.pk), file.name) for file in files]
