"""A club as a panel that meets (C1–C3, C7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import Best, Report, Support, Upkeep
from clubs.policies import FIRST_MONTH, HOURS_OF, LAST_MONTH
from clubs.rules import LEADING
from core.now import today
from core.work import keep
from core.work.keep import loaded
from core.workflow import WORKFLOWS
from meetings.enums import Chair
from meetings.kinds import PanelKind
from meetings.rules import chairs_in
from mileage.catalogue import MEETING_HOURS
from mileage.rules import hundredths

OF_LEADERS = (Upkeep, Report, Support, Best)  # whose open work follows the seats


class ClubPanel(PanelKind):
    key: ClassVar[str] = "club"
    label = _("학습동아리")
    section = "clubs"
    home = (_("학습동아리"), "clubs:home")
    chairs: ClassVar[Mapping[str, Any]] = {
        Chair.CHAIR: _("회장"),
        Chair.LEADER: _("분임장"),
        Chair.SECRETARY: pgettext_lazy("동아리", "총무"),
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

    def meets(self, panel: Any, day: date) -> bool:
        """In the months in which clubs are active (C1)."""
        return FIRST_MONTH.on(day) <= day.month <= LAST_MONTH.on(day)

    def may_seat(self, user: Any, panel: Any) -> bool:
        """The club looks after its own members (C1): secretaries, leaders, the president."""
        return not chairs_in(user, panel, today()).isdisjoint(LEADING)

    def moved(self, panel: Any) -> None:
        """Whoever leads a club has its open work."""
        for model in OF_LEADERS:
            workflow = WORKFLOWS.get(model._meta.label_lower)
            if workflow is not None and workflow.work is not None:
                rows = loaded(workflow).filter(club__panel=panel, state__in=workflow.work.states)
                keep.refresh(*rows)
