"""What is looked at again: asked by the proposer on the own page, handled by planning; and who had the idea first
(P5, P7, P8)."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core import deadlines
from core.cells import Cell, Column, badge_cell, choice, day, due_cell
from core.components import Badge, Way
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.bearer import BearerPage
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of
from proposals.enums import ObjectionKind, ObjectionState
from proposals.filters_following import ObjectionFilter
from proposals.forms import objections as forms
from proposals.forms.crediting import CreditForm
from proposals.forms.following import AnswerForm
from proposals.models import ANSWER, Decision, Objection, Undertaking
from proposals.selectors import answers
from proposals.selectors import following as selectors
from proposals.selectors import objections as until
from proposals.services import objecting, replies, twins
from proposals.views.desk import HOME
from proposals.views.lists import CODE, TITLE
from proposals.views.steps import Step
from proposals.workflow_following import OBJECTIONS

LIST = (gettext_lazy("이의·재심사"), reverse_lazy("proposals:objections"))
TONES = {ObjectionState.ASKED: "info", ObjectionState.UPHELD: "success"}


class Asking(FormPage):
    """The proposer asks for another look: on the own page, or as staff on the proposal's."""

    kind: ClassVar[str] = ""
    form_class = forms.ObjectForm
    asks = gettext_lazy("신청하기")
    success = gettext_lazy("신청되었습니다. 결정하면 알려 드립니다.")

    def ask(self, proposal: Any, form: Any) -> None:
        objecting.ask(proposal, self.kind, **form.cleaned_data, actor=self.actor)

    def until(self, proposal: Any) -> str:
        last = until.until(proposal, self.kind)
        return _("%(day)s까지 한 번 신청할 수 있습니다.") % {"day": date_weekday(last)} if last else ""


class Mine(BearerPage, Asking):
    permission = "proposals.own"

    def get_context(self) -> dict[str, Any]:
        return {"lead": self.until(self.subject), "submit": self.asks}

    def act(self, form: Any) -> str:
        self.ask(self.subject, form)
        return self.root


class Staff(Step, Asking):
    """As a member of staff who proposed it."""

    def get_context(self) -> dict[str, Any]:
        return {"lead": self.until(self.object), "submit": self.asks}

    def act(self, form: Any) -> str:
        self.ask(self.object, form)
        return self.get_success_url()


class MineObject(Mine):
    kind = ObjectionKind.OBJECTION
    title = gettext_lazy("이의 신청")


class MineReview(Mine):
    kind = ObjectionKind.REVIEW
    title = gettext_lazy("재심사 신청")


class MineLater(Mine):
    kind = ObjectionKind.LATER
    form_class = forms.LaterForm
    title = gettext_lazy("실시된 제안 재심사 신청")


class StaffObject(Staff):
    step = "object"
    kind = ObjectionKind.OBJECTION


class StaffReview(Staff):
    step = "ask_review"
    kind = ObjectionKind.REVIEW


class StaffLater(Staff):
    step = "ask_later"
    kind = ObjectionKind.LATER
    form_class = forms.LaterForm


WITHDRAWING = gettext_lazy(
    "결정하기 전의 신청을 취하합니다. 신청할 수 있는 기간이 남아 있으면 다시 신청할 수 있습니다. 계속할까요?"
)


class MineWithdraw(BearerPage, ConfirmPage):
    permission = "proposals.own"
    danger = True
    title = gettext_lazy("이의·재심사 취하")
    success = gettext_lazy("신청이 취하되었습니다.")

    def get_text(self) -> str:
        return str(WITHDRAWING)

    def act(self) -> str:
        objecting.withdraw(self.subject, actor=self.actor)
        return self.root


class StaffWithdraw(Step, ConfirmStep):
    step = "withdraw_objection"
    success = gettext_lazy("신청이 취하되었습니다.")
    service = staticmethod(objecting.withdraw)

    def get_text(self) -> str:
        return str(WITHDRAWING)


class Answering(FormPage):
    """The proposer says whether it was done."""

    form_class = AnswerForm
    success = gettext_lazy("답해 주셔서 고맙습니다.")
    template_name = "proposals/public/answer.html"

    def told(self, proposal: Any) -> dict[str, Any]:
        return {"undertaking": Undertaking.objects.filter(proposal=proposal).first()}

    def answer(self, proposal: Any, form: Any) -> None:
        found = get_object_or_404(Undertaking, proposal=proposal)
        replies.answer(found, form.cleaned_data["verdict"], form.cleaned_data["text"], actor=self.actor)


class MineAnswer(BearerPage, Answering):
    permission = "proposals.own"
    title = gettext_lazy("제안이 되었는지 답하기")
    submit = gettext_lazy("답 보내기")

    def get_context(self) -> dict[str, Any]:
        return self.told(self.subject)

    def act(self, form: Any) -> str:
        self.answer(self.subject, form)
        return self.root


class StaffAnswer(Step, Answering):
    step = "answer"

    def get_context(self) -> dict[str, Any]:
        return self.told(self.object)

    def act(self, form: Any) -> str:
        self.answer(self.object, form)
        return self.get_success_url()


class Reopen(Step, ReasonStep):
    step = "reopen"
    lead = gettext_lazy(
        "채택하지 않은 제안을 다시 검토합니다. 오늘부터 결정 기한이 새로 흐르고 제안자에게 알립니다."
    )
    success = gettext_lazy("다시 검토합니다.")
    service = staticmethod(objecting.reopen)


class Credit(Step, FormPage):
    step = "credit"
    form_class = CreditForm
    lead = gettext_lazy(
        "같은 생각을 먼저 낸 제안을 밝힙니다. 두 제안에 함께 보이고 먼저 낸 사람에게 알립니다."
    )
    success = gettext_lazy("먼저 낸 제안을 밝혔습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        proposals, marks = selectors.earlier_than(self.object)
        return {"proposals": proposals, "marks": marks}

    def act(self, form: CreditForm) -> str:
        twins.credit(self.object, form.earlier(), form.fingerprints(), actor=self.actor)
        return self.get_success_url()


# ------------------------------------------------------------------------------------------- planning's side


class ObjectionList(ListView):
    permission = "proposals.objections"
    section = "proposals"
    title = gettext_lazy("이의·재심사")
    file_name = gettext_lazy("제안_이의_재심사")
    filter_class = ObjectionFilter
    open_states = (ObjectionState.ASKED,)
    urgent_order = ("clock__due",)
    default_order = ("-asked_on", "-pk")
    crumbs = (HOME, (gettext_lazy("이의·재심사"), None))
    empty_message = gettext_lazy("조건에 맞는 이의나 재심사가 없습니다.")
    columns = (
        CODE,
        TITLE,
        Column(
            "kind",
            gettext_lazy("구분"),
            ("kind",),
            choice(ObjectionKind),
            sort=("kind",),
            excel=choice(ObjectionKind),
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(ObjectionState, TONES),
            sort=("state",),
            excel=choice(ObjectionState),
        ),
        Column("asked", gettext_lazy("신청일"), ("asked_on",), day, sort=("asked_on",), kind="date"),
        Column(
            "due",
            gettext_lazy("결정 기한"),
            ("clock__due", "clock__paused", "state"),
            lambda due, paused, state: due_cell(due, paused) if state == ObjectionState.ASKED else Cell(""),
            sort=("clock__due",),
            kind="date",
            excel=lambda due, paused, state: due,
        ),
        Column("decided", gettext_lazy("결정일"), ("decided_on",), day, sort=("decided_on",), kind="date"),
        Column("withdrawn", gettext_lazy("취하일"), ("withdrawn_on",), kind="date", screen=False),
        Column("session", gettext_lazy("위원회 개최일"), ("session_on",), kind="date", screen=False),
        Column("minutes", gettext_lazy("회의록"), ("minutes",), screen=False),
        Column("in_time", gettext_lazy("기한 내"), ("in_time",), kind="bool", screen=False),
    )

    def get_queryset(self, user: Any) -> Any:
        return Objection.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:objection", args=[pk])


def get_objection(user: Any, pk: int) -> Objection:
    """404 for what one may not know."""
    rows = Objection.objects.visible_to(user).select_related(
        "proposal", "clock", "decision__department", "decided_by__department"
    )
    return get_object_or_404(rows, pk=pk)


class ObjectionPage(BaseView):
    permission = "proposals.objections"
    section = "proposals"
    template_name = "proposals/objection.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.objection.proposal.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.objection = one = get_objection(request.user, pk)
        proposal = one.proposal
        return self.render(
            {
                "objection": one,
                "title": proposal.title,
                "lead": f"{proposal.code} · {one.get_kind_display()}",
                "badges": [Badge(one.get_state_display(), TONES.get(ObjectionState(one.state), "neutral"))],
                "ways": [Way(_("제안"), f"{proposal.code} {proposal.title}", proposal.get_absolute_url())],
                **bar_of(request.user, one),
                "told": selectors.objection(one, own=True),
                "decision": answers.facts_of(one.decision),
                "arithmetic": deadlines.steps(one.clock, _("신청")),
                "events": [event_of(row) for row in latest_first(one)],
            }
        )


class ObjectionStep(StepPage):
    workflow = OBJECTIONS
    find = staticmethod(get_objection)
    section = "proposals"
    permission = "proposals.objections"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.proposal.code)


class Uphold(ObjectionStep, ReasonStep):
    step = "uphold"
    lead = gettext_lazy("제안으로 다시 처리합니다. 접수한 날과 결정 기한은 처음 그대로입니다.")
    success = gettext_lazy("이의를 받아들였습니다.")
    service = staticmethod(objecting.uphold)


class Refuse(ObjectionStep, ReasonStep):
    step = "refuse"
    lead = gettext_lazy("까닭을 제안자가 알 수 있게 적어 주세요.")
    success = gettext_lazy("이의를 받아들이지 않기로 했습니다.")
    service = staticmethod(objecting.refuse)


class EnterWithdrawal(ObjectionStep, ReasonStep):
    step = "enter_withdrawal"
    lead = gettext_lazy(
        "제안자가 서면으로 취하했습니다. 받은 날과 문서를 사유에 적어 주세요. 결정 기한이 멈추고 제안자에게 알립니다."
    )
    success = gettext_lazy("취하를 등록했습니다.")
    service = staticmethod(objecting.enter_withdrawal)


class Adopt(ObjectionStep, FormPage):
    step = "adopt"
    binds = True
    form_class = forms.AdoptAgainForm
    lead = gettext_lazy("위원회의 결정을 적습니다. 처음 결정은 기록에 남고 이 결정이 새로 섭니다.")
    success = gettext_lazy("재심사로 채택했습니다.")

    def get_initial(self) -> dict[str, Any]:
        """Of what was adopted in part, what is taken over already: the new decision says the whole."""
        decision: Decision = self.object.decision
        if not decision.is_partly:
            return {}
        return {**{name: getattr(decision, name) for name in ANSWER}, "department": decision.department_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"objection": self.object}

    def act(self, form: forms.AdoptAgainForm) -> str:
        objecting.adopt(self.object, form.notice(), form.session(), actor=self.actor, version=self.seen)
        return self.get_success_url()


class Keep(ObjectionStep, FormPage):
    step = "keep"
    binds = True
    form_class = forms.KeepForm
    lead = gettext_lazy("위원회가 처음 결정을 그대로 두기로 했습니다.")
    success = gettext_lazy("처음 결정을 그대로 둡니다.")

    def act(self, form: forms.KeepForm) -> str:
        reason = form.cleaned_data["reason"]
        objecting.keep(self.object, form.session(), reason=reason, actor=self.actor, version=self.seen)
        return self.get_success_url()
