"""The steps of a bonus and its papers (I7)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import won
from budgets.selectors import budget_overview
from core.now import today
from core.page import BaseView, Request
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from incentives.documents_results import plan_paper, request_paper
from incentives.forms.results import ApprovalForm, AskForm, ChooseForm, PayForm, PlanForm, RepayForm
from incentives.models import Payout
from incentives.purse import BONUS
from incentives.selectors.results import rates_on
from incentives.services import payouts
from incentives.views.lists import HOME, SECTION
from incentives.views.results import LIST
from incentives.workflow_payouts import PAYOUT


def get_payout(user: Any, pk: int) -> Payout:
    """404 for what one may not know."""
    rows = Payout.objects.visible_to(user).select_related("result__division__project")
    return get_object_or_404(rows.prefetch_related("result__prizes", "result__shares"), pk=pk)


class _Paper(BaseView):
    """For printing, as HWPX (`?format=hwpx`)."""

    permission = "incentives.view"
    name: Any = ""

    def document(self, payout: Payout) -> Any:
        raise LookupError(f"{type(self).__name__} has no paper")

    def get(self, request: Request, pk: int) -> HttpResponse:
        payout = get_payout(request.user, pk)
        name = f"{payout.result.division.project.year}_{payout.title}_{self.name}".replace(" ", "_")
        fmt = request.GET.get("format", "html")
        return document_response(self.document(payout), fmt, name, back=payout.get_absolute_url())


class PayoutPaper(_Paper):
    name = gettext_lazy("포상금 자체 지급계획서")

    def document(self, payout: Payout) -> Any:
        return plan_paper(payout)


class RequestPaper(_Paper):
    name = gettext_lazy("포상금 지급요청")

    def document(self, payout: Payout) -> Any:
        return request_paper(payout)


class PayoutStep(StepPage):
    workflow = PAYOUT
    find = staticmethod(get_payout)
    section = SECTION
    permission = "incentives.view"
    above = (HOME, LIST)


class PayoutChoose(PayoutStep, FormPage):
    step = "choose"
    form_class = ChooseForm
    binds = True
    lead = gettext_lazy("계획에 기준이 없는 결과입니다. 어떻게 지급할지 사유와 함께 정합니다.")
    success = gettext_lazy("포상금 기준을 정했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        fixed = rates_on(self.object.result.decided_on).fixed
        return {"sums": {tier.value: amount for tier, amount in fixed.items()}}

    def get_initial(self) -> dict[str, Any]:
        one = self.object
        return {
            "choice": one.choice_tier or one.result.tier or one.choice,
            "reason": one.choice_reason,
        }

    def act(self, form: ChooseForm) -> str:
        payouts.choose(self.object, **form.said(), version=self.seen, actor=self.actor)
        return self.get_success_url()


class PayoutBegin(PayoutStep, ReasonStep):
    step = "begin"
    lead = gettext_lazy("지난 자료로 가져온 결과의 포상금을 이 시스템에서 지급하기 시작합니다.")
    success = gettext_lazy("지급 절차를 시작했습니다.")
    service = staticmethod(payouts.begin)


class PayoutPlan(PayoutStep, FormPage):
    step = "plan"
    form_class = PlanForm
    binds = True
    success = gettext_lazy("포상금을 배분했습니다. 지급계획서를 결재받은 뒤 결재를 기록해 주세요.")

    @property
    def shares(self) -> list[Any]:
        return sorted(self.object.result.shares.all(), key=lambda one: one.order)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"shares": self.shares}

    def get_initial(self) -> dict[str, Any]:
        """A department alone gets all; of several the owner decides."""
        shares = self.shares
        whole = {f"share-{shares[0].pk}": 100} if len(shares) == 1 else {}
        return whole | {"basis": self.object.basis}

    def get_context(self) -> dict[str, Any]:
        said = _("포상금 %(amount)s을 나눕니다. 비율의 합은 100%%이고, 남는 돈은 대표 주관 부서에 더합니다.")
        return {"lead": said % {"amount": won(self.object.amount or 0)}}

    def act(self, form: PlanForm) -> str:
        basis = form.cleaned_data["basis"]
        payouts.plan(self.object, form.percents(), basis=basis, version=self.seen, actor=self.actor)
        return self.get_success_url()


class PayoutTakeBack(PayoutStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("배분을 거두었습니다.")
    service = staticmethod(payouts.take_back)


class PayoutApprove(PayoutStep, FormPage):
    step = "approve"
    form_class = ApprovalForm
    binds = True
    lead = gettext_lazy("부구청장이 결재한 자체 지급계획서의 문서번호와 결재일을 적습니다.")
    success = gettext_lazy("결재를 기록했습니다. 기획예산과에 협조를 요청했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: ApprovalForm) -> str:
        payouts.approve(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class PayoutGiveBack(PayoutStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(payouts.give_back)


class PayoutAgree(PayoutStep, ConfirmStep):
    step = "agree"
    success = gettext_lazy("협조하고 포상금 예산에 잡아 두었습니다.")
    service = staticmethod(payouts.agree)

    def get_text(self) -> str:
        return _("%(title)s의 포상금 %(amount)s 지급계획에 협조할까요?") % {
            "title": self.object.title,
            "amount": won(self.object.amount or 0),
        }

    def foresee(self) -> Sequence[Any]:
        """What the purse has left after it."""
        found, amount = budget_overview(BONUS, today().year), self.object.amount or 0
        left = found.free - amount
        said = _("%(left)s → %(then)s") if left >= 0 else _("%(left)s 남아 있어 모자랍니다.")
        label = _("%(year)d년 포상금 예산") % {"year": found.year}
        return [f"{label}: {said % {'left': won(found.free), 'then': won(max(0, left))}}"]


class PayoutDisagree(PayoutStep, ReasonStep):
    step = "disagree"
    success = gettext_lazy("협조를 취소했습니다. 잡아 둔 예산을 풀었습니다.")
    service = staticmethod(payouts.disagree)


class PayoutAsk(PayoutStep, FormPage):
    step = "ask"
    form_class = AskForm
    binds = True
    lead = gettext_lazy("자체 지급계획서를 붙여 기획예산과에 보낸 지급요청 공문을 적습니다.")
    success = gettext_lazy("지급을 요청했습니다.")

    def act(self, form: AskForm) -> str:
        payouts.ask(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class PayoutUnask(PayoutStep, ConfirmStep):
    step = "unask"
    success = gettext_lazy("지급 요청을 거두었습니다.")
    service = staticmethod(payouts.unask)


class PayoutPay(PayoutStep, FormPage):
    step = "pay"
    form_class = PayForm
    binds = True
    success = gettext_lazy("지급을 기록했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def get_context(self) -> dict[str, Any]:
        said = _("포상금 %(amount)s을 수상 부서의 일상경비 통장으로 지급하고 기록합니다.")
        return {"lead": said % {"amount": won(self.object.amount or 0)}}

    def act(self, form: PayForm) -> str:
        payouts.pay(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class PayoutUnpay(PayoutStep, ReasonStep):
    step = "unpay"
    success = gettext_lazy("지급 기록을 취소했습니다.")
    service = staticmethod(payouts.unpay)


class PayoutRepay(PayoutStep, FormPage):
    step = "repay"
    form_class = RepayForm
    binds = True
    lead = gettext_lazy("평가기관이 수상금을 거둔 때처럼 부서에서 돌려받은 돈을 기록합니다.")
    success = gettext_lazy("환수를 기록했습니다.")

    def act(self, form: RepayForm) -> str:
        payouts.repay(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()
