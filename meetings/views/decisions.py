"""What sessions gave people to do: the list, the page of one, its steps (C8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ReasonStep, StepPage
from meetings.enums import DECISION_TONES, DecisionState
from meetings.filters import DecisionFilter
from meetings.forms.sessions import MoveForm, OutcomeForm
from meetings.models import Decision
from meetings.services import decisions
from meetings.workflow_decisions import DECISION
from notifications.bar import bar_of
from organization.enums import person_text
from organization.views.tables import table

DECISIONS = (gettext_lazy("결정 사항"), reverse_lazy("meetings:decisions"))


def get_decision(user: Any, pk: int) -> Decision:
    """404 for what one may not know."""
    rows = Decision.objects.visible_to(user).select_related(
        "session__panel", "person__department", "department"
    )
    return get_object_or_404(rows, pk=pk)


def decision_table(rows: Iterable[Decision]) -> dict[str, Any] | None:
    """On the page of their session."""
    lines: list[list[Cell | str]] = [
        [
            Cell(one.text, url=one.get_absolute_url()),
            one.whose,
            date_weekday(one.until) if one.until else "–",
            Cell(str(one.get_state_display()), tone=DECISION_TONES[DecisionState(one.state)]),
        ]
        for one in rows
    ]
    heads = [_("할 일"), _("맡은 사람·부서"), _("기한"), _("상태")]
    return table(_("결정 사항"), heads, lines) if lines else None


def _whose(department: str | None, of: str | None, position: str | None, name: str | None) -> str:
    return department or person_text(of, position, name)


class DecisionList(ListView):
    permission = "meetings.decision"
    section = "evaluations"
    title = gettext_lazy("결정 사항")
    file_name = gettext_lazy("회의_결정_사항")
    filter_class = DecisionFilter
    open_states = (DecisionState.OPEN, DecisionState.DRAFT)
    urgent_order = ("until", "pk")
    default_order = ("-session__held_on", "order")
    crumbs = ((DECISIONS[0], None),)
    empty_message = gettext_lazy("조건에 맞는 결정 사항이 없습니다.")
    columns = (
        Column("text", gettext_lazy("할 일"), ("text",), primary=True, width=40),
        Column(
            "whose",
            gettext_lazy("맡은 사람·부서"),
            ("department__name", "person__department__name", "person__position", "person__name"),
            _whose,
            excel=_whose,
            width=24,
        ),
        Column("until", gettext_lazy("기한"), ("until",), day, sort=("until",), kind="date", excel=lambda d: d),
        Column(
            "panel", gettext_lazy("위원회·모임"), ("session__panel__name",), sort=("session__panel__name",), width=24,
        ),
        Column(
            "held", gettext_lazy("회의일"), ("session__held_on",), day, sort=("session__held_on",), kind="date",
            excel=lambda d: d, hide_mobile=True,
        ),
        Column("done", gettext_lazy("처리일"), ("done_on",), day, sort=("done_on",), kind="date", excel=lambda d: d),
        Column("outcome", gettext_lazy("처리 결과"), ("outcome",), screen=False, width=40),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(DecisionState, DECISION_TONES), sort=("state",),
            excel=choice(DecisionState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Decision]:
        return Decision.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("meetings:decision", args=[pk])


class DecisionPage(BaseView):
    permission = "meetings.decision"
    section = "evaluations"
    template_name = "meetings/decision.html"

    def get_crumbs(self) -> Crumbs:
        return [DECISIONS, (self.decision.text, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.decision = one = get_decision(request.user, pk)
        log = latest_first(one)
        session = one.session
        facts = [
            (_("맡은 사람·부서"), one.whose),
            (_("기한"), date_weekday(one.until) if one.until else _("정하지 않음")),
            (_("회의"), f"{session}, {date_weekday(session.held_on)}"),
        ]
        if one.done_on:
            facts += [(_("처리일"), date_weekday(one.done_on)), (_("처리 결과"), one.outcome)]
        seen = type(session).objects.visible_to(request.user).filter(pk=session.pk).exists()
        return self.render(
            {
                "title": one.text,
                "badges": [Badge(one.get_state_display(), DECISION_TONES[DecisionState(one.state)])],
                **bar_of(request.user, one, log=log),
                "facts": facts,
                "session_url": session.get_absolute_url() if seen else "",
                "events": [event_of(row) for row in log],
            }
        )


class DecisionStep(StepPage):
    workflow = DECISION
    find = staticmethod(get_decision)
    section = "evaluations"
    permission = "meetings.decision"
    above = (DECISIONS,)


class DecisionFinish(DecisionStep, FormPage):
    step = "finish"
    form_class = OutcomeForm
    binds = True
    success = gettext_lazy("처리 결과를 기록했습니다.")

    def act(self, form: OutcomeForm) -> str:
        decisions.finish(self.object, form.cleaned_data["outcome"], version=self.seen, actor=self.actor)
        return self.get_success_url()


class DecisionMove(DecisionStep, FormPage):
    step = "move"
    form_class = MoveForm
    binds = True
    success = gettext_lazy("기한을 바꾸고 맡은 사람에게 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.object.until}

    def act(self, form: MoveForm) -> str:
        data = form.cleaned_data
        decisions.move(self.object, data["until"], reason=data["reason"], version=self.seen, actor=self.actor)
        return self.get_success_url()


class DecisionDrop(DecisionStep, ReasonStep):
    step = "drop"
    danger = True
    success = gettext_lazy("결정을 거두고 맡은 사람에게 알렸습니다.")
    service = staticmethod(decisions.drop)


class DecisionReopen(DecisionStep, ReasonStep):
    step = "reopen"
    success = gettext_lazy("다시 처리하게 하고 맡은 사람에게 알렸습니다.")
    service = staticmethod(decisions.reopen)
