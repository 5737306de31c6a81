"""What becomes of adopted cases."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.enums import FollowUpState
from benchmarking.forms import FollowUpMoveForm, FollowUpReportForm, ReasonForm
from benchmarking.models import FollowUp
from benchmarking.selectors import cases as selectors
from benchmarking.services import follow_ups as services
from benchmarking.views.lists import HOME
from benchmarking.views.reviews import answer_facts
from core.attachments import links_of
from core.clock import deadline_badge
from core.components import Action, Badge
from core.formats import date_weekday
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage

CONFIRM = "benchmarking.confirm_follow_up"
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
        primary, actions = self.actions()
        return self.render(
            {
                "follow_up": follow_up,
                "title": review.case.title,
                "lead": f"{review.case.code} · {review.department_name}",
                "badges": [Badge(follow_up.get_state_display(), TONES[follow_up.state])],
                "primary": primary,
                "actions": actions,
                "deadline": deadline_badge(follow_up.planned_on, today(), False)
                if planned and follow_up.planned_on
                else None,
                "facts": [
                    (_("시행 예정일"), date_weekday(follow_up.planned_on) if follow_up.planned_on else ""),
                    (
                        _("당초 예정일"),
                        date_weekday(follow_up.first_planned_on) if follow_up.first_planned_on else "",
                    ),
                    (
                        _("업무반영일"),
                        date_weekday(follow_up.implemented_on) if follow_up.implemented_on else "",
                    ),
                    (_("반영 내용"), follow_up.result),
                    (_("확인"), str(follow_up.confirmed_by or "")),
                ],
                "answer": answer_facts(review),
                "files": links_of(follow_up),
                "case_url": review.case.get_absolute_url(),
                "review_url": review.get_absolute_url(),
                "events": selectors.timeline(review.case, [review]),
            }
        )

    def actions(self) -> tuple[Action | None, list[Action]]:
        follow_up, user = self.follow_up, self.request.user
        primary: Action | None = None
        actions: list[Action] = []
        writes = can(user, "benchmarking.follow_up", follow_up)
        confirms = can(user, "benchmarking.confirm_follow_up", follow_up)

        def to(name: str, label: Any, **kwargs: Any) -> Action:
            return Action(label, reverse(f"benchmarking:follow_up_{name}", args=[follow_up.pk]), **kwargs)

        def step(name: str, label: Any, **kwargs: Any) -> Action:
            return to(name, label, version=follow_up.version, **kwargs)

        if follow_up.state == FollowUpState.PLANNED and writes:
            primary = to("report", _("업무반영 보고"))
            actions += [to("move", _("예정일 변경")), step("drop", _("추진 중단"))]
        elif follow_up.state == FollowUpState.REPORTED:
            if confirms:
                primary = step("confirm", _("업무반영 확인"), post=True)
                actions.append(step("send_back", _("보완 요청")))
            if writes:
                actions.append(step("withdraw", _("보고 취소"), post=True))
        elif follow_up.state == FollowUpState.CONFIRMED and confirms:
            actions.append(step("undo", _("확인 되돌리기")))
        elif follow_up.state == FollowUpState.DROPPED and writes and follow_up.review.is_adopted:
            actions.append(step("resume", _("추진 재개")))
        return primary, actions


class FollowUpStep(BaseView):
    section = "benchmarking"
    permission = "benchmarking.view"
    title: ClassVar[Any] = ""
    needs: ClassVar[str] = "benchmarking.follow_up"  # beside that of seeing it

    def prepare(self) -> None:
        self.follow_up = get_follow_up(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, self.needs, self.follow_up)

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.follow_up.review.case.code, self.get_cancel_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.follow_up.get_absolute_url()


class SeenFollowUp(FollowUpStep, SeenPage):
    """A step on the follow-up as it was seen; planning's services check it under their lock."""

    def get_subject(self) -> FollowUp:
        return self.follow_up

    def seen_by_planning(self) -> dict[str, int]:
        return {"version": self.seen} if self.needs == CONFIRM else {}


class FollowUpReport(FollowUpStep, FormPage):
    form_class = FollowUpReportForm
    title = gettext_lazy("업무반영 보고")
    submit = gettext_lazy("업무반영 보고")
    success = gettext_lazy("보고되었습니다. 기획예산과가 확인합니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"implemented_on": self.follow_up.implemented_on or today(), "result": self.follow_up.result}

    def act(self, form: FollowUpReportForm) -> str:
        data = form.cleaned_data
        services.report(
            self.follow_up,
            implemented_on=data["implemented_on"],
            result=data["result"],
            files=data["attachments"],
            actor=self.request.user,
        )
        return self.get_cancel_url()


class FollowUpMove(FollowUpStep, FormPage):
    form_class = FollowUpMoveForm
    title = gettext_lazy("시행 예정일 변경")
    submit = gettext_lazy("예정일 변경")
    success = gettext_lazy("시행 예정일이 바뀌었습니다. 당초 예정일도 함께 남습니다.")

    def act(self, form: FollowUpMoveForm) -> str:
        services.move(
            self.follow_up,
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )
        return self.get_cancel_url()


class FollowUpConfirm(SeenFollowUp, ConfirmPage):
    needs = CONFIRM
    title = gettext_lazy("업무반영 확인")
    success = gettext_lazy("업무반영이 확인되었습니다.")

    def act(self) -> str:
        services.confirm(self.follow_up, actor=self.request.user, version=self.seen)
        return self.get_cancel_url()


class FollowUpWithdraw(SeenFollowUp, ConfirmPage):
    title = gettext_lazy("보고 취소")
    success = gettext_lazy("보고를 취소했습니다.")

    def act(self) -> str:
        services.withdraw(self.follow_up, actor=self.request.user)
        return self.get_cancel_url()


class ReasonStep(SeenFollowUp, FormPage):
    """A step that needs only its reason; `service` does it."""

    form_class = ReasonForm
    service: Any = None

    def act(self, form: ReasonForm) -> str:
        reason = form.cleaned_data["reason"]
        type(self).service(self.follow_up, reason=reason, actor=self.request.user, **self.seen_by_planning())
        return self.get_cancel_url()


class FollowUpSendBack(ReasonStep):
    needs = CONFIRM
    title = submit = gettext_lazy("보완 요청")
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(services.send_back)


class FollowUpUndo(ReasonStep):
    needs = CONFIRM
    title = submit = gettext_lazy("확인 되돌리기")
    success = gettext_lazy("확인 전 상태로 되돌렸습니다.")
    service = staticmethod(services.undo_confirm)


class FollowUpDrop(ReasonStep):
    title = submit = gettext_lazy("추진 중단")
    danger = True
    success = gettext_lazy("추진 중단으로 기록되었습니다. 다시 시작할 수 있습니다.")
    service = staticmethod(services.drop)


class FollowUpResume(ReasonStep):
    title = submit = gettext_lazy("추진 재개")
    success = gettext_lazy("다시 추진합니다.")
    service = staticmethod(services.resume)
