"""After the journey: the report with its expenses, settling, taking back (V3, V5, V6)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import won
from core import drafts
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep
from mileage import catalogue
from mileage.enums import Scheme
from mileage.rules import amount_text
from mileage.selectors.handover import handed_over_of
from mileage.selectors.requests import taken_back_by_hand
from visits.enums import ExpenseKind, VisitState
from visits.forms.reports import RepaymentForm, VisitReportForm, drafted_rows
from visits.models import VisitExpense
from visits.policies import SURCHARGE
from visits.rates import shares
from visits.selectors.page import files_of_report
from visits.services import repayments, reports
from visits.services.requests import draft_key
from visits.views.page import travel_days
from visits.views.steps import VisitStep


class VisitReportPage(VisitStep, HoldsFiles):
    """What was seen, what is taken over, who went; the expenses begin as the estimate said."""

    step = "report"
    form_class = VisitReportForm
    title = gettext_lazy("현장체험 결과보고")
    submit = gettext_lazy("결과보고 제출")
    success = gettext_lazy("결과를 보고했습니다. 기획예산과가 확인하고 정산합니다.")
    template_name = "visits/report_form.html"

    def prepare(self) -> None:
        super().prepare()
        self.people = {member.user_id: member.user for member in self.visit.members.all()}
        self.written = list(self.visit.expenses.all())

    def begin(self) -> HttpResponse | None:
        """What a colleague has reported meanwhile is read, not written again; what is sent all the same is refused
        with everything typed."""
        answer = super().begin()
        if answer or self.request.method == "POST" or self.visit.state == VisitState.TRAVELLED:
            return answer
        messages.info(self.request, _("지금은 결과를 보고하는 단계가 아닙니다."))
        return HttpResponseRedirect(self.get_cancel_url())

    def get_draft_key(self) -> str:
        return draft_key(0, self.visit) + ".report"

    def get_initial(self) -> dict[str, Any]:
        report = getattr(self.visit, "report", None)
        went = [m.user_id for m in self.visit.members.all() if m.took_part is not False]
        found: dict[str, Any] = {"took_part": went, "version": self.visit.version}
        if report is not None:
            found |= {"findings": report.findings, "taken_over": report.taken_over}
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        sent, receipts = files_of_report(getattr(self.visit, "report", None), self.written)
        return {
            "people": self.people,
            "held": drafts.held(self.request.user, self.get_draft_key()),
            "rows": self.rows() if self.request.method != "POST" else [],
            "sent": sent,
            "kept": receipts,
        }

    def rows(self) -> list[dict[str, Any]]:
        """As typed into the draft, else as reported before, else as estimated."""
        if self.draft and (typed := drafted_rows(self.draft[0])):
            return typed
        if self.written:
            names = ("pk", "kind", "amount", "receipt", "note")
            return [{name: getattr(e, name) for name in names} | {"user": e.user_id} for e in self.written]
        lines = {row.kind: row.as_line().sum for row in self.visit.lines.all()}
        if self.visit.journey.by_official_vehicle:
            lines.pop(ExpenseKind.TRANSPORT, None)
        each = {kind: shares(sum_, len(self.people)) for kind, sum_ in lines.items()}
        return [
            {"kind": kind, "user": pk, "amount": each[kind][place]}
            for place, pk in enumerate(self.people)
            for kind in ExpenseKind.values
            if kind in each
        ]

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        if not form.is_bound:
            form.initial["version"] = self.visit.version
        return super().page(
            form,
            status,
            **{
                "visit": self.visit,
                "lead": f"{self.visit.host} · {travel_days(self.visit)}",
                "estimate": self.visit.estimate,
                "set_aside": self.visit.reserved or 0,
                "typed": form.total(),
                **extra,
            },
        )

    def put(self, form: VisitReportForm, typed: QueryDict) -> None:
        super().put(form, typed)
        for row in form.expenses:
            self.put_files(row.add_prefix("file"), typed, row.add_prefix("put"), row.add_prefix("held"))
            row.data = typed

    def act(self, form: VisitReportForm) -> str:
        with drafts.opened(self.request.user, self.get_draft_key()) as held:
            return self.report(form, held)

    def report(self, form: VisitReportForm, held: Mapping[str, File]) -> str:
        """With the files chosen now and those put to the draft before."""

        def files(row: Mapping[str, Any], new: list[Any]) -> list[Any]:
            return [*(held[pk] for pk in row["held"] if pk in held), *new]

        data = form.cleaned_data
        expenses = [
            reports.Expense(
                kind=row["kind"],
                user=self.people[row["user"]],
                amount=row["amount"],
                receipt=row["receipt"],
                note=row["note"],
                files=files(row, [row["file"]] if row["file"] else []),
                pk=row["pk"],
            )
            for row in form.spent()
        ]
        reports.report(
            self.visit,
            findings=data["findings"],
            taken_over=data["taken_over"],
            took_part=data["took_part"],
            expenses=expenses,
            files=files(data, data["attachments"]),
            version=data["version"],
            actor=self.request.user,
        )
        return self.get_cancel_url()


class VisitWithdrawReport(VisitStep, ConfirmStep):
    step = "withdraw_report"
    success = gettext_lazy("결과보고를 거두었습니다. 고쳐서 다시 제출해 주세요.")
    service = staticmethod(reports.withdraw_report)


class VisitReturnReport(VisitStep, ReasonStep):
    step = "return_report"
    title = submit = gettext_lazy("결과보고 보완 요청")
    success = gettext_lazy("방문 부서에 보완을 요청했습니다.")
    service = staticmethod(reports.return_report)


class VisitSettle(VisitStep, ConfirmStep):
    """What settling does stands here before it is done."""

    step = "settle"
    title = gettext_lazy("현장체험 정산")
    success = gettext_lazy("정산했습니다. 다녀온 직원에게 창의마일리지와 상시학습을 인정했습니다.")
    template_name = "visits/settle.html"
    service = staticmethod(reports.settle)

    def get_text(self) -> str:
        return _("결과보고를 받아들이고 정산할까요?")

    def get_context(self) -> dict[str, Any]:
        visit = self.visit
        spent = sum(VisitExpense.objects.filter(visit=visit).values_list("amount", flat=True))
        held = visit.reserved or 0
        earned = ", ".join(
            amount_text(rule.on(visit.visited_on), rule.scheme)
            for rule in (catalogue.VISITING, catalogue.VISIT_HOURS)
        )
        return {
            "facts": [
                (_("집행"), won(spent)),
                (_("잡아 둔 여비"), won(held)),
                (_("풀리는 금액"), won(held - spent))
                if held >= spent
                else (_("더 드는 금액"), won(spent - held)),
                (_("다녀온 직원"), "\n".join(m.label for m in visit.members.all() if m.took_part)),
                (_("한 사람에게 인정"), earned),
                *self.withheld(),
            ]
        }

    def withheld(self) -> list[tuple[Any, Any]]:
        """Whom this settlement gives less, because planning has taken it back by hand before (M3)."""
        went = {member.user_id for member in self.visit.members.all() if member.took_part}
        lines = [
            _("%(name)s의 %(amount)s은 직접 취소된 기록이 있어 다시 드리지 않습니다.")
            % {"name": entry.account.user.name, "amount": amount_text(entry.amount, entry.account.scheme)}
            for entry in taken_back_by_hand(self.visit)
            if entry.account.user_id in went
        ]
        return [(_("드리지 않음"), "\n".join(lines))] if lines else []


class VisitUndoSettle(VisitStep, ReasonStep):
    step = "undo_settle"
    lead = gettext_lazy("집행한 여비와 인정한 점수·시간을 거두어들입니다. 기록은 남습니다.")
    success = gettext_lazy("정산 전으로 되돌렸습니다.")
    service = staticmethod(reports.undo_settle)

    def get_context(self) -> dict[str, Any]:
        """Who will hear of it besides: hours that general affairs has already."""
        handed = handed_over_of(self.visit)
        if not handed:
            return {}
        words = {
            "people": ", ".join(entry.account.user.name for entry in handed),
            "hours": amount_text(sum(entry.amount for entry in handed), Scheme.LEARNING),
        }
        more = _(
            "이미 총무과에 인계한 상시학습 %(hours)s(%(people)s)이 있습니다."
            " 되돌리면 취소한 시간이 다음 인계 명단에 들어갑니다."
        )
        return {"lead": f"{self.lead} {more % words}"}


class VisitRepay(VisitStep, FormPage):
    """A false claim is paid back to the budget; the surcharge is collected on top (V4b)."""

    step = "repay"
    form_class = RepaymentForm
    title = gettext_lazy("거짓 청구 환수")
    submit = gettext_lazy("환수 기록")
    success = gettext_lazy("환수를 기록하고 그 직원에게 알렸습니다.")
    binds = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": {m.user_id: m.label for m in self.visit.members.all() if m.took_part}}

    def get_context(self) -> dict[str, Any]:
        times = SURCHARGE.on(self.visit.visited_on)
        return {
            "lead": _(
                "거짓으로 받은 금액은 여비 예산으로 돌아오고, 그 %(times)s배를 더 거둡니다(여비 규정 제31조). "
                "기록은 지울 수 없습니다."
            )
            % {"times": times}
        }

    def act(self, form: RepaymentForm) -> str:
        data = form.cleaned_data
        user = next(m.user for m in self.visit.members.all() if m.user_id == data["user"])
        repayments.repay(
            self.visit,
            user=user,
            amount=data["amount"],
            document=data["document"],
            reason=data["reason"],
            actor=self.request.user,
            version=self.seen,
        )
        return self.get_success_url()
