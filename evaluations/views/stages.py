"""A stage: its judges are asked, it is started, extended, closed (E2, E3)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import roomcode
from core.codes import shown as shown_code
from core.components import Badge
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.enums import Body, JudgeState, StageState
from evaluations.forms.rounds import (
    CriteriaForm,
    ReleaseForm,
    SeatForm,
    SlipsForm,
    StageForm,
    WayForm,
    WindowForm,
)
from evaluations.models import Stage
from evaluations.selectors.faults import faults_of, warnings_of
from evaluations.selectors.page import facts_of, log_of, missing, seated
from evaluations.services import judges, rounds, slips, stages
from evaluations.views.find import get_seated, get_stage
from evaluations.views.lists import HOME, LIST
from evaluations.workflow_judging import JUDGE, STAGE
from notifications.bar import bar_of

STAGE_TONES = {
    StageState.WAITING: "neutral",
    StageState.SIGNING: "info",
    StageState.SCORING: "info",
    StageState.CLOSED: "success",
}
JUDGE_TONES = {
    JudgeState.INVITED: "warning",
    JudgeState.SIGNED: "success",
    JudgeState.DECLINED: "neutral",
    JudgeState.RELEASED: "neutral",
}


class StagePage(BaseView):
    permission = "evaluations.see"
    section = "evaluations"
    template_name = "evaluations/stage.html"

    def get_crumbs(self) -> Crumbs:
        round = self.stage.round
        return [HOME, LIST, (round.title, round.get_absolute_url()), (self.stage.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.stage = stage = get_stage(request.user, pk)
        sits = seated(stage)
        runs = can(request.user, "evaluations.run", stage)
        return self.render(
            {
                "stage": stage,
                "title": stage.title,
                "lead": stage.round.title,
                "badges": [Badge(stage.get_state_display(), STAGE_TONES[StageState(stage.state)])],
                **bar_of(request.user, stage),
                "facts": facts_of(stage),
                "criteria": stage.criteria.order_by("order"),
                "residents": stage.body == Body.RESIDENTS,
                "seated": [(one, JUDGE_TONES[JudgeState(one.judge.state)]) for one in sits],
                "runs": runs and stage.state in (StageState.SIGNING, StageState.SCORING),
                "faults": faults_of(stage) if stage.state == StageState.WAITING else [],
                "coverage": reverse("evaluations:coverage", args=[stage.pk]) if sits else "",
                "events": log_of(stage.round, [stage]),
            }
        )


class StageStep(StepPage):
    workflow = STAGE
    find = staticmethod(get_stage)
    section = "evaluations"
    permission = "evaluations.see"

    def get_crumbs(self) -> Crumbs:
        stage = self.object
        return [
            HOME,
            LIST,
            (stage.round.title, stage.round.get_absolute_url()),
            (stage.title, stage.get_absolute_url()),
            (self.title, None),
        ]


class StageEdit(StageStep, FormPage):
    step = "edit"
    form_class = StageForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": Stage.objects.get(pk=self.object.pk)}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def act(self, form: StageForm) -> str:
        data = form.cleaned_data
        rounds.edit_stage(self.object, data, version=data["version"], actor=self.actor)
        return self.get_success_url()


class StageCriteria(StageStep, FormPage):
    step = "criteria"
    form_class = CriteriaForm
    template_name = "evaluations/table_form.html"
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")
    lead = gettext_lazy(
        "낮은 점수와 높은 점수가 무엇을 뜻하는지 적으면 채점 화면에 나옵니다. 빈 줄은 저장하지 않습니다."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        names = ("key", "title", "weight", "most", "low", "high")
        return {"rows": list(self.object.criteria.order_by("order").values(*names))}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def act(self, form: CriteriaForm) -> str:
        version = form.cleaned_data["version"]
        rounds.edit_stage(self.object, {}, form.values(), version=version, actor=self.actor)
        return self.get_success_url()


class StageInvite(StageStep, ConfirmStep):
    step = "invite"
    template_name = "evaluations/open.html"
    success = gettext_lazy("위원에게 서약을 요청했습니다.")
    service = staticmethod(stages.invite)

    def get_context(self) -> dict[str, Any]:
        return {"faults": faults_of(self.object)}

    def foresee(self) -> list[str]:
        return warnings_of(self.object)


class StageStart(StageStep, ConfirmStep):
    step = "start"
    success = gettext_lazy("배정했습니다. 채점 시작일부터 채점할 수 있습니다.")
    service = staticmethod(stages.start)

    def foresee(self) -> list[Any]:
        waiting = judges.unsigned(self.object)
        if self.object.body == Body.RESIDENTS:
            return [_("쪽지 %(count)d장을 쓸 수 있게 됩니다.") % {"count": waiting}]
        if not waiting:
            return []
        if self.object.is_split:
            return [_("서약하지 않은 위원 %(count)d명은 배정에서 빠집니다.") % {"count": waiting}]
        return [_("서약하지 않은 위원 %(count)d명은 서약한 뒤 채점할 수 있습니다.") % {"count": waiting}]


class StageClose(StageStep, ConfirmStep):
    step = "close"
    danger = True
    success = gettext_lazy("채점을 마감했습니다.")
    service = staticmethod(stages.close)

    def foresee(self) -> list[Any]:
        return missing(self.object) or [_("모두 채점했습니다.")]


class StageReassign(StageStep, ReasonStep):
    step = "reassign"
    success = gettext_lazy("빠진 자리를 다시 배정했습니다.")
    lead = gettext_lazy("이미 채점한 것은 그대로 두고 빠진 자리만 다시 배정합니다.")
    service = staticmethod(stages.reassign)


class StageExtend(StageStep, FormPage):
    step = "extend"
    form_class = WindowForm
    binds = True
    success = gettext_lazy("채점 기간을 바꾸고 위원에게 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"opens_on": self.object.opens_on, "closes_on": self.object.closes_on}

    def act(self, form: WindowForm) -> str:
        stages.extend(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class StageChangeWay(StageStep, FormPage):
    step = "change_way"
    form_class = WayForm
    binds = True
    success = gettext_lazy("계산 방식을 바꾸었습니다. 결과에는 바꾸기 전과 뒤를 모두 보입니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"way": self.object.way}

    def act(self, form: WayForm) -> str:
        data = form.cleaned_data
        stages.change_way(
            self.object, data["way"], reason=data["reason"], version=self.seen, actor=self.actor
        )
        return self.get_success_url()


class StageAsk(StageStep, FormPage):
    step = "ask"
    form_class = SeatForm
    submit = gettext_lazy("심사 요청")
    success = gettext_lazy("심사를 요청했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"seats": judges.free_seats(self.object)}

    def act(self, form: SeatForm) -> str:
        judges.ask_instead(self.object, form.cleaned_data["seat"], actor=self.actor)
        return self.get_success_url()


class StageSlips(StageStep, FormPage):
    """The sheet of slips is the answer itself: the codes are told this once."""

    step = "slips"
    form_class = SlipsForm
    submit = gettext_lazy("쪽지 만들기")
    lead = gettext_lazy("쪽지 번호는 이번에만 보입니다. 나온 화면을 바로 인쇄해 주세요.")
    printed: Sequence[tuple[int, str]] = ()

    def act(self, form: SlipsForm) -> str:
        self.printed = slips.make(self.object, form.cleaned_data["count"], actor=self.actor)
        return self.get_success_url()

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        if not fresh:
            return super().done(target, fresh=fresh)
        rows = [(number, shown_code(code)) for number, code in self.printed]
        address = self.request.build_absolute_uri(reverse("evaluations:ballot_enter"))
        context = {"title": _("구민 평가단 쪽지"), "slips": rows, "stage": self.object, "address": address}
        return self.render(context, template="evaluations/slips.html")


class StageWall(StageStep, BaseView):
    """The number for the wall; the page renews itself, without script."""

    step = "wall"
    template_name = "evaluations/wall.html"

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        left = roomcode.left()
        code = roomcode.shown(slips.room(self.object))
        address = request.build_absolute_uri(reverse("evaluations:ballot_enter"))
        context = {"title": self.object.round.title, "code": f"{code[:3]} {code[3:]}", "address": address}
        response = self.render({**context, "left": left})
        response["Refresh"] = str(left)
        return response


class JudgeStep(StepPage):
    """What planning does with somebody who judges."""

    workflow = JUDGE
    find = staticmethod(get_seated)
    section = "evaluations"
    permission = "evaluations.see"

    def get_crumbs(self) -> Crumbs:
        stage = self.object.stage
        round = stage.round
        return [
            HOME,
            LIST,
            (round.title, round.get_absolute_url()),
            (stage.title, stage.get_absolute_url()),
            (self.title, None),
        ]

    def get_cancel_url(self) -> str:
        return str(self.object.stage.get_absolute_url())


class JudgeRelease(JudgeStep, FormPage):
    step = "release"
    form_class = ReleaseForm
    danger = True
    success = gettext_lazy("해촉했습니다. 남은 것은 다시 배정해 주세요.")

    def get_context(self) -> dict[str, Any]:
        return {"lead": str(self.object.user or self.object)}

    def act(self, form: ReleaseForm) -> str:
        data = form.cleaned_data
        judges.release(self.object, void=bool(data["void"]), reason=data["reason"], actor=self.actor)
        return self.get_success_url()
