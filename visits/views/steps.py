"""The steps of a field visit that need a yes or a reason (V2)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import won
from benchmarking.views.lists import HOME
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from visits.services import reports, requests
from visits.views.lists import LIST
from visits.views.page import get_visit
from visits.workflow import VISIT


class VisitStep(StepPage):
    workflow = VISIT
    find = staticmethod(get_visit)
    section = "benchmarking"
    permission = "visits.view"
    above = (HOME, LIST)
    visit: Any = None

    def prepare(self) -> None:
        super().prepare()
        self.visit = self.object

    def get_name(self) -> str:
        return str(self.visit.host)


class VisitSubmit(VisitStep, ConfirmStep):
    step = "submit"
    success = gettext_lazy("현장체험을 신청했습니다. 기획예산과가 승인합니다.")
    service = staticmethod(requests.submit)


class VisitWithdraw(VisitStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("신청을 거두었습니다. 고쳐서 다시 신청할 수 있습니다.")
    service = staticmethod(requests.withdraw)


class VisitApprove(VisitStep, ConfirmStep):
    step = "approve"
    title = gettext_lazy("현장체험 승인")
    success = gettext_lazy("승인되어 여비를 잡아 두었습니다. 방문 부서와 총무과에 알렸습니다.")
    service = staticmethod(requests.approve)

    def get_text(self) -> str:
        return _("여비 %(amount)s을 잡아 두고 승인할까요?") % {"amount": won(self.visit.estimate)}


class VisitSendBack(VisitStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("방문 부서에 보완을 요청했습니다.")
    service = staticmethod(requests.send_back)


class VisitReject(VisitStep, ReasonStep):
    step = "reject"
    success = gettext_lazy("승인하지 않았습니다. 방문 부서에 알렸습니다.")
    service = staticmethod(requests.reject)


class VisitCancel(VisitStep, ReasonStep):
    step = "cancel"
    success = gettext_lazy("현장체험이 취소되었습니다.")
    service = staticmethod(requests.cancel)

    def get_context(self) -> dict[str, Any]:
        told: Sequence[Any] = [
            _("잡아 둔 여비 %(amount)s이 풀립니다.") % {"amount": won(self.visit.reserved)}
            if self.visit.reserved
            else "",
            _("총무과에 출장명령(%(number)s) 취소를 알립니다.") % {"number": self.visit.order_number}
            if self.visit.order_number
            else "",
        ]
        return {"lead": " ".join(filter(None, told))}


class VisitTravel(VisitStep, ConfirmStep):
    step = "travel"
    success = gettext_lazy("다녀온 것으로 기록되었습니다. 결과를 보고해 주세요.")
    service = staticmethod(reports.travel)
