"""A field visit: its page, the request, its change, what planning decides (V1, V2)."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.enums import VisitState
from benchmarking.forms import ReasonForm
from benchmarking.models import FieldVisit, Review
from benchmarking.policies import VISIT_DAYS, VISIT_TEAM_SIZE
from benchmarking.rates import Line, total
from benchmarking.selectors import visits as selectors
from benchmarking.selectors.budget import budget_overview
from benchmarking.services import visit_reports, visits
from benchmarking.views.cases import files_of
from benchmarking.views.lists import HOME
from benchmarking.views.reviews import get_review
from benchmarking.views.visit_lists import LIST
from benchmarking.visit_forms import VisitPlanForm, adjusted
from core import deadlines, drafts
from core.clock import deadline_badge
from core.components import Action, Badge
from core.errors import Rejected
from core.formats import date_weekday, won
from core.now import today
from core.permissions import can, ensure
from core.views.base import BaseView, Crumbs, Request
from core.views.forms import ConfirmPage, FormPage
from organization.models import User


def get_visit(user: Any, pk: int) -> FieldVisit:
    """404 for what one may not know."""
    return get_object_or_404(
        FieldVisit.objects.visible_to(user)
        .select_related(
            "case",
            "review",
            "department",
            "clock",
            "recorded_by__department",
            "report__reported_by__department",
        )
        .prefetch_related("members__user__department", "lines"),
        pk=pk,
    )


def when(visit: FieldVisit) -> str:
    """The day, or from when to when."""
    first = date_weekday(visit.visited_on)
    return first if visit.days == 1 else f"{first} ~ {date_weekday(visit.ends_on)}"


def plan_facts(visit: FieldVisit) -> list[tuple[Any, Any]]:
    return [
        (_("방문 기관"), visit.host),
        (_("방문 기관 담당"), visit.contact),
        (_("방문일"), when(visit)),
        (_("교통편"), visit.get_means_display() if visit.state != VisitState.RECORDED else ""),
        (_("방문 목적"), visit.purpose),
        (_("살펴볼 내용"), visit.look_at),
    ]


def money_facts(year: int, needed: int, held: int | None) -> dict[str, Any]:
    """The year's budget and what is left after this visit; `held`: what is reserved for it already."""
    found = budget_overview(year)
    left = found.free + (held or 0) - needed
    return {"budget": found, "budget_left": left, "budget_short": left < 0}


class VisitPage(BaseView):
    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/visit.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.visit.host, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.visit = visit = get_visit(request.user, pk)
        report = getattr(visit, "report", None)
        costs = can(request.user, "benchmarking.visit_costs", visit)
        primary, actions = self.actions()
        lines = [row.as_line() for row in visit.lines.all()]
        expenses = self.expenses() if costs else []
        open_ = visit.state in (VisitState.SUBMITTED, VisitState.APPROVED, VisitState.ORDERED)
        return self.render(
            {
                "visit": visit,
                "title": visit.host,
                "lead": f"{visit.department_name} · {when(visit)}",
                "badges": [Badge(visit.get_state_display(), selectors.VISIT_TONES[VisitState(visit.state)])],
                "primary": primary,
                "actions": actions,
                "steps": selectors.steps_of(visit),
                "facts": plan_facts(visit),
                "members": visit.members.all(),
                "cautions": selectors.cautions(
                    [member.user for member in visit.members.all()],
                    visit.visited_on,
                    visit.days,
                    visit=visit,
                )
                if open_
                else [],
                "costs": costs and visit.state != VisitState.RECORDED,
                "lines": lines,
                "sum": total(lines),
                **(
                    money_facts(visit.visited_on.year, visit.estimate, visit.reserved)
                    if costs and open_
                    else {"budget": None}
                ),
                "deadline": deadline_badge(visit.clock.due, today(), False, visit.clock.closed_on)
                if visit.clock
                else None,
                "arithmetic": deadlines.steps(visit.clock) if visit.clock else [],
                "report": report,
                "files": files_of(report) if report else [],
                "expenses": expenses,
                "spent": sum(row["amount"] for row in expenses),
                "case_url": visit.case.get_absolute_url() if visit.case else "",
                "review_url": visit.review.get_absolute_url() if visit.review and self.knows_review() else "",
                "events": selectors.timeline(visit),
            }
        )

    def knows_review(self) -> bool:
        rows = Review.objects.visible_to(self.request.user)
        return rows.filter(visits=self.visit).exists()

    def expenses(self) -> list[dict[str, Any]]:
        rows = list(self.visit.expenses.select_related("user__department"))
        receipts = selectors.receipts_of(rows)
        return [
            {
                "kind": row.get_kind_display(),
                "who": row.user.full_label,
                "amount": row.amount,
                "receipt": row.receipt,
                "note": row.note,
                "files": [
                    {"name": file.name, "url": reverse("attachment", args=[file.pk])}
                    for file in receipts.get(row.pk, ())
                ],
            }
            for row in rows
        ]

    def actions(self) -> tuple[Action | None, list[Action]]:
        """The one next action, and the rest."""
        visit, user = self.visit, self.request.user
        primary: Action | None = None
        actions: list[Action] = []

        def may(name: str) -> bool:
            return can(user, f"benchmarking.{name}", visit)

        def to(name: str, label: Any, **kwargs: Any) -> Action:
            return Action(label, reverse(f"benchmarking:visit_{name}", args=[visit.pk]), **kwargs)

        asks, decides, orders, reports = (
            may(name) for name in ("request_visit", "decide_visit", "order_visit", "report_visit")
        )
        match visit.state:
            case VisitState.DRAFT | VisitState.RETURNED if asks:
                primary = to("submit", _("현장체험 신청"), post=True)
                actions.append(to("edit", _("신청서 고치기")))
            case VisitState.SUBMITTED:
                if decides:
                    primary = to("approve", _("승인"), post=True)
                    actions += [to("send_back", _("보완 요청")), to("reject", _("불승인"), style="danger")]
                if asks:
                    actions.append(to("withdraw", _("신청 거두기"), post=True))
            case VisitState.APPROVED | VisitState.ORDERED | VisitState.TRAVELLED:
                if visit.state == VisitState.APPROVED and orders:
                    primary = to("order", _("출장명령 기록"))
                if visit.state == VisitState.ORDERED and reports and visit.ends_on <= today():
                    primary = to("travel", _("다녀왔습니다"), post=True)
                if visit.state == VisitState.TRAVELLED and reports:
                    primary = to("report", _("결과보고 작성"))
                if asks:
                    actions.append(to("amend", _("날짜·단원 변경")))
            case VisitState.REPORTED:
                if decides:
                    primary = to("settle", _("정산"))
                    actions.append(to("return_report", _("보완 요청")))
                if reports:
                    actions.append(to("withdraw_report", _("결과보고 거두기"), post=True))
            case VisitState.SETTLED if decides:
                actions.append(to("undo_settle", _("정산 되돌리기")))
            case VisitState.CANCELLED | VisitState.REJECTED if orders and visit.void_order:
                primary = to("void_order", _("출장명령 취소 확인"), post=True)
        if visit.order_number and orders:
            actions.append(to("correct_order", _("출장명령 번호 정정")))
        if visit.state != VisitState.RECORDED:
            actions.append(to("plan", _("계획서")))
        if hasattr(visit, "report"):
            actions.append(to("result", _("결과보고서")))
        if visit.state in CANCELLABLE and may("cancel_visit"):
            actions.append(to("cancel", _("현장체험 취소"), style="danger"))
        return primary, actions


CANCELLABLE = (
    VisitState.DRAFT,
    VisitState.SUBMITTED,
    VisitState.RETURNED,
    VisitState.APPROVED,
    VisitState.ORDERED,
    VisitState.TRAVELLED,
)


class PlanPage(FormPage):
    """The plan's form with the estimate, which follows what is chosen: by htmx, or by a button without scripts."""

    section = "benchmarking"
    permission = "benchmarking.view"
    form_class = VisitPlanForm
    template_name = "benchmarking/visit_form.html"
    review: Review | None = None
    visit: FieldVisit | None = None
    keeps: ClassVar[bool] = True  # may be put aside without being submitted
    amending: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        thing: Any = self.visit or self.review
        begun = self.visit.begun_on if self.visit else today()
        return {
            "department": thing.department,
            "places": VISIT_TEAM_SIZE.on(begun),
            "longest": VISIT_DAYS.on(begun),
            "chosen": self.listed(),
            "amending": self.amending,
        }

    def listed(self) -> list[User]:
        """People from elsewhere who are in the team, or in what was typed."""
        if self.request.method == "POST":
            pks = [pk for pk in self.request.POST.getlist("members") if pk.isdigit()]
            return list(User.objects.filter(pk__in=pks, is_active=True))
        found = [member.user for member in self.visit.members.all()] if self.visit else []
        if draft := drafts.load(self.request.user, self.get_draft_key()):
            typed = draft[0].get("members", [])
            pks = [pk for pk in ([typed] if isinstance(typed, str) else typed) if pk.isdigit()]
            found += list(User.objects.filter(pk__in=pks, is_active=True))
        return found

    def get_initial(self) -> dict[str, Any]:
        if self.visit is None:
            return {
                "days": 1,
                "transport_each": 0,
                "host": self.review.case.source_name if self.review else "",
            }
        visit = self.visit
        return {
            **{name: getattr(visit, name) for name in visits.FIELDS},
            **adjusted(visit),
            "members": [member.user_id for member in visit.members.all()],
            "version": visit.version,
        }

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            self.recalculated() if "recalculate" in request.POST else super().post(request, *args, **kwargs)
        )

    def recalculated(self) -> HttpResponse:
        """The page as it was typed, with the estimate of it; the person looked for is put to the team."""
        self.prepare()
        checked = VisitPlanForm(self.request.POST, **self.get_form_kwargs())
        checked.full_clean()
        typed = drafts.initial(self.request.POST)
        team = checked.team()
        kwargs = self.get_form_kwargs()
        kwargs["chosen"] = [*kwargs["chosen"], *team]
        guest_errors = checked.errors.get("guest")
        if not guest_errors:
            chosen = self.request.POST.getlist("members")
            guest = checked.cleaned_data.get("guest")
            added = [str(guest.pk)] if guest and str(guest.pk) not in chosen else []
            typed = {**typed, "members": [pk for pk in [*chosen, *added] if pk], "guest": ""}
        form = VisitPlanForm(initial=typed, **kwargs)
        return self.page(form, checked=checked, guest_errors=guest_errors or [])

    def page(self, form: Any, status: int = 200, *, checked: Any = None, **extra: Any) -> HttpResponse:
        checked = checked or (form if form.is_bound else self.as_checked(form))
        return super().page(
            form,
            status,
            **{
                "keeps": self.keeps,
                "guest_errors": [],
                "adjusting": any(form[kind.value].value() not in (None, "") for kind in form.kinds),
                **self.estimate(checked),
                **extra,
            },
        )

    def as_checked(self, form: VisitPlanForm) -> VisitPlanForm:
        """What stands in the form before anything was sent, as if it had been."""
        data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
        found = VisitPlanForm(data, **self.get_form_kwargs())
        found.full_clean()
        return found

    def estimate(self, checked: VisitPlanForm) -> dict[str, Any]:
        plan, team = checked.plan(), checked.team()
        problem, lines = "", list[Line]()
        if team:
            try:
                lines = visits.reckon(plan, len(team), checked.adjustments())
            except Rejected as error:
                problem, lines = error.message, visits.reckon(plan, len(team))
        needed = total(lines)
        held = self.visit.reserved if self.visit else None
        return {
            "lines": lines,
            "sum": needed,
            "estimate_problem": problem,
            "team": team,
            "cautions": selectors.cautions(team, plan["visited_on"], plan["days"], visit=self.visit),
            **money_facts(plan["visited_on"].year, needed, held),
        }


class VisitRequest(PlanPage):
    """A new request, from the page of the review."""

    title = gettext_lazy("현장체험 신청")
    submit = gettext_lazy("현장체험 신청")

    def prepare(self) -> None:
        self.review = get_review(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, "benchmarking.request_visit", self.review)

    def get_crumbs(self) -> Crumbs:
        review = self.review
        assert review
        name = f"{review.case.code} {review.department_name}"
        return [HOME, (name, review.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.review.get_absolute_url() if self.review else ""

    def get_draft_key(self) -> str:
        return visits.draft_key(self.review or self.kwargs["pk"])

    def get_context(self) -> dict[str, Any]:
        assert self.review
        return {"lead": f"{self.review.case.code} {self.review.case.title}"}

    def act(self, form: VisitPlanForm) -> str:
        assert self.review
        keep = "keep" in self.request.POST
        service = visits.write if keep else visits.ask
        visit = service(
            self.review, form.plan(), form.team(), adjustments=form.adjustments(), actor=self.request.user
        )
        return visit.get_absolute_url()


class VisitStep(BaseView):
    """What the pages of one step share: the visit, the right, the way back."""

    section = "benchmarking"
    permission = "benchmarking.view"
    title: ClassVar[Any] = ""
    needs: ClassVar[str] = "benchmarking.decide_visit"
    visit: Any = None

    def prepare(self) -> None:
        self.visit = get_visit(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, self.needs, self.visit)

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.visit.host, self.visit.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return str(self.visit.get_absolute_url())


class VisitEdit(VisitStep, PlanPage):
    needs = "benchmarking.request_visit"
    title = gettext_lazy("신청서 고치기")
    submit = gettext_lazy("현장체험 신청")

    def get_draft_key(self) -> str:
        return visits.draft_key(0, self.visit)

    def act(self, form: VisitPlanForm) -> str:
        service = visits.edit if "keep" in self.request.POST else visits.edit_and_submit
        visit = service(
            self.visit,
            form.plan(),
            form.team(),
            adjustments=form.adjustments(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
        )
        return visit.get_absolute_url()


class VisitAmend(VisitStep, PlanPage):
    """Another day or team after approval: planning approves anew."""

    needs = "benchmarking.request_visit"
    title = gettext_lazy("날짜·단원 변경")
    lead = gettext_lazy("다시 승인받습니다. 승인될 때까지 잡아 둔 예산은 그대로 있습니다.")
    submit = gettext_lazy("변경 승인 요청")
    success = gettext_lazy("변경 승인을 요청했습니다.")
    keeps = False
    amending = True

    def get_draft_key(self) -> str:
        return visits.draft_key(0, self.visit) + ".amend"

    def act(self, form: VisitPlanForm) -> str:
        visits.amend(
            self.visit,
            form.plan(),
            form.team(),
            adjustments=form.adjustments(),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )
        return self.get_cancel_url()


class VisitConfirm(VisitStep, ConfirmPage):
    """A step without more than a yes; `service` does it."""

    service: ClassVar[Callable[..., Any]]

    def act(self) -> str:
        type(self).service(self.visit, actor=self.request.user)
        return self.get_cancel_url()


class VisitReason(VisitStep, FormPage):
    """A step that needs only its reason."""

    form_class = ReasonForm
    service: ClassVar[Callable[..., Any]]

    def act(self, form: ReasonForm) -> str:
        type(self).service(self.visit, reason=form.cleaned_data["reason"], actor=self.request.user)
        return self.get_cancel_url()


class VisitSubmit(VisitConfirm):
    needs = "benchmarking.request_visit"
    title = gettext_lazy("현장체험 신청")
    success = gettext_lazy("현장체험을 신청했습니다. 기획예산과가 승인합니다.")
    service = staticmethod(visits.submit)


class VisitWithdraw(VisitConfirm):
    needs = "benchmarking.request_visit"
    title = gettext_lazy("신청 거두기")
    success = gettext_lazy("신청을 거두었습니다. 고쳐서 다시 신청할 수 있습니다.")
    service = staticmethod(visits.withdraw)


class VisitApprove(VisitConfirm):
    title = gettext_lazy("현장체험 승인")
    submit = gettext_lazy("승인")
    success = gettext_lazy("승인되어 여비를 잡아 두었습니다. 방문 부서와 총무과에 알렸습니다.")
    service = staticmethod(visits.approve)

    def get_text(self) -> str:
        return _("여비 %(amount)s을 잡아 두고 승인할까요?") % {"amount": won(self.visit.estimate)}


class VisitSendBack(VisitReason):
    title = submit = gettext_lazy("보완 요청")
    success = gettext_lazy("방문 부서에 보완을 요청했습니다.")
    service = staticmethod(visits.send_back)


class VisitReject(VisitReason):
    title = submit = gettext_lazy("불승인")
    danger = True
    success = gettext_lazy("승인하지 않았습니다. 방문 부서에 알렸습니다.")
    service = staticmethod(visits.reject)


class VisitCancel(VisitReason):
    needs = "benchmarking.cancel_visit"
    title = submit = gettext_lazy("현장체험 취소")
    danger = True
    success = gettext_lazy("현장체험이 취소되었습니다.")
    service = staticmethod(visits.cancel)

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
    needs = "benchmarking.report_visit"
    title = gettext_lazy("다녀왔습니다")
    success = gettext_lazy("다녀온 것으로 기록되었습니다. 결과를 보고해 주세요.")
    service = staticmethod(visit_reports.travel)
