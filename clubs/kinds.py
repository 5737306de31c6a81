"""A club as a panel that meets (C1–C3, C7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from clubs.policies import HOURS_OF
from core.now import today
from meetings.enums import Chair
from meetings.kinds import PanelKind
from mileage.catalogue import MEETING_HOURS
from mileage.rules import hundredths


class ClubPanel(PanelKind):
    key: ClassVar[str] = "club"
    label = _("학습동아리")
    section = "clubs"
    home = (_("학습동아리"), "clubs:home")
    chairs: ClassVar[Mapping[str, Any]] = {
        Chair.CHAIR: _("회장"),
        Chair.LEADER: _("분임장"),
        Chair.SECRETARY: _("총무"),
        Chair.MEMBER: _("회원"),
    }
    member = _("회원")
    stand_ins = True
    shared = True
    rule = MEETING_HOURS

    def page(self, panel: Any) -> str:
        return str(panel.club.get_absolute_url())

    def hours(self, presence: str, day: date) -> int:
        worth = HOURS_OF.get(presence)
        return hundredths(worth.on(day)) if worth else 0

    def may_seat(self, user: Any, panel: Any) -> bool:
        """The club looks after its own members (C1): secretaries, leaders, the president."""
        chairs = (Chair.CHAIR, Chair.LEADER, Chair.SECRETARY)
        return any(seat.user_id == user.pk and seat.chair in chairs for seat in panel.seats.on(today()))
