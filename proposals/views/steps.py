"""What planning, and staff who proposed, do with a proposal: each step a page (P3, P5, P6)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from proposals.enums import Ground, State
from proposals.forms.crediting import AdoptNamingForm
from proposals.forms.handling import (
    ConvertForm,
    DismissForm,
    LinkForm,
    NoticeForm,
    RejectForm,
    SupplementForm,
    TransferForm,
)
from proposals.forms.review import AskOpinionForm, InterimForm, OpinionForm
from proposals.models import Interim
from proposals.selectors.answers import proposed
from proposals.selectors.following import earlier_than
from proposals.services import anonymising, handling, interims, opinions, twins
from proposals.views.desk import HOME, get_proposal
from proposals.workflow import INTERIM, PROPOSAL


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
    lead = gettext_lazy("제안자가 읽을 답입니다. 부서의 답변이 있으면 옮겨 두었으니 쉬운 말로 다듬어 주세요.")

    def get_initial(self) -> dict[str, Any]:
        return proposed(self.object, self.outcome)

    def act(self, form: NoticeForm) -> str:
        handling.decide(self.object, self.outcome, form.notice(), actor=self.actor, version=self.seen)
        return self.get_success_url()


class Adopt(Deciding):
    step = "adopt"
    form_class = AdoptNamingForm
    success = gettext_lazy("채택하기로 결정했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        proposals, marks = earlier_than(self.object)
        return {"proposals": proposals, "marks": marks}

    def act(self, form: Any) -> str:
        target = super().act(form)
        earlier, marks = form.earlier(), form.fingerprints()
        if earlier or marks:
            twins.credit(self.object, earlier, marks, actor=self.actor)
        return target


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

    def get_initial(self) -> dict[str, Any]:
        """With the ground that the page which led here has found."""
        ground = self.request.GET.get("ground", "")
        found = super().get_initial()
        return {**found, "ground": ground} if ground in Ground.values else found


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


class Supplement(Step, HoldsFiles):
    step = "supplement"
    form_class = SupplementForm
    success = gettext_lazy("보완되었습니다. 결정 기한이 다시 흐릅니다.")

    def get_draft_key(self) -> str:
        return f"proposals.supplement.{self.object.pk}"

    def act(self, form: SupplementForm) -> str:
        with self.files(form) as files:
            handling.supplement(
                self.object, answer=form.cleaned_data["answer"], actor=self.actor, files=files
            )
        return self.get_success_url()


class Withdraw(Step, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("제안이 취하되었습니다.")
    service = staticmethod(handling.withdraw)


class AskOpinion(Step, FormPage):
    step = "ask_opinion"
    binds = True
    form_class = AskOpinionForm
    lead = gettext_lazy(
        "밖의 기관이나 전문가에게 의견을 묻습니다. 기다리는 동안 결정 기한이 멈추고, 제안자에게 알립니다."
    )
    success = gettext_lazy("외부 의견을 요청했습니다.")

    def act(self, form: AskOpinionForm) -> str:
        data = form.cleaned_data
        opinions.ask(self.object, data["office"], reason=data["reason"], actor=self.actor, version=self.seen)
        return self.get_success_url()


class TakeOpinion(Step, HoldsFiles):
    step = "take_opinion"
    binds = True
    form_class = OpinionForm
    success = gettext_lazy("외부 의견을 접수했습니다. 결정 기한이 다시 흐릅니다.")

    def act(self, form: OpinionForm) -> str:
        with self.files(form) as files:
            opinions.take_in(
                self.object,
                answer=form.cleaned_data["answer"],
                actor=self.actor,
                files=files,
                version=self.seen,
            )
        return self.get_success_url()


class Forget(Step, ReasonStep):
    """At the proposer's own wish, before its time (D3)."""

    step = "forget"
    lead = gettext_lazy(
        "이름과 연락처, 붙인 파일을 지우고 링크를 막습니다. 글에 남은 번호도 가립니다. 되돌릴 수 없습니다."
    )
    submit = gettext_lazy("파기")
    success = gettext_lazy("개인정보를 파기했습니다.")
    service = staticmethod(anonymising.forget_asked)


def get_interim(user: Any, pk: int) -> Interim:
    """404 for what one may not know."""
    found = get_object_or_404(Interim.objects.select_related("proposal__clock"), pk=pk)
    get_proposal(user, found.proposal_id)
    return found


class SendInterim(StepPage, FormPage):
    """What the system has drafted is read, written on and sent."""

    workflow = INTERIM
    step = "send"
    find = staticmethod(get_interim)
    section = "proposals"
    permission = "proposals.plan"
    above = (HOME,)
    binds = True
    form_class = InterimForm
    lead = gettext_lazy(
        "결정이 늦어지는 까닭과 새로 답할 날을 제안자와 누구에게나 알립니다. 결정을 대신하지 않습니다."
    )
    success = gettext_lazy("중간 답변을 보냈습니다.")

    def get_name(self) -> str:
        return str(self.object.proposal.code)

    def get_cancel_url(self) -> str:
        return str(self.object.proposal.get_absolute_url())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.object}

    def act(self, form: InterimForm) -> str:
        data = form.cleaned_data
        interims.send(
            self.object,
            reason=data["reason"],
            answer_on=data["answer_on"],
            actor=self.actor,
            version=self.seen,
        )
        return self.get_success_url()
