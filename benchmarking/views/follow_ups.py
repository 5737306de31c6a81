"""What becomes of adopted cases."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from basis.clock import deadline_badge
from basis.formats import date_weekday
from benchmarking.enums import FollowUpState
from benchmarking.forms.reviews import FollowUpMoveForm, FollowUpReportForm
from benchmarking.models import FollowUp
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.ways import to_case, to_review
from benchmarking.services import follow_ups as services
from benchmarking.sockets import cards_of
from benchmarking.views.lists import HOME
from benchmarking.views.reviews import answer_facts
from benchmarking.workflow import FOLLOW_UP
from core.attachments import links_of
from core.components import Badge
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of

TONES = {"planned": "info", "reported": "warning", "confirmed": "success", "dropped": "neutral"}
LIST = (gettext_lazy("업무반영"), reverse_lazy("benchmarking:follow_ups"))


def get_follow_up(user: Any, pk: int) -> FollowUp:
    return get_object_or_404(
        FollowUp.objects.visible_to(user).select_related(
            "review__case",
            "review__department",
            "review__clock",
            "review__reviewer__department",
            "review__submitted_by__department",
            "review__confirmed_by__department",
            "confirmed_by__department",
        ),
        pk=pk,
    )


class FollowUpPage(BaseView):
    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/follow_up.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.follow_up.review.case.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.follow_up = follow_up = get_follow_up(request.user, pk)
        review, planned = follow_up.review, follow_up.state == FollowUpState.PLANNED
        return self.render(
            {
                "follow_up": follow_up,
                "ways": [to_case(review.case), to_review(review)],
                "cards": cards_of(request.user, review.case, review),
                "title": review.case.title,
                "lead": f"{review.case.code} · {review.department_name}",
                "badges": [Badge(follow_up.get_state_display(), TONES[follow_up.state])],
                **bar_of(request.user, follow_up),
                "deadline": deadline_badge(follow_up.planned_on, today(), False)
                if planned and follow_up.planned_on
                else None,
                "facts": [
                    (_("시행 예정일"), date_weekday(follow_up.planned_on) if follow_up.planned_on else ""),
                    (
                        _("당초 예정일"),
                        date_weekday(follow_up.first_planned_on) if follow_up.first_planned_on else "",
                    ),
                    (_("업무반영일"), follow_up.day_text("implemented_on")),
                    (_("반영 내용"), follow_up.result),
                    (pgettext("상태", "확인"), str(follow_up.confirmed_by or "")),
                ],
                "answer": answer_facts(review),
                "files": links_of(follow_up),
                "events": selectors.timeline(review.case, [review]),
            }
        )


class FollowUpStep(StepPage):
    workflow = FOLLOW_UP
    find = staticmethod(get_follow_up)
    section = "benchmarking"
    permission = "benchmarking.view"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.review.case.code)


class FollowUpReport(FollowUpStep, FormPage):
    step = "report"
    form_class = FollowUpReportForm
    success = gettext_lazy("보고되었습니다. 기획예산과가 확인합니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"implemented_on": self.object.implemented_on or today(), "result": self.object.result}

    def act(self, form: FollowUpReportForm) -> str:
        data = form.cleaned_data
        services.report(
            self.object,
            implemented_on=data["implemented_on"],
            result=data["result"],
            files=data["attachments"],
            actor=self.actor,
        )
        return self.get_success_url()


class FollowUpMove(FollowUpStep, FormPage):
    step = "move"
    form_class = FollowUpMoveForm
    title = gettext_lazy("시행 예정일 변경")
    success = gettext_lazy("시행 예정일이 바뀌었습니다. 당초 예정일도 함께 남습니다.")

    def act(self, form: FollowUpMoveForm) -> str:
        data = form.cleaned_data
        services.move(self.object, planned_on=data["planned_on"], reason=data["reason"], actor=self.actor)
        return self.get_success_url()


class FollowUpConfirm(FollowUpStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("업무반영이 확인되었습니다.")
    service = staticmethod(services.confirm)


class FollowUpWithdraw(FollowUpStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("보고를 취소했습니다.")
    service = staticmethod(services.withdraw)


class FollowUpSendBack(FollowUpStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(services.send_back)


class FollowUpUndo(FollowUpStep, ReasonStep):
    step = "undo_confirm"
    success = gettext_lazy("확인 전 상태로 되돌렸습니다.")
    service = staticmethod(services.undo_confirm)


class FollowUpDrop(FollowUpStep, ReasonStep):
    step = "drop"
    danger = True
    success = gettext_lazy("추진 중단으로 기록되었습니다. 다시 시작할 수 있습니다.")
    service = staticmethod(services.drop)


class FollowUpResume(FollowUpStep, ReasonStep):
    step = "resume"
    success = gettext_lazy("다시 추진합니다.")
    service = staticmethod(services.resume)
