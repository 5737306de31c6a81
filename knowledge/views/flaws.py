"""A passage said to be wrong: told, read, answered (K6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core import deadlines
from core.cells import Column, badge_cell, choice, day
from core.components import Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ServiceStep, StepPage
from knowledge.enums import FlawState
from knowledge.filters_talk import FlawFilter
from knowledge.forms.talk import AnswerFlawForm, FlawForm
from knowledge.models import Flaw
from knowledge.services import flaws
from knowledge.views.lists import HOME, SECTION
from knowledge.views.post import get_post
from knowledge.workflow_flaw import FLAW
from notifications.bar import bar_of

TONES = {
    FlawState.OPEN: "warning",
    FlawState.ACCEPTED: "success",
    FlawState.DECLINED: "neutral",
    FlawState.WITHDRAWN: "neutral",
}


def get_flaw(user: Any, pk: int) -> Flaw:
    """404 for what one may not know."""
    rows = Flaw.objects.visible_to(user).select_related(
        "post__owner__department", "post__field", "reporter__department", "answered_by__department", "clock"
    )
    return get_object_or_404(rows, pk=pk)


class FlawList(ListView):
    permission = "knowledge.view"
    section = SECTION
    title = gettext_lazy("잘못 알림")
    file_name = gettext_lazy("지식_잘못_알림")
    filter_class = FlawFilter
    open_states = (FlawState.OPEN,)
    urgent_order = ("clock__due", "pk")
    default_order = ("-reported_on", "-pk")
    crumbs = (HOME, (gettext_lazy("잘못 알림"), None))
    empty_message = gettext_lazy("잘못을 알린 것이 없습니다.")
    columns = (
        Column("post", gettext_lazy("지식"), ("post__title",), sort=("post__title",), primary=True, width=40),
        Column("passage", gettext_lazy("잘못된 대목"), ("passage",), lambda text: text[:60], width=40,
               excel=lambda text: text, hide_mobile=True),
        Column("department", gettext_lazy("부서"), ("post__department_name",),
               sort=("post__department__order",), width=18),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(FlawState, TONES), sort=("state",),
               excel=choice(FlawState)),
        Column("reported", gettext_lazy("알린 날"), ("reported_on",), day, sort=("reported_on",), kind="date",
               excel=lambda value: value),
        Column("due", gettext_lazy("답변 기한"), ("clock__due",), day, sort=("clock__due",), kind="date",
               excel=lambda value: value),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Flaw.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("knowledge:flaw", args=[pk])


class FlawPage(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/flaw.html"

    def get_crumbs(self) -> Crumbs:
        post = self.flaw.post
        return [HOME, (post.title, post.get_absolute_url()), (_("잘못 알림"), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.flaw = flaw = get_flaw(request.user, pk)
        return self.render(
            {
                **bar_of(request.user, flaw),
                "flaw": flaw,
                "title": _("잘못 알림"),
                "lead": flaw.post.title,
                "badges": [Badge(flaw.get_state_display(), TONES[FlawState(flaw.state)])],
                "facts": [
                    (_("알린 직원"), flaw.reporter.full_label),
                    (_("알린 날"), date_weekday(flaw.reported_on)),
                    (_("답변 기한"), date_weekday(flaw.clock.due)),
                ],
                "arithmetic": deadlines.steps(flaw.clock, _("알림")),
                "events": [event_of(row) for row in latest_first(flaw)],
            }
        )


class FlawNew(FormPage):
    permission = "knowledge.view"
    section = SECTION
    form_class = FlawForm
    title = gettext_lazy("잘못 알림")
    submit = gettext_lazy("담당자에게 알리기")
    success = gettext_lazy("알렸습니다. 담당자가 답하면 알려 드립니다.")

    def prepare(self) -> None:
        self.post_ = get_post(self.actor, self.kwargs["pk"])
        ensure(self.actor, "knowledge.report", self.post_)

    def get_lead(self) -> str:
        return str(self.post_.title)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.post_.title, self.post_.get_absolute_url()), (self.title, None)]

    def get_draft_key(self) -> str:
        return f"knowledge.flaw.{self.post_.pk}"

    def get_cancel_url(self) -> str:
        return str(self.post_.get_absolute_url())

    def act(self, form: FlawForm) -> str:
        flaws.report(self.post_, **form.cleaned_data, actor=self.actor)
        return self.get_cancel_url()


class FlawStep(StepPage):
    workflow = FLAW
    find = staticmethod(get_flaw)
    section = SECTION
    permission = "knowledge.view"
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.post.title)


class FlawAccept(FlawStep, ServiceStep, FormPage):
    step = "accept"
    form_class = AnswerFlawForm
    success = gettext_lazy("잘못을 인정했습니다. 글을 고쳐 주세요.")
    service = staticmethod(flaws.accept)

    def get_lead(self) -> str:
        return f"‘{self.object.passage}’ — {self.object.remark}"

    def get_success_url(self) -> str:
        return str(self.object.post.get_absolute_url())

    def act(self, form: AnswerFlawForm) -> str:
        return self.serve(reason=form.cleaned_data["reason"])


class FlawDecline(FlawAccept):
    step = "decline"
    title = gettext_lazy("맞는 내용이라고 답하기")
    submit = gettext_lazy("답하기")
    success = gettext_lazy("답했습니다.")
    service = staticmethod(flaws.decline)


class FlawTakeBack(FlawStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("알림을 거두었습니다.")
    service = staticmethod(flaws.take_back)
