"""The briefings of a year: which there are, made for the whole year, the list of their sessions (I5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.documents.response import document_response
from basis.errors import Rejected
from basis.formats import counted, date_weekday
from core.cells import Cell
from core.components import Action
from core.now import today
from core.numbers import whole
from core.page import BaseView, Request
from core.permissions import can
from core.views.forms import PreviewPage
from incentives.documents_briefing import briefing_paper
from incentives.enums import BriefingKind
from incentives.forms.briefings import YearForm
from incentives.kinds import BriefingPanel
from incentives.models import Briefing
from incentives.services import briefings
from incentives.views.lists import HOME, SECTION
from meetings.filters import group_filter
from meetings.models import Session
from meetings.selectors import SESSION_TONES
from meetings.views.lists import GroupSessions
from organization.views.tables import table

LIST = (gettext_lazy("보고회"), reverse_lazy("incentives:briefings"))
USUAL = {"nth": 3, "weekday": 1, "begins_at": dt.time(14), "ends_at": dt.time(16)}


KINDS = list(BriefingKind.values)


def _place(one: Briefing) -> tuple[int, int]:
    """In the order of the office's plan, bureaus in their own."""
    return KINDS.index(one.kind), one.bureau.order if one.bureau else 0


class Briefings(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/briefings.html"
    crumbs = (HOME, LIST)

    def get(self, request: Request) -> HttpResponse:
        year = whole(request.GET.get("year", "")) or today().year
        url = reverse("incentives:briefings")
        rows = Briefing.objects.visible_to(request.user).filter(year=year).select_related("panel", "bureau")
        found = sorted(rows.prefetch_related("panel__sessions__items"), key=_place)
        lines = [(one, *self.shown(one)) for one in found]
        return self.render(
            {
                "title": _("보고회"),
                "lead": _("성과 보고회, 종합보고회, 사업별·국별 보고회와 추진사항 점검의 한 해 일정입니다."),
                "year": year,
                "before": f"{url}?year={year - 1}",
                "after": f"{url}?year={year + 1}" if year <= today().year else "",
                "primary": Action(_("한 해 보고회 만들기"), reverse("incentives:briefings_new"))
                if can(self.actor, "incentives.plan")
                else None,
                "actions": [Action(_("보고회 목록"), reverse("incentives:sessions"))],
                "briefings": [line for line in lines if line[0].kind != BriefingKind.BUREAU],
                "bureaus": [line for line in lines if line[0].kind == BriefingKind.BUREAU],
            }
        )

    def shown(self, one: Briefing) -> tuple[str, dict[str, Any] | None]:
        """How many come today, and its sessions."""
        seats = one.panel.seats.on(today()).count()
        sessions = sorted(one.panel.sessions.all(), key=lambda row: (row.held_on, row.pk))
        heads = [_("날짜"), _("보고회"), _("장소"), _("안건"), _("상태")]
        rows = [self.line(row) for row in sessions]
        return counted(seats, _("명")), table(str(one), heads, rows, right=[3]) if rows else None

    def line(self, one: Session) -> list[Cell | str]:
        return [
            Cell(date_weekday(one.held_on), url=one.get_absolute_url(), sub=f"{one.begins_at:%H:%M}"),
            one.title,
            one.place,
            counted(len(one.items.all()), _("건")),
            Cell(str(one.get_state_display()), tone=SESSION_TONES[one.state]),
        ]


class BriefingsNew(PreviewPage):
    """First all days of the year with what was moved off closed ones, then all at once."""

    permission = "incentives.plan"
    section = SECTION
    form_class = YearForm
    title = gettext_lazy("한 해 보고회 만들기")
    check = gettext_lazy("날짜 확인")
    submit = gettext_lazy("모두 잡고 알리기")
    lead = gettext_lazy(
        "방침에서 정한 달에 보고회를 잡습니다. 이미 잡은 달은 건너뛰고, 쉬는 날은 같은 달의 다음 근무일로 옮깁니다. "
        "국별 보고회는 정책에서 정한 목요일의 국별회의에서 합니다."
    )
    crumbs = (HOME, LIST, (title, None))

    def get_initial(self) -> dict[str, Any]:
        return {"year": today().year, "place": _("기획상황실"), **USUAL}

    def get_cancel_url(self) -> str:
        return reverse("incentives:briefings")

    def foresee(self, form: YearForm) -> Sequence[Any]:
        found = list(briefings.wanted(form.cleaned_data["year"], form.rule()))
        if not found:
            raise Rejected(_("남은 달의 보고회를 모두 잡았습니다."), field="year")
        lines = []
        for one in found:
            days = ", ".join(
                date_weekday(planned.day) + (_("(옮김)") if planned.moved else "") for planned in one.days
            )
            lines.append(f"{one.name}: {days}")
        return lines

    def act(self, form: YearForm) -> str:
        year = form.cleaned_data["year"]
        made = briefings.generate(year, form.rule(), **form.values(), actor=self.actor)
        words = ngettext(
            "보고회 %(count)d회를 잡고 알렸습니다.", "보고회 %(count)d회를 잡고 알렸습니다.", len(made)
        )
        messages.success(self.request, words % {"count": len(made)})
        return f"{reverse('incentives:briefings')}?year={year}"


class BriefingPaper(BaseView):
    """What is put before a briefing, for printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "incentives.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        rows = Session.objects.visible_to(request.user).filter(panel__kind=BriefingPanel.key)
        session = get_object_or_404(rows.select_related("panel"), pk=pk)
        paper = briefing_paper(Briefing.objects.get(panel=session.panel_id), session)
        name = f"{session}_{session.held_on}".replace(" ", "_")
        fmt = request.GET.get("format", "html")
        return document_response(paper, fmt, name, back=session.get_absolute_url())


class BriefingSessions(GroupSessions):
    kind = BriefingPanel.key
    section = SECTION
    title = gettext_lazy("보고회 목록")
    file_name = gettext_lazy("보고회")
    filter_class = group_filter(BriefingPanel.key, gettext_lazy("보고회"))
    crumbs = (HOME, LIST, (title, None))
    columns = tuple(
        replace(one, label=gettext_lazy("보고회")) if one.key == "panel" else one
        for one in GroupSessions.columns
        if one.key != "sort"
    )
    empty_message = gettext_lazy("조건에 맞는 보고회가 없습니다. 내가 참석하는 보고회가 여기에 모입니다.")

    def get_empty_action(self) -> tuple[Any, str] | None:
        return gettext_lazy("한 해 보고회 보기"), reverse("incentives:briefings")
