"""Clubs at a glance: the panel of the dashboard (R4)."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import number
from clubs.enums import ClubState, ReportState, SupportState
from clubs.kinds import ClubPanel
from clubs.models import Club, Report, Support
from core.components import Figure
from meetings.enums import PanelState
from meetings.models import Panel
from reports.behind import Counts, counted
from reports.links import to_list

CLUBS, LACKING, LATE, ASKED = "clubs", "lacking", "late", "asked"


def rows(day: date) -> list[QuerySet]:
    open_states = (SupportState.ASKED, SupportState.CLAIMED)
    return [
        counted(CLUBS, Club.objects.filter(state=ClubState.ACTIVE)),
        counted(LACKING, Panel.objects.filter(kind=ClubPanel.key, state=PanelState.DUE)),
        counted(LATE, Report.objects.filter(state=ReportState.DUE, due_on__lt=day)),
        counted(ASKED, Support.objects.filter(state__in=open_states)),
    ]


def figures(found: Counts) -> list[Figure]:
    """Each leads to its rows, those without a meeting this month to the map."""
    clubs, lacking, late, asked = (found.get(key, (0, 0))[0] for key in (CLUBS, LACKING, LATE, ASKED))
    open_states = [SupportState.ASKED, SupportState.CLAIMED]
    return [
        Figure(
            _("활동 중인 동아리"), number(clubs), _("개"),
            to_list("clubs:list", {"state": ClubState.ACTIVE}),
        ),
        Figure(
            _("이번 달 모임이 없는 동아리"), number(lacking), _("개"), reverse("clubs:map"),
            tone="warning" if lacking else "",
        ),
        Figure(
            _("늦은 동아리 보고서"), number(late), _("건"), to_list("clubs:reports", {"late": 1}),
            tone="danger" if late else "",
        ),
        Figure(
            _("처리할 동아리 지원"), number(asked), _("건"), to_list("clubs:supports", {"state": open_states}),
        ),
    ]  # fmt: skip
