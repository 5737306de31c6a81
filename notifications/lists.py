"""Lists of what is open: those who lead choose rows and ask for them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from core.listed import BulkAction
from core.lists import ListView
from core.permissions import can


class NudgingList(ListView):
    """With `독촉하기` where nothing else is done with the chosen rows."""

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        if can(self.actor, "notifications.nudge"):
            return [BulkAction("nudge", _("독촉하기"))]
        return []

    def get_bulk_url(self) -> str:
        return reverse("notifications:nudge", args=[self.model._meta.label_lower])
