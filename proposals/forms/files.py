"""Files of a form: those chosen now, and those put to its draft when it could not be sent."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import Form
from core.held import files_field, held_field, offer_held
from core.models import Attachment


class FilesForm(Form):
    """Of pages that hold files (core.views.held)."""

    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)


class PicturesForm(FilesForm):
    """Of citizens, who rather have pictures."""

    attachments = files_field(_("사진이나 파일"))
