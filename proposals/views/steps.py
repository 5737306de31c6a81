"""What planning, and staff who proposed, do with a proposal: each step a page (P3, P5, P6)."""

from typing import Any

from django.utils.translation import gettext_lazy

from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from proposals.enums import State
from proposals.forms.handling import (
    AdoptForm,
    ConvertForm,
    DismissForm,
    LinkForm,
    NoticeForm,
    RejectForm,
    SupplementForm,
    TransferForm,
)
from proposals.services import handling
from proposals.views.desk import HOME, get_proposal
from proposals.workflow import PROPOSAL


class Step(StepPage):
    workflow = PROPOSAL
    find = staticmethod(get_proposal)
    section = "proposals"
    permission = "proposals.desk"
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.code)


class LetIn(Step, ConfirmStep):
    step = "let_in"
    success = gettext_lazy("접수를 확인했습니다.")
    service = staticmethod(handling.let_in)


class AskSupplement(Step, ReasonStep):
    step = "ask_supplement"
    lead = gettext_lazy(
        "무엇을 보완하면 되는지 제안자가 알 수 있게 적어 주세요. 보완할 때까지 결정 기한이 멈춥니다."
    )
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(handling.ask_supplement)


class Lapse(Step, ReasonStep):
    step = "lapse"
    success = gettext_lazy("보완 없이 종결했습니다.")
    service = staticmethod(handling.lapse)


class FinishPetition(Step, ReasonStep):
    step = "finish_petition"
    lead = gettext_lazy("민원에 무엇이라고 답했는지 적어 주세요.")
    success = gettext_lazy("민원 답변이 기록되었습니다.")
    service = staticmethod(handling.finish_petition)


class TakeBack(Step, ReasonStep):
    step = "take_back"
    lead = gettext_lazy("잘못 처리한 것을 되돌립니다. 접수한 날과 결정 기한은 처음 그대로입니다.")
    success = gettext_lazy("처리를 되돌렸습니다.")
    service = staticmethod(handling.take_back)


class Deciding(Step, FormPage):
    """A decision with what the proposer will read."""

    binds = True
    outcome = State.ADOPTED

    def act(self, form: NoticeForm) -> str:
        handling.decide(self.object, self.outcome, form.notice(), actor=self.actor, version=self.seen)
        return self.get_success_url()


class Adopt(Deciding):
    step = "adopt"
    form_class = AdoptForm
    success = gettext_lazy("채택하기로 결정했습니다.")


class Reject(Deciding):
    step = "reject"
    outcome = State.REJECTED
    form_class = RejectForm
    success = gettext_lazy("불채택으로 결정했습니다.")


class Dismiss(Deciding):
    step = "dismiss"
    outcome = State.NO_PROPOSAL
    form_class = DismissForm
    success = gettext_lazy("제안이 아닌 것으로 결정했습니다.")


class Convert(Step, FormPage):
    step = "convert"
    binds = True
    form_class = ConvertForm
    lead = gettext_lazy("민원의 처리 기한이 오늘부터 따로 흐릅니다.")
    success = gettext_lazy("민원으로 전환했습니다.")

    def act(self, form: ConvertForm) -> str:
        data: dict[str, Any] = form.cleaned_data
        handling.convert(
            self.object, data["petition"], reason=data["reason"], actor=self.actor, version=self.seen
        )
        return self.get_success_url()


class Transfer(Step, FormPage):
    step = "transfer"
    binds = True
    form_class = TransferForm
    success = gettext_lazy("다른 기관으로 이송했습니다.")

    def act(self, form: TransferForm) -> str:
        data = form.cleaned_data
        handling.transfer(
            self.object, data["passed_to"], reason=data["reason"], actor=self.actor, version=self.seen
        )
        return self.get_success_url()


class Link(Step, FormPage):
    step = "link"
    binds = True
    form_class = LinkForm
    lead = gettext_lazy("같은 내용을 먼저 낸 제안에 연결합니다. 두 제안 모두 남습니다.")
    success = gettext_lazy("같은 제안에 연결했습니다.")

    def act(self, form: LinkForm) -> str:
        data = form.cleaned_data
        handling.link(self.object, data["first"], reason=data["reason"], actor=self.actor, version=self.seen)
        return self.get_success_url()


class Supplement(Step, FormPage):
    step = "supplement"
    form_class = SupplementForm
    success = gettext_lazy("보완되었습니다. 결정 기한이 다시 흐릅니다.")

    def act(self, form: SupplementForm) -> str:
        data = form.cleaned_data
        handling.supplement(self.object, answer=data["answer"], actor=self.actor, files=data["attachments"])
        return self.get_success_url()


class Withdraw(Step, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("제안이 취하되었습니다.")
    service = staticmethod(handling.withdraw)
