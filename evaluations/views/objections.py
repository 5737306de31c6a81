"""Objections to results: their list, each of them, and the answer (E4, D9)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, datetime_ko
from core.access import Look
from core.cells import Cell, Column, badge_cell, choice, due_cell
from core.components import Badge, Way
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.enums import ObjectionState
from evaluations.filters_results import ObjectionFilter
from evaluations.models import Objection
from evaluations.services import objections
from evaluations.views.lists import HOME
from evaluations.views.results import results_url
from evaluations.views.results_find import SEE, get_objection
from evaluations.workflow_results import OBJECTION
from notifications.bar import bar_of

TITLE = gettext_lazy("심사 결과 이의")
LIST = (TITLE, reverse_lazy("evaluations:objections"))
TONES = {ObjectionState.ASKED: "info", ObjectionState.UPHELD: "success"}


class ObjectionList(ListView):
    permission = "evaluations.objections"
    section = "evaluations"
    title = TITLE
    file_name = gettext_lazy("심사_결과_이의")
    filter_class = ObjectionFilter
    open_states = (ObjectionState.ASKED,)
    urgent_order = ("due",)
    default_order = ("-asked_at", "-pk")
    crumbs = (HOME, (TITLE, None))
    empty_message = gettext_lazy("조건에 맞는 이의가 없습니다.")
    columns = (
        Column("round", gettext_lazy("심사"), ("round__title",), sort=("round__title",), primary=True, width=40),
        Column("entry", gettext_lazy("심사 대상"), ("entry__number", "entry__title"), lambda n, t: f"{n}. {t}",
               excel=lambda n, t: f"{n}. {t}", width=50),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(ObjectionState, TONES), sort=("state",),
               excel=choice(ObjectionState)),
        Column("asked", gettext_lazy("신청 일시"), ("asked_at",), datetime_ko, sort=("asked_at",), excel=datetime_ko,
               width=20, hide_mobile=True),
        Column("due", gettext_lazy("답변 기한"), ("due", "answered_at"),
               lambda due, answered: Cell("") if answered else due_cell(due), sort=("due",), kind="date",
               excel=lambda due, _answered: due),
        Column("answered", gettext_lazy("답변 일시"), ("answered_at",), lambda at: datetime_ko(at) if at else "",
               sort=("answered_at",), excel=lambda at: datetime_ko(at) if at else "", width=20, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Objection]:
        """Who judges in a round does not read what is objected to in it."""
        return Objection.objects.visible_to(user).exclude(round__stages__judges__user=user)

    def row_url(self, pk: Any) -> str:
        return reverse("evaluations:objection", args=[pk])


class ObjectionPage(BaseView):
    permission = "evaluations.view"
    section = "evaluations"
    template_name = "evaluations/objection.html"
    objection: Objection
    reveals = "result_objection"

    def get_look(self) -> Look | None:
        one = self.objection
        return None if one.asked_by_id == self.actor.pk else Look(str(one), one.pk)

    def get_crumbs(self) -> Crumbs:
        above = [HOME, LIST] if can(self.actor, "evaluations.objections") else [HOME]
        return [*above, (self.objection.entry.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.objection = one = get_objection(request.user, pk)
        sees = can(request.user, SEE, one.round)
        where = results_url(one.round) if sees else reverse("evaluations:told_round", args=[one.round_id])
        return self.render(
            {
                "title": one.entry.title,
                "lead": TITLE,
                "badges": [Badge(one.get_state_display(), TONES.get(ObjectionState(one.state), "neutral"))],
                "ways": [Way(_("심사"), one.round.title, where)] if sees or one.round.is_told else [],
                **bar_of(request.user, one),
                "facts": [
                    (_("신청 일시"), datetime_ko(one.asked_at)),
                    (_("답변 기한"), date_weekday(one.due)),
                    (_("이의가 있는 까닭"), one.reason),
                ],
                "answer": [
                    (_("답변"), one.answer),
                    (_("답변 일시"), datetime_ko(one.answered_at)),
                    *([(_("답한 직원"), str(one.answered_by))] if sees else []),
                ]
                if one.answered_at
                else [],
                "events": [event_of(row) for row in latest_first(one)] if sees else [],
            }
        )


class ObjectionStep(StepPage):
    workflow = OBJECTION
    find = staticmethod(get_objection)
    section = "evaluations"
    permission = "evaluations.view"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.entry.title)


class Uphold(ObjectionStep, ReasonStep):
    step = "uphold"
    reveals = "result_objection"
    lead = gettext_lazy(
        "결과를 초안으로 되돌리고 위원회가 다시 의결합니다. 까닭과 앞으로 할 일을 신청한 사람이 알 수 있게 적어 주세요."
    )
    success = gettext_lazy("이의를 받아들였습니다. 결과는 초안으로 돌아갔습니다.")
    service = staticmethod(objections.uphold)


class Refuse(ObjectionStep, ReasonStep):
    step = "refuse"
    reveals = "result_objection"
    lead = gettext_lazy("까닭을 신청한 사람이 알 수 있게 적어 주세요.")
    success = gettext_lazy("이의를 받아들이지 않기로 했습니다.")
    service = staticmethod(objections.refuse)


class Withdraw(ObjectionStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("이의를 취하했습니다.")
    service = staticmethod(objections.withdraw)

    def get_text(self) -> str:
        return _("이의를 취하할까요? 신청 기간이 남아 있으면 다시 신청할 수 있습니다.")
