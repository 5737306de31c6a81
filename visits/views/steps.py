"""The steps of a field visit that need a yes or a reason (V2)."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.views.lists import HOME
from core.formats import won
from core.forms import ReasonForm
from core.page import BaseView, Crumbs
from core.permissions import ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage
from visits.services import reports, requests
from visits.views.lists import LIST
from visits.views.page import get_visit

DECIDE = "visits.decide"


class VisitStep(BaseView):
    """What the pages of one step share: the visit, the right, the way back."""

    section = "benchmarking"
    permission = "visits.view"
    title: ClassVar[Any] = ""
    needs: ClassVar[str] = DECIDE
    visit: Any = None

    def prepare(self) -> None:
        self.visit = get_visit(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, self.needs, self.visit)

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.visit.host, self.visit.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return str(self.visit.get_absolute_url())


class SeenVisit(VisitStep, SeenPage):
    """A step on the visit as it was seen; planning's services check it under their lock."""

    def get_subject(self) -> Any:
        return self.visit

    def seen_by_planning(self) -> dict[str, int]:
        return {"version": self.seen} if self.needs == DECIDE else {}


class VisitConfirm(SeenVisit, ConfirmPage):
    """A step without more than a yes; `service` does it."""

    service: ClassVar[Callable[..., Any]]

    def act(self) -> str:
        type(self).service(self.visit, actor=self.request.user, **self.seen_by_planning())
        return self.get_cancel_url()


class VisitReason(SeenVisit, FormPage):
    """A step that needs only its reason."""

    form_class = ReasonForm
    service: ClassVar[Callable[..., Any]]

    def act(self, form: ReasonForm) -> str:
        reason = form.cleaned_data["reason"]
        type(self).service(self.visit, reason=reason, actor=self.request.user, **self.seen_by_planning())
        return self.get_cancel_url()


class VisitSubmit(VisitConfirm):
    needs = "visits.request"
    title = gettext_lazy("현장체험 신청")
    success = gettext_lazy("현장체험을 신청했습니다. 기획예산과가 승인합니다.")
    service = staticmethod(requests.submit)


class VisitWithdraw(VisitConfirm):
    needs = "visits.request"
    title = gettext_lazy("신청 거두기")
    success = gettext_lazy("신청을 거두었습니다. 고쳐서 다시 신청할 수 있습니다.")
    service = staticmethod(requests.withdraw)


class VisitApprove(VisitConfirm):
    title = gettext_lazy("현장체험 승인")
    submit = gettext_lazy("승인")
    success = gettext_lazy("승인되어 여비를 잡아 두었습니다. 방문 부서와 총무과에 알렸습니다.")
    service = staticmethod(requests.approve)

    def get_text(self) -> str:
        return _("여비 %(amount)s을 잡아 두고 승인할까요?") % {"amount": won(self.visit.estimate)}


class VisitSendBack(VisitReason):
    title = submit = gettext_lazy("보완 요청")
    success = gettext_lazy("방문 부서에 보완을 요청했습니다.")
    service = staticmethod(requests.send_back)


class VisitReject(VisitReason):
    title = submit = gettext_lazy("불승인")
    danger = True
    success = gettext_lazy("승인하지 않았습니다. 방문 부서에 알렸습니다.")
    service = staticmethod(requests.reject)


class VisitCancel(VisitReason):
    needs = "visits.cancel"
    title = submit = gettext_lazy("현장체험 취소")
    danger = True
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


class VisitTravel(VisitConfirm):
    needs = "visits.report"
    title = gettext_lazy("다녀왔습니다")
    success = gettext_lazy("다녀온 것으로 기록되었습니다. 결과를 보고해 주세요.")
    service = staticmethod(reports.travel)
