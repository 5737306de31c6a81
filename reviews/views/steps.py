"""The steps of a review, each a page: assigning, confirming, correcting, and the requests about its deadline."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core import deadlines
from core.models import ClockAdjustment
from core.now import today
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage, step_paths
from reviews.forms.steps import AssignForm, ClockDecisionForm, ExtensionForm, PauseForm
from reviews.kinds import ReviewKind
from reviews.services import clocks, reviews


class ReviewStep(StepPage):
    """A process has one class of its own with `kind`, `workflow`, `find`, `section` and the crumbs `above`;
    `review_paths` makes the pages of it."""

    kind: ClassVar[ReviewKind[Any]]
    right: ClassVar[str] = "view"  # of the kind: who finds the page at all
    decides: ClassVar[str] = ""  # the right to a step that is none of the workflow

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "kind"):
            cls.permission = f"{cls.kind.prefix}.{cls.right}"
            cls.needs = f"{cls.kind.prefix}.{cls.decides}" if cls.decides else ""

    def get_name(self) -> str:
        return f"{self.object.subject.code} {self.object.department_name}"


class Assign(ReviewStep, FormPage):
    step = "assign"
    form_class = AssignForm
    success = gettext_lazy("검토자가 지정되었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"review": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"reviewer": self.object.reviewer_id}

    def act(self, form: AssignForm) -> str:
        reviews.assign(self.object, form.cleaned_data["reviewer"], actor=self.request.user)
        return self.get_success_url()


class Take(ReviewStep, ConfirmStep):
    step = "take"
    success = gettext_lazy("검토를 맡았습니다. 검토 결과를 작성해 주세요.")
    service = staticmethod(reviews.take)


class Withdraw(ReviewStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("제출이 취소되었습니다. 고쳐서 다시 제출해 주세요.")
    service = staticmethod(reviews.withdraw)


class Confirm(ReviewStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("검토 결과가 확정되어 기획예산과에 전달되었습니다.")
    service = staticmethod(reviews.confirm)


class SendBack(ReviewStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("검토자에게 다시 검토를 요청했습니다.")
    service = staticmethod(reviews.send_back)


class Reopen(ReviewStep, ReasonStep):
    step = "reopen"
    right = "plan"
    lead = gettext_lazy("검토 부서에만 알리고, 다시 답할 때까지 결정을 비워 둡니다.")
    submit = gettext_lazy("정정 요청")
    success = gettext_lazy("검토 부서에 정정을 요청했습니다.")
    service = staticmethod(reviews.reopen)


class Recall(ReviewStep, ReasonStep):
    step = "recall"
    right = "dispatch"
    title = gettext_lazy("검토 요청 회수")
    lead = gettext_lazy("잘못 보낸 검토 요청을 거둡니다. 기록은 남습니다.")
    success = gettext_lazy("회수되었습니다. 검토 부서에 알렸습니다.")
    service = staticmethod(reviews.recall)

    def get_success_url(self) -> str:
        return str(self.object.subject.get_absolute_url())


class Extend(ReviewStep, FormPage):
    step = "extend"
    form_class = ExtensionForm
    submit = gettext_lazy("연장 신청")
    success = gettext_lazy("기한 연장을 신청했습니다. 기획예산과가 승인하면 기한이 바뀝니다.")

    def get_context(self) -> dict[str, Any]:
        clock = self.object.clock
        lead = _("현재 기한 %(due)s · %(latest)s까지 연장할 수 있습니다.") % {
            "due": date_weekday(clock.due),
            "latest": date_weekday(deadlines.latest_extension(clock, clocks.cap_days(self.object))),
        }
        return {"lead": lead}

    def act(self, form: ExtensionForm) -> str:
        data = form.cleaned_data
        clocks.ask_extension(self.object, until=data["end"], reason=data["reason"], actor=self.request.user)
        return self.get_success_url()


class Pause(ReviewStep, FormPage):
    step = "pause"
    form_class = PauseForm
    lead = gettext_lazy("다른 기관의 회신을 기다리는 동안 기한을 멈춥니다. 멈춘 날만큼 기한이 늦춰집니다.")
    submit = gettext_lazy("정지 신청")
    success = gettext_lazy("기한 정지를 신청했습니다. 기획예산과가 승인하면 기한이 멈춥니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"start": today()}

    def act(self, form: PauseForm) -> str:
        data = form.cleaned_data
        clocks.ask_pause(
            self.object, start=data["start"], end=data["end"], reason=data["reason"], actor=self.request.user
        )
        return self.get_success_url()


class Resume(ReviewStep, ConfirmStep):
    step = "resume"
    success = gettext_lazy("기한이 다시 흐릅니다.")
    service = staticmethod(clocks.resume)


class ClockStep(ReviewStep):
    """Steps on one request for extension or pause; `pk` is the request's."""

    def get_object(self) -> Any:
        rows = ClockAdjustment.objects.select_related("clock")
        self.adjustment = get_object_or_404(rows, pk=self.kwargs["pk"], clock__kind=self.kind.clock)
        review = self.kind.model.objects.only("pk").get(clock=self.adjustment.clock)
        return type(self).find(self.actor, review.pk)


class ClockDecide(ClockStep, FormPage):
    right = decides = "decide_clock"
    form_class = ClockDecisionForm
    template_name = "reviews/clock_decide.html"
    title = gettext_lazy("기한 신청 처리")
    submit = gettext_lazy("처리")
    success = gettext_lazy("처리 결과를 부서에 알렸습니다.")

    def get_context(self) -> dict[str, Any]:
        row = self.adjustment
        asked = date_weekday(row.end) if row.end else _("정하지 않음")
        return {
            "items": [
                (_("신청"), row.get_kind_display()),
                (_("부서"), self.object.department_name),
                (_("신청자"), row.asker),
                (_("현재 기한"), date_weekday(self.object.clock.due)),
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
        return self.get_success_url()


class ClockWithdraw(ClockStep, ConfirmPage):
    decides = "ask_clock"
    title = gettext_lazy("신청 취하")
    success = gettext_lazy("신청을 취하했습니다.")

    def act(self) -> str:
        clocks.withdraw(self.adjustment, actor=self.request.user)
        return self.get_success_url()


STEPS = {
    "assign": Assign,
    "take": Take,
    "withdraw": Withdraw,
    "confirm": Confirm,
    "send-back": SendBack,
    "reopen": Reopen,
    "recall": Recall,
    "extend": Extend,
    "pause": Pause,
    "resume": Resume,
}


def review_paths(below: str, clock: str, base: type[ReviewStep]) -> list[URLPattern]:
    """Addresses of all steps: `below` a review, and `clock`, below a request about its deadline. `base`: the process's
    own class."""

    def own(page: type[ReviewStep]) -> Any:
        return type(page.__name__, (page, base), {"__module__": base.__module__})

    return [
        *step_paths(below, {part: own(page) for part, page in STEPS.items()}),
        path(f"{clock}decide/", own(ClockDecide).as_view(), name="clock_decide"),
        path(f"{clock}withdraw/", own(ClockWithdraw).as_view(), name="clock_withdraw"),
    ]
