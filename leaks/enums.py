"""Words of leaks of personal data (D7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What was done last; whether both are done, the moments on the leak say."""

    KNOWN = "known", _("조치 전")
    TOLD = "told", _("통지함")
    REPORTED = "reported", _("신고함")
    CLOSED = "closed", _("종결")
    WITHDRAWN = "withdrawn", _("유출 아님")


OPEN = (State.KNOWN, State.TOLD, State.REPORTED)
TONES = {
    State.KNOWN: "danger",
    State.TOLD: "info",
    State.REPORTED: "info",
    State.CLOSED: "success",
    State.WITHDRAWN: "neutral",
}
