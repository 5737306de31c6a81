"""Files of past posts."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django.utils.functional import cached_property

from core.forms import Form, KrdsFormHelper
from core.held import files_field, held_field, offer_held
from core.models import Attachment


class FilesForm(Form):
    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(Layout("held", "attachments"))
