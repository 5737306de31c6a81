"""What the own calendar declares."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calendars.selectors import FEED
from core.navigation import MenuItem
from core.passes import BearerKind
from core.permissions import can
from core.process import Process

PROCESS = Process(
    account=(
        MenuItem(
            "calendar",
            _("내 일정 주소"),
            "calendars:mine",
            permission=lambda user: can(user, "calendars.own"),
            order=25,
        ),
    ),
    bearers=(BearerKind(FEED, lambda user: reverse("calendars:mine")),),
)
