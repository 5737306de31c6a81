"""What departments and planning do with what was adopted: the list, one undertaking, its steps (P8, P14)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, days_between
from core.attachments import links_of
from core.cells import Cell, Column, badge_cell, choice, day, due_cell
from core.components import Badge, Way
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of
from notifications.lists import NudgingList
from organization.views.tables import person_column
from proposals.enums import FOLLOWED, MilestoneKind, UndertakingState, Verdict
from proposals.filters_following import UndertakingFilter
from proposals.forms import following as forms
from proposals.models import Undertaking
from proposals.selectors import following as selectors
from proposals.services import following, replies
from proposals.views.desk import HOME
from proposals.views.lists import CODE, TITLE
from proposals.workflow_following import UNDERTAKING

LIST = (gettext_lazy("이행 관리"), reverse_lazy("proposals:undertakings"))
VERDICT_TONES = {Verdict.DONE: "success", Verdict.PARTLY: "info", Verdict.NOT_DONE: "danger"}


def _marks(is_late: bool, lacks_check: bool, state: str) -> Cell:
    """What is amiss, in words."""
    late = is_late and state == UndertakingState.PLANNED
    words = [*([_("예정일 지남")] if late else []), *([_("점검 빠짐")] if lacks_check else [])]
    return Cell(" · ".join(words), tone="danger" if words else None)


class UndertakingList(NudgingList):
    permission = "proposals.desk"
    section = "proposals"
    title = gettext_lazy("이행 관리")
    file_name = gettext_lazy("제안_이행")
    filter_class = UndertakingFilter
    open_states = FOLLOWED
    urgent_order = ("planned_on",)
    default_order = ("-begun_on",)
    crumbs = (HOME, (gettext_lazy("이행 관리"), None))
    empty_message = gettext_lazy("조건에 맞는 이행 중인 제안이 없습니다.")
    columns = (
        CODE,
        TITLE,
        Column("department", gettext_lazy("담당 부서"), ("department_name",), sort=("department_name",)),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(UndertakingState, selectors.TONES),
            sort=("state",),
            excel=choice(UndertakingState),
        ),
        Column(
            "planned",
            gettext_lazy("시행 예정일"),
            ("planned_on", "state"),
            lambda planned, state: due_cell(planned) if state == UndertakingState.PLANNED else day(planned),
            sort=("planned_on",),
            kind="date",
            excel=lambda planned, state: planned,
        ),
        Column(
            "first",
            gettext_lazy("처음 예정일"),
            ("first_on",),
            day,
            sort=("first_on",),
            kind="date",
            screen=False,
        ),
        Column(
            "carried_out",
            gettext_lazy("시행한 날"),
            ("carried_out_on",),
            day,
            sort=("carried_out_on",),
            kind="date",
            hide_mobile=True,
        ),
        Column(
            "amiss",
            gettext_lazy("살필 것"),
            ("is_late", "lacks_check", "state"),
            _marks,
            excel=lambda *values: _marks(*values).text,
        ),
        Column(
            "verdict",
            gettext_lazy("제안자 답변"),
            ("verdict",),
            badge_cell(Verdict, VERDICT_TONES),
            sort=("verdict",),
            excel=choice(Verdict),
        ),
        person_column("person", gettext_lazy("담당자"), "person", screen=False, width=30),
        Column("begun", gettext_lazy("이행 시작일"), ("begun_on",), kind="date", screen=False),
        Column("until", gettext_lazy("이행 관리 끝나는 날"), ("until",), kind="date", screen=False),
        Column("result", gettext_lazy("시행 내용"), ("result",), screen=False, width=60),
        Column("saving", gettext_lazy("한 해의 효과(원)"), ("effect__saving",), kind="int", screen=False),
        Column("cost", gettext_lazy("들어간 비용(원)"), ("effect__cost",), kind="int", screen=False),
        Column("named", gettext_lazy("적극행정 추천일"), ("named_on",), kind="date", screen=False),
    )

    def get_queryset(self, user: Any) -> Any:
        return Undertaking.objects.visible_to(user).marked()

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:undertaking", args=[pk])


def get_undertaking(user: Any, pk: int) -> Undertaking:
    """404 for what one may not know."""
    rows = Undertaking.objects.visible_to(user).select_related(
        "proposal", "department", "person__department", "effect", "confirmed_by__department"
    )
    return get_object_or_404(rows, pk=pk)


class UndertakingPage(BaseView):
    permission = "proposals.desk"
    section = "proposals"
    template_name = "proposals/undertaking.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.undertaking.proposal.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.undertaking = undertaking = get_undertaking(request.user, pk)
        proposal = undertaking.proposal
        return self.render(
            {
                "undertaking": undertaking,
                "title": proposal.title,
                "lead": f"{proposal.code} · {undertaking.department_name}",
                "badges": [
                    Badge(
                        undertaking.get_state_display(),
                        selectors.TONES.get(UndertakingState(undertaking.state), "neutral"),
                    )
                ],
                "ways": [Way(_("제안"), f"{proposal.code} {proposal.title}", proposal.get_absolute_url())],
                **bar_of(request.user, undertaking),
                "facts": self._facts(undertaking),
                "steps": selectors.steps_of(undertaking),
                "checks": undertaking.checks.select_related("answered_by__department").order_by(
                    "-year", "-quarter"
                ),
                "replies": undertaking.replies.order_by("-pk"),
                "effect": selectors.effect(undertaking),
                "reckoning": self._effect(undertaking),
                "files": links_of(undertaking),
                "events": [event_of(row) for row in latest_first(undertaking)],
            }
        )

    def _effect(self, one: Undertaking) -> list[tuple[Any, Any]]:
        effect = selectors.effect(one)
        if effect is None or effect.reported_on is None:
            return []
        grade = [
            (_("등급"), effect.get_grade_display()),
            (_("등급을 정한 까닭"), effect.grade_reason),
        ]
        return [*selectors.reckoning(one), *((label, value) for label, value in grade if value)]

    def _facts(self, one: Undertaking) -> list[tuple[Any, Any]]:
        facts = [
            (_("담당 부서"), one.department_name),
            (_("담당자"), str(one.person or "")),
            (_("이행 관리 기간"), days_between(one.begun_on, one.until)),
            (_("시행한 날"), date_weekday(one.carried_out_on) if one.carried_out_on else ""),
        ]
        more = [
            (_("시행 내용"), one.result),
            (_("시행을 확인한 사람"), str(one.confirmed_by or "")),
            (_("제안자에게 묻는 날"), date_weekday(one.ask_on) if one.ask_on else ""),
            (_("효과를 재는 날"), date_weekday(one.effect_due) if one.effect_due else ""),
            (_("적극행정 추천일"), date_weekday(one.named_on) if one.named_on else ""),
        ]
        return [*facts, *((label, value) for label, value in more if value)]


class UndertakingStep(StepPage):
    workflow = UNDERTAKING
    find = staticmethod(get_undertaking)
    section = "proposals"
    permission = "proposals.desk"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.proposal.code)


class UndertakingForm(UndertakingStep, FormPage):
    """A step with a form, done by the department."""


class Assign(UndertakingForm):
    step = "assign"
    form_class = forms.AssignForm
    success = gettext_lazy("담당자가 지정되었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"undertaking": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.object.person_id}

    def act(self, form: Any) -> str:
        following.assign(self.object, form.cleaned_data["person"], actor=self.actor)
        return self.get_success_url()


class Schedule(UndertakingForm):
    step = "schedule"
    form_class = forms.ScheduleForm
    lead = gettext_lazy("처음 정한 날은 그대로 남습니다. 바꿀 때에는 예정일 변경에서 사유를 적습니다.")
    success = gettext_lazy("일정을 정했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"known": list(self.object.milestones.values_list("kind", flat=True))}

    def act(self, form: Any) -> str:
        following.schedule(self.object, form.days(), actor=self.actor)
        return self.get_success_url()


class Move(UndertakingForm):
    step = "move"
    form_class = forms.MoveForm
    success = gettext_lazy("예정일이 바뀌었습니다. 처음 정한 날도 함께 보입니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"steps": self.object.milestones.filter(done_on=None)}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        following.move(self.object, data["kind"], data["day"], reason=data["reason"], actor=self.actor)
        return self.get_success_url()


class Reach(UndertakingForm):
    step = "reach"
    form_class = forms.ReachForm
    success = gettext_lazy("단계를 마친 것으로 적었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        before = self.object.milestones.exclude(kind=MilestoneKind.CARRY_OUT)
        return {"steps": before.filter(done_on=None)}

    def get_initial(self) -> dict[str, Any]:
        return {"day": today()}

    def act(self, form: Any) -> str:
        following.reach(self.object, form.cleaned_data["kind"], form.cleaned_data["day"], actor=self.actor)
        return self.get_success_url()


class Check(UndertakingForm):
    step = "check"
    form_class = forms.CheckForm
    success = gettext_lazy("이행 점검에 답했습니다.")

    def act(self, form: Any) -> str:
        following.check(self.object, **form.cleaned_data, actor=self.actor)
        return self.get_success_url()


class Report(UndertakingForm):
    step = "report"
    form_class = forms.ReportForm
    success = gettext_lazy("보고되었습니다. 기획예산과가 확인합니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"day": today(), "result": self.object.result}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        following.report(
            self.object,
            day=data["day"],
            result=data["result"],
            effect_from=data["effect_from"],
            files=data["attachments"],
            actor=self.actor,
        )
        return self.get_success_url()


class Withdraw(UndertakingStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("보고를 취소했습니다.")
    service = staticmethod(following.withdraw)


class SendBack(UndertakingStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(following.send_back)


class Confirm(UndertakingStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("시행이 확인되었습니다. 몇 주 뒤 제안자에게 되었는지 묻습니다.")
    service = staticmethod(following.confirm)


class ReportEffect(UndertakingForm):
    step = "report_effect"
    form_class = forms.EffectForm
    lead = gettext_lazy("효과가 처음 난 날부터 한 해 동안의 효과입니다. 들어간 비용을 빼고 등급을 정합니다.")
    success = gettext_lazy("시행 효과를 제출했습니다.")

    def get_initial(self) -> dict[str, Any]:
        effect = selectors.effect(self.object)
        return {name: getattr(effect, name, None) for name in ("saving", "cost", "words")}

    def act(self, form: Any) -> str:
        replies.report_effect(self.object, **form.cleaned_data, actor=self.actor)
        return self.get_success_url()


class ReturnEffect(UndertakingStep, ReasonStep):
    step = "return_effect"
    success = gettext_lazy("효과를 다시 제출하도록 요청했습니다.")
    service = staticmethod(replies.return_effect)


class Grade(UndertakingForm):
    step = "grade"
    binds = True
    form_class = forms.GradeForm
    template_name = "proposals/grade.html"
    success = gettext_lazy("효과 등급이 정해졌습니다.")

    def get_context(self) -> dict[str, Any]:
        return {"facts": selectors.reckoning(self.object)}

    def get_initial(self) -> dict[str, Any]:
        net = getattr(selectors.effect(self.object), "net", None)
        return {} if net is None else {"grade": replies.grade_of(net)}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        replies.grade(self.object, data["grade"], reason=data["reason"], actor=self.actor, version=self.seen)
        return self.get_success_url()


class Name(UndertakingStep, ReasonStep):
    step = "name"
    lead = gettext_lazy("제안을 실제로 시행한 담당자를 적극행정 우수 사례로 추천합니다.")
    success = gettext_lazy("적극행정 추천을 적었습니다.")
    service = staticmethod(following.name)


class Drop(UndertakingStep, ReasonStep):
    step = "drop"
    lead = gettext_lazy("왜 그만두는지 제안자와 구민이 읽습니다.")
    success = gettext_lazy("이행을 그만둔 것으로 적었습니다.")
    service = staticmethod(following.drop)


class Resume(UndertakingStep, ReasonStep):
    step = "resume"
    success = gettext_lazy("이행을 다시 시작합니다.")
    service = staticmethod(following.resume)
