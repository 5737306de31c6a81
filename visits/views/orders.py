"""Travel orders: recorded by general affairs, one or many, corrected, taken back (V2)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.views.lists import HOME
from core.numbers import typed_beside, wholes
from core.page import BaseView, Request
from core.views.forms import FormPage
from core.views.steps import ConfirmStep
from visits.enums import VisitState
from visits.forms.orders import CorrectOrderForm, OrderForm
from visits.models import FieldVisit
from visits.selectors.page import same_order
from visits.services import orders
from visits.views.lists import LIST
from visits.views.page import travel_days
from visits.views.steps import VisitStep

MOST = 100  # orders recorded together
FIELD = "number-"  # … and the id of the visit


def warn_of_same(request: Request, visit: FieldVisit) -> None:
    """One order may cover several visits, or the number is mistyped: only who knows the order can tell."""
    others = same_order(visit)
    if not others:
        return
    said = _("출장명령 번호 %(number)s이(가) 다른 현장체험에도 기록되어 있습니다: %(visits)s")
    more = _("명령 하나로 함께 다녀오는 것이 아니면 번호를 확인해 주세요.")
    named = ", ".join(f"{other.department_name} {other.host}({travel_days(other)})" for other in others)
    messages.warning(request, f"{said % {'number': visit.order_number, 'visits': named}}. {more}")


class VisitOrder(VisitStep, FormPage):
    step = "order"
    form_class = OrderForm
    success = gettext_lazy("출장명령이 기록되었습니다. 방문 부서에 알렸습니다.")

    def get_context(self) -> dict[str, Any]:
        before = self.visit.void_order
        return {"lead": _("바뀌기 전 명령: %(number)s") % {"number": before} if before else ""}

    def act(self, form: OrderForm) -> str:
        visit = orders.order(self.visit, form.cleaned_data["number"], actor=self.request.user)
        warn_of_same(self.request, visit)
        return self.get_success_url()


class VisitCorrectOrder(VisitStep, FormPage):
    step = "correct_order"
    form_class = CorrectOrderForm
    submit = gettext_lazy("번호 정정")
    success = gettext_lazy("출장명령 번호를 정정했습니다. 방문 부서에 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.visit.order_number}

    def act(self, form: CorrectOrderForm) -> str:
        data = form.cleaned_data
        visit = orders.correct_order(
            self.visit, data["number"], reason=data["reason"], actor=self.request.user
        )
        warn_of_same(self.request, visit)
        return self.get_success_url()


class VisitVoidOrder(VisitStep, ConfirmStep):
    step = "void_order"
    success = gettext_lazy("출장명령 취소가 기록되었습니다.")
    service = staticmethod(orders.void_order)

    def get_text(self) -> str:
        return _("출장명령(%(number)s)을 취소했나요?") % {"number": self.visit.void_order}


class VisitOrders(BaseView):
    """Many at once: a number beside each visit that waits, and what became of each."""

    permission = "visits.order"
    section = "benchmarking"
    template_name = "visits/orders.html"
    crumbs = (HOME, LIST, (gettext_lazy("출장명령 기록"), None))

    def get(self, request: Request) -> HttpResponse:
        return self.page({})

    def post(self, request: Request) -> HttpResponse:
        if "action" in request.POST:  # chosen in the list
            chosen = "&".join(f"pk={pk}" for pk in wholes(request.POST.getlist("pk")))
            return HttpResponseRedirect(f"{reverse('visits:orders')}?{chosen}")
        typed = typed_beside(
            request.POST, FIELD, MOST
        )  # whatever has become of them since the page was opened
        known = FieldVisit.objects.visible_to(request.user).in_bulk(list(typed))
        results = orders.order_many([(visit, typed[pk]) for pk, visit in known.items()], actor=request.user)
        lost = [number for pk, number in typed.items() if pk not in known]
        recorded = {result.number: result.visit for result in results if not result.error}
        for visit in recorded.values():  # once a number
            warn_of_same(request, visit)
        failed = {result.visit.pk: result for result in results if result.error}
        return self.page(failed, results, lost, status=422 if failed or lost or not results else 200)

    def chosen(self) -> list[int]:
        """Ids of visits chosen in the list; none: all that wait."""
        return wholes(self.request.GET.getlist("pk"))[:MOST]

    def waiting(self) -> list[FieldVisit]:
        rows = FieldVisit.objects.visible_to(self.request.user).filter(state=VisitState.APPROVED)
        if chosen := self.chosen():
            rows = rows.filter(pk__in=chosen)
        return list(rows.order_by("visited_on", "pk").prefetch_related("members")[:MOST])

    def listed(self, failed: Collection[int]) -> list[FieldVisit]:
        """Those that wait, and those that do not but for which a number was typed."""
        waiting = self.waiting()
        others = set(failed) - {visit.pk for visit in waiting}
        rows = FieldVisit.objects.filter(pk__in=others).prefetch_related("members")
        return [*waiting, *rows.order_by("visited_on", "pk")] if others else waiting

    def not_waiting(self, but: Collection[int]) -> list[FieldVisit]:
        """Chosen, and in a state in which no order is given; `but`: those said otherwise."""
        if not (chosen := self.chosen()):
            return []
        rows = FieldVisit.objects.visible_to(self.request.user).exclude(state=VisitState.APPROVED)
        return list(rows.filter(pk__in=chosen).exclude(pk__in=but).order_by("visited_on", "pk"))

    def page(
        self,
        failed: dict[int, orders.Outcome],
        results: list[orders.Outcome] | None = None,
        lost: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        """`lost`: numbers of visits that are no longer general affairs' to know."""
        done = [result for result in results or () if not result.error]
        rows = [
            {
                "visit": visit,
                "when": travel_days(visit),
                "members": ", ".join(member.label for member in visit.members.all()),
                "name": f"{FIELD}{visit.pk}",
                "typed": failed[visit.pk].number if visit.pk in failed else "",
                "error": failed[visit.pk].error if visit.pk in failed else "",
            }
            for visit in self.listed(failed)
        ]
        return self.render(
            {
                "title": _("출장명령 기록"),
                "lead": _("승인된 현장체험의 관외출장 명령 번호를 적어 주세요. 비워 둔 줄은 그대로 둡니다."),
                "rows": rows,
                "done": done,
                "not_waiting": self.not_waiting({*(result.visit.pk for result in done), *failed}),
                "lost": lost,
                "empty": results == [] and not lost,
            },
            status=status,
        )
