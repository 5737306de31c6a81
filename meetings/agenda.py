"""What a panel still has to be told of: its earlier decisions that are not done (C8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from meetings.enums import DecisionState
from meetings.models import Decision, Panel

MOST = 30


def offer(user: Any, panel: Panel) -> Iterable[tuple[Model, str]]:
    """Those of its sessions, the most urgent first."""
    rows = Decision.objects.visible_to(user).filter(session__panel=panel, state=DecisionState.OPEN)
    for one in rows.order_by("until", "pk")[:MOST]:
        yield one, _("지난 결정 점검: %(text)s") % {"text": one.text}
