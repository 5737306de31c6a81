"""A briefing as a panel that meets: planning prepares it, who comes follows from who is named (I5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incentives.selectors.agenda import offers_for
from meetings.enums import Chair
from meetings.kinds import PanelKind


class BriefingPanel(PanelKind):
    key: ClassVar[str] = "briefing"
    label = _("보고회")
    section = "incentives"
    home = (_("보고회"), "incentives:briefings")
    chairs: ClassVar[Mapping[str, Any]] = {
        Chair.CHAIR: _("주관"),
        Chair.MEMBER: _("참석자"),
        Chair.SECRETARY: _("간사"),
    }
    member = _("참석자")
    words: ClassVar[Mapping[str, Any]] = {
        "about": _("보고회 개요"),
        "minutes": _("보고회 내용"),
        "files": _("보고 자료"),
        "title": _("보고회 이름"),
        "plan": _("보고회 잡기"),
        "to_page": _("보고회 화면으로 돌아가기"),
    }
    by_planning = True
    reasoned = True
    stand_ins = True
    shared = True

    def page(self, panel: Any) -> str:
        return str(panel.briefing.get_absolute_url())

    def papers(self, session: Any) -> Sequence[tuple[Any, str]]:
        url = reverse("incentives:briefing_paper", args=[session.pk])
        return [(_("보고 자료 인쇄"), url), (_("보고 자료 한글(HWPX)"), f"{url}?format=hwpx")]

    def offers(self, user: Any, panel: Any) -> Iterable[tuple[Model, str]]:
        return offers_for(panel.briefing)
