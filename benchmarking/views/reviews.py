"""A department's review: page with the form, assigning, confirming, clock, report."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.enums import Decision, ReviewState
from benchmarking.forms import (
    AssignForm,
    ClockDecisionForm,
    ExtensionForm,
    PauseForm,
    ReasonForm,
    ReviewForm,
)
from benchmarking.models import Review
from benchmarking.selectors import cases as selectors
from benchmarking.services import clocks, dispatch, reviews
from benchmarking.views.cases import case_facts, files_of
from benchmarking.views.lists import HOME
from core import deadlines, drafts
from core.clock import deadline_badge
from core.components import Action, Badge
from core.errors import Rejected
from core.formats import date_weekday, won
from core.models import ClockAdjustment
from core.now import today
from core.permissions import can, ensure
from core.views.base import BaseView, Crumbs, Request
from core.views.forms import ConfirmPage, FormPage, reject


def get_review(user: Any, pk: int) -> Review:
    """404 for what one may not know."""
    return get_object_or_404(
        Review.objects.visible_to(user).select_related(
            "case__found_by",
            "clock",
            "round",
            "department",
            "reviewer__department",
            "submitted_by__department",
            "confirmed_by__department",
        ),
        pk=pk,
    )


class ReviewPage(BaseView):
    """The case stays readable beside the form; who may write finds the form here."""

    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/review.html"

    def get_crumbs(self) -> Crumbs:
        review = self.review
        return [
            HOME,
            (gettext_lazy("부서 검토"), reverse("benchmarking:reviews")),
            (f"{review.case.code} {review.department_name}", None),
        ]

    def writes(self) -> bool:
        return self.review.state in (ReviewState.WAITING, ReviewState.ASSIGNED) and can(
            self.request.user, "benchmarking.review", self.review
        )

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.review = review = get_review(request.user, pk)
        form, saved_at = None, None
        if self.writes():
            initial = {name: getattr(review, name) for name in (*reviews.FIELDS, "version")}
            if draft := drafts.load(request.user, reviews.draft_key(review)):
                initial, saved_at = (
                    {**initial, **draft[0], "version": review.version},
                    timezone.localtime(draft[1]),
                )
            form = ReviewForm(initial=initial)
        return self.page(form, saved_at=saved_at)

    def post(self, request: Request, pk: int) -> HttpResponse:
        """`제출 전 확인` shows what will be sent; `제출` sends it."""
        self.review = review = get_review(request.user, pk)
        form = ReviewForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                answer = form.answer()
                reviews.check_answer(answer)
                reviews.submit(
                    review,
                    answer,
                    actor=request.user,
                    version=form.cleaned_data["version"],
                    files=form.cleaned_data["attachments"],
                )
            except Rejected as error:
                reject(form, error)
            else:
                messages.success(request, _("검토 결과가 제출되었습니다."))
                return HttpResponseRedirect(review.get_absolute_url())
        return self.page(form, status=422)

    def page(self, form: Any, status: int = 200, saved_at: Any = None) -> HttpResponse:
        review, case = self.review, self.review.case
        recalled = review.state == ReviewState.RECALLED
        primary, actions = self.actions()
        badges = [Badge(review.get_state_display(), selectors.REVIEW_TONES[ReviewState(review.state)])]
        return self.render(
            {
                "review": review,
                "case": case,
                "title": case.title,
                "badges": badges,
                "lead": f"{case.code} · {review.department_name}",
                "primary": primary,
                "actions": actions,
                "deadline": None if recalled else selectors.badge_of(review),
                "arithmetic": deadlines.steps(review.clock),
                "adjustments": [self.adjustment(a) for a in review.clock.adjustments.all()],
                "facts": case_facts(case),
                "case_files": files_of(case),
                "files": files_of(review),
                "answer": answer_facts(review) if review.decision else [],
                "form": form,
                "draft_url": reverse("draft", args=[reviews.draft_key(review)]) if form else "",
                "draft_saved_at": saved_at,
                "receiver": self.receiver(),
                "similar": selectors.similar_cases(case.title, self.request.user, exclude=case.pk),
                "events": selectors.timeline(case, [review]),
            },
            status=status,
        )

    def receiver(self) -> str:
        """To whom the answer goes."""
        head = can(self.request.user, "benchmarking.confirm", self.review)
        if self.review.needs_confirmation and not head:
            return _("%(department)s 부서장 확인을 거쳐 기획예산과로") % {
                "department": self.review.department_name
            }
        return _("기획예산과로")

    def adjustment(self, row: ClockAdjustment) -> dict[str, Any]:
        period = date_weekday(row.end) if row.end else ""
        if row.kind == ClockAdjustment.Kind.PAUSE:
            period = f"{date_weekday(row.start)} ~ {period}"
        waiting = row.state == ClockAdjustment.State.REQUESTED
        user, review = self.request.user, self.review
        return {
            "row": row,
            "period": period,
            "badge": Badge(
                row.get_state_display(),
                {"requested": "warning", "approved": "success", "rejected": "danger"}.get(
                    row.state, "neutral"
                ),
            ),
            "decide_url": reverse("benchmarking:clock_decide", args=[row.pk])
            if waiting and can(user, "benchmarking.decide_clock")
            else "",
            "withdraw_url": reverse("benchmarking:clock_withdraw", args=[row.pk])
            if waiting and can(user, "benchmarking.ask_clock", review)
            else "",
        }

    def actions(self) -> tuple[Action | None, list[Action]]:
        review, user = self.review, self.request.user
        primary: Action | None = None
        actions: list[Action] = []

        def may(name: str) -> bool:
            return can(user, f"benchmarking.{name}", review)

        def to(name: str, label: Any, **kwargs: Any) -> Action:
            return Action(label, reverse(f"benchmarking:review_{name}", args=[review.pk]), **kwargs)

        if review.state == ReviewState.WAITING:
            if may("assign") and not can(user, "benchmarking.plan"):
                primary = to("assign", _("검토자 지정"))
            if user.department_id == review.department_id and may("take"):
                take = to("take", _("직접 맡기"), post=True)
                primary, actions = (primary, [take]) if primary else (take, actions)
        elif review.state == ReviewState.ASSIGNED and may("assign"):
            actions.append(to("assign", _("검토자 바꾸기")))
        elif review.state == ReviewState.SUBMITTED:
            if may("confirm"):
                primary = to("confirm", _("검토 결과 확인"), post=True)
                actions.append(to("send_back", _("다시 검토 요청")))
            if may("review") and review.submitted_by_id == user.pk:
                actions.append(to("withdraw", _("제출 취소"), post=True))
        if review.is_open:
            if may("ask_clock"):
                actions.append(to("extend", _("기한 연장 신청")))
                if not review.clock.paused:
                    actions.append(to("pause", _("기한 정지 신청")))
            if review.clock.paused and may("resume_clock"):
                actions.append(to("resume", _("기한 정지 끝내기"), post=True))
            if can(user, "benchmarking.dispatch"):
                actions.append(to("recall", _("회수"), style="danger"))
        elif review.state == ReviewState.COMPLETED:
            if can(user, "benchmarking.plan") and review.round.number == review.case.round_number:
                actions.append(to("reopen", _("결정 정정")))
            follow_up = getattr(review, "follow_up", None)
            if follow_up is not None:
                primary = Action(_("업무반영 보기"), follow_up.get_absolute_url())
        actions.append(to("report", _("검토보고서")))
        return primary, actions


def answer_facts(review: Review) -> list[tuple[Any, Any]]:
    """What the department answered."""
    facts: list[tuple[Any, Any]] = [
        (_("검토 결과"), review.get_decision_display()),
        (_("검토 의견"), review.reason),
    ]
    if review.decision == Decision.ADOPT:
        facts += [
            (_("추진 내용"), review.plan_what),
            (_("시행 예정일"), date_weekday(review.plan_on) if review.plan_on else ""),
            (_("소요 예산"), won(review.plan_budget) if review.plan_budget is not None else ""),
        ]
    if review.submitted_on:
        facts.append((_("제출"), f"{date_weekday(review.submitted_on)} {review.submitted_by or ''}"))
    if review.completed_on:
        late = deadline_badge(review.clock.due, today(), False, review.completed_on).text
        facts.append((_("완료"), f"{date_weekday(review.completed_on)} {review.confirmed_by or ''} ({late})"))
    return facts


class ReviewStep(BaseView):
    """What the pages of one step share: the review, the way back."""

    section = "benchmarking"
    title: ClassVar[Any] = ""
    needs: ClassVar[str] = ""  # the right this step asks for, beside that of seeing the review

    def prepare(self) -> None:
        self.review = get_review(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, self.needs, self.review)

    def get_crumbs(self) -> Crumbs:
        review = self.review
        return [
            HOME,
            (f"{review.case.code} {review.department_name}", review.get_absolute_url()),
            (self.title, None),
        ]

    def get_cancel_url(self) -> str:
        return self.review.get_absolute_url()


class Assign(ReviewStep, FormPage):
    permission = "benchmarking.view"
    needs = "benchmarking.assign"
    form_class = AssignForm
    title = gettext_lazy("검토자 지정")
    submit = gettext_lazy("검토자 지정")
    success = gettext_lazy("검토자가 지정되었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"review": self.review}

    def get_initial(self) -> dict[str, Any]:
        return {"reviewer": self.review.reviewer_id}

    def act(self, form: AssignForm) -> str:
        reviews.assign(self.review, form.cleaned_data["reviewer"], actor=self.request.user)
        return self.review.get_absolute_url()


class Take(ReviewStep, ConfirmPage):
    permission = "benchmarking.view"
    needs = "benchmarking.take"
    title = gettext_lazy("직접 맡기")
    success = gettext_lazy("검토를 맡았습니다. 검토 결과를 작성해 주세요.")

    def act(self) -> str:
        reviews.take(self.review, actor=self.request.user)
        return self.review.get_absolute_url()


class Withdraw(ReviewStep, ConfirmPage):
    permission = "benchmarking.view"
    needs = "benchmarking.review"
    title = gettext_lazy("제출 취소")
    success = gettext_lazy("제출이 취소되었습니다. 고쳐서 다시 제출해 주세요.")

    def act(self) -> str:
        reviews.withdraw(self.review, actor=self.request.user)
        return self.review.get_absolute_url()


class Confirm(ReviewStep, ConfirmPage):
    permission = "benchmarking.view"
    needs = "benchmarking.confirm"
    title = gettext_lazy("검토 결과 확인")
    success = gettext_lazy("검토 결과가 확정되어 기획예산과에 전달되었습니다.")

    def act(self) -> str:
        reviews.confirm(self.review, actor=self.request.user)
        return self.review.get_absolute_url()


class SendBack(ReviewStep, FormPage):
    permission = "benchmarking.view"
    needs = "benchmarking.confirm"
    form_class = ReasonForm
    title = gettext_lazy("다시 검토 요청")
    submit = gettext_lazy("다시 검토 요청")
    success = gettext_lazy("검토자에게 다시 검토를 요청했습니다.")

    def act(self, form: ReasonForm) -> str:
        reviews.send_back(self.review, reason=form.cleaned_data["reason"], actor=self.request.user)
        return self.review.get_absolute_url()


class Reopen(ReviewStep, FormPage):
    permission = "benchmarking.plan"
    needs = "benchmarking.plan"
    form_class = ReasonForm
    title = gettext_lazy("결정 정정")
    lead = gettext_lazy("검토 부서에만 알리고, 사례의 결정은 다시 답할 때까지 비워 둡니다.")
    submit = gettext_lazy("정정 요청")
    success = gettext_lazy("검토 부서에 정정을 요청했습니다.")

    def act(self, form: ReasonForm) -> str:
        reviews.reopen(self.review, reason=form.cleaned_data["reason"], actor=self.request.user)
        return self.review.get_absolute_url()


class Recall(ReviewStep, FormPage):
    permission = "benchmarking.dispatch"
    needs = "benchmarking.dispatch"
    form_class = ReasonForm
    title = gettext_lazy("검토 요청 회수")
    lead = gettext_lazy("잘못 보낸 검토 요청을 거둡니다. 기록은 남습니다.")
    submit = gettext_lazy("회수")
    danger = True
    success = gettext_lazy("회수되었습니다. 검토 부서에 알렸습니다.")

    def act(self, form: ReasonForm) -> str:
        dispatch.recall(self.review, reason=form.cleaned_data["reason"], actor=self.request.user)
        return self.review.case.get_absolute_url()


class Extend(ReviewStep, FormPage):
    permission = "benchmarking.view"
    needs = "benchmarking.ask_clock"
    form_class = ExtensionForm
    title = gettext_lazy("기한 연장 신청")
    submit = gettext_lazy("연장 신청")
    success = gettext_lazy("기한 연장을 신청했습니다. 기획예산과가 승인하면 기한이 바뀝니다.")

    def get_context(self) -> dict[str, Any]:
        clock = self.review.clock
        lead = _("현재 기한 %(due)s · 당초 기한부터 %(cap)d일까지 연장할 수 있습니다.") % {
            "due": date_weekday(clock.due),
            "cap": clocks.cap_days(self.review),
        }
        return {"lead": lead}

    def act(self, form: ExtensionForm) -> str:
        data = form.cleaned_data
        clocks.ask_extension(self.review, to=data["end"], reason=data["reason"], actor=self.request.user)
        return self.review.get_absolute_url()


class Pause(ReviewStep, FormPage):
    permission = "benchmarking.view"
    needs = "benchmarking.ask_clock"
    form_class = PauseForm
    title = gettext_lazy("기한 정지 신청")
    lead = gettext_lazy("다른 기관의 회신을 기다리는 동안 기한을 멈춥니다. 멈춘 날만큼 기한이 늦춰집니다.")
    submit = gettext_lazy("정지 신청")
    success = gettext_lazy("기한 정지를 신청했습니다. 기획예산과가 승인하면 기한이 멈춥니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"start": today()}

    def act(self, form: PauseForm) -> str:
        data = form.cleaned_data
        clocks.ask_pause(
            self.review, start=data["start"], end=data["end"], reason=data["reason"], actor=self.request.user
        )
        return self.review.get_absolute_url()


class Resume(ReviewStep, ConfirmPage):
    permission = "benchmarking.view"
    needs = "benchmarking.resume_clock"
    title = gettext_lazy("기한 정지 끝내기")
    success = gettext_lazy("기한이 다시 흐릅니다.")

    def act(self) -> str:
        clocks.resume(self.review, actor=self.request.user)
        return self.review.get_absolute_url()


class ClockStep(ReviewStep):
    """Steps on one request for extension or pause; `pk` is the request's."""

    def prepare(self) -> None:
        self.adjustment = get_object_or_404(
            ClockAdjustment.objects.select_related("clock"), pk=self.kwargs["pk"], clock__kind=dispatch.CLOCK
        )
        self.review = get_review(self.request.user, self.adjustment.clock.review.pk)
        ensure(self.request.user, self.needs, self.review)


class ClockDecide(ClockStep, FormPage):
    permission = "benchmarking.decide_clock"
    needs = "benchmarking.decide_clock"
    form_class = ClockDecisionForm
    template_name = "benchmarking/clock_decide.html"
    title = gettext_lazy("기한 신청 처리")
    submit = gettext_lazy("처리")
    success = gettext_lazy("처리 결과를 부서에 알렸습니다.")

    def get_context(self) -> dict[str, Any]:
        row = self.adjustment
        asked = date_weekday(row.end) if row.end else _("정하지 않음")
        return {
            "items": [
                (_("신청"), row.get_kind_display()),
                (_("부서"), self.review.department_name),
                (_("신청자"), str(row.requested_by)),
                (_("현재 기한"), date_weekday(self.review.clock.due)),
                (
                    _("신청 내용"),
                    asked
                    if row.kind == ClockAdjustment.Kind.EXTENSION
                    else f"{date_weekday(row.start)} ~ {asked}",
                ),
                (_("사유"), row.reason),
            ]
        }

    def act(self, form: ClockDecisionForm) -> str:
        clocks.decide(
            self.adjustment,
            approve=form.cleaned_data["approve"] == "yes",
            note=form.cleaned_data["note"],
            actor=self.request.user,
        )
        return self.review.get_absolute_url()


class ClockWithdraw(ClockStep, ConfirmPage):
    permission = "benchmarking.view"
    needs = "benchmarking.ask_clock"
    title = gettext_lazy("신청 취하")
    success = gettext_lazy("신청을 취하했습니다.")

    def act(self) -> str:
        clocks.withdraw(self.adjustment, actor=self.request.user)
        return self.review.get_absolute_url()
