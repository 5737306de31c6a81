"""One case: page, intake, correction, dispatch."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.clock import one_line
from basis.formats import date_weekday, won
from benchmarking.enums import CaseState, Decision, ReviewState
from benchmarking.forms import CaseForm, DispatchForm
from benchmarking.models import Case, Review
from benchmarking.policies import REVIEW_DAYS
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.reviews import open_load
from benchmarking.services import cases as services
from benchmarking.services import dispatch as dispatching
from benchmarking.sockets import cards_of
from benchmarking.views.lists import HOME
from benchmarking.workflow import CASE
from core import deadlines
from core.attachments import links_of
from core.components import Badge
from core.now import today
from core.numbers import whole, wholes
from core.page import BaseView, Crumbs, Request
from core.steps import steps_for
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from organization.selectors import departments_of, reads_all, vacancies


def get_case(user: Any, pk: int) -> Case:
    """404 for what one may not know."""
    return get_object_or_404(Case.objects.visible_to(user).select_related("found_by", "created_by"), pk=pk)


def case_facts(case: Case) -> list[tuple[Any, Any]]:
    """What the practice is, as label and value."""
    return [
        (_("기관"), f"{case.get_source_kind_display()} · {case.source_name}"),
        (_("발굴 경로"), case.get_channel_display()),
        (_("분야"), case.get_field_display()),
        (_("예산 구분"), case.get_cost_class_display()),
        (_("예상 비용"), won(case.estimated_cost) if case.estimated_cost is not None else ""),
        (_("발굴"), f"{date_weekday(case.found_on)} {case.found_by or ''}"),
        (_("등록일"), date_weekday(case.registered_on)),
    ]


class CasePage(BaseView):
    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/case.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.case.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.case = case = get_case(request.user, pk)
        rounds = list(selectors.rounds_of(case, request.user))
        shown = [review for round_ in rounds for review in round_.reviews.all()]
        badges = [Badge(case.get_state_display(), selectors.CASE_TONES[CaseState(case.state)])]
        if case.outcome:
            badges.append(Badge(case.get_outcome_display(), selectors.DECISION_TONES[Decision(case.outcome)]))
        primary, actions = steps_for(request.user, case)
        return self.render(
            {
                "case": case,
                "title": case.title,
                "badges": badges,
                "lead": f"{case.code} · {case.source_name}",
                "primary": primary,
                "actions": actions,
                "steps": selectors.steps_of(case),
                "facts": case_facts(case),
                "files": links_of(case),
                "rounds": [(round_, [self.card(r) for r in round_.reviews.all()]) for round_ in rounds],
                "cards": cards_of(request.user, case),
                "events": selectors.timeline(case, shown),
            }
        )

    def card(self, review: Review) -> dict[str, Any]:
        """One department: who, until when with the arithmetic, what was decided."""
        return {
            "review": review,
            "badge": None if review.state == ReviewState.RECALLED else selectors.badge_of(review),
            "state": Badge(review.get_state_display(), selectors.REVIEW_TONES[ReviewState(review.state)]),
            "decision": Badge(
                review.get_decision_display(), selectors.DECISION_TONES[Decision(review.decision)]
            )
            if review.decision and review.state == ReviewState.COMPLETED
            else None,
            "arithmetic": deadlines.steps(review.clock),
            "moved": review.clock.due != review.clock.original_due,
            "url": review.get_absolute_url() if self.opens(review) else "",
        }

    def opens(self, review: Review) -> bool:
        """May this user open the review's own page?"""
        user = self.request.user
        return reads_all(user) or review.department_id in departments_of(user)


class CaseNew(FormPage):
    permission = "benchmarking.register"
    section = "benchmarking"
    form_class = CaseForm
    template_name = "benchmarking/case_form.html"
    title = gettext_lazy("사례 등록")
    lead = gettext_lazy("다른 기관의 좋은 사례를 알려 주세요. 비슷한 사례가 있으면 옆에 보여 드립니다.")
    submit = gettext_lazy("사례 등록")
    success = gettext_lazy("사례가 등록되었습니다.")
    crumbs = (HOME, (gettext_lazy("사례 등록"), None))

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": today()}

    def get_draft_key(self) -> str:
        return "benchmarking.case.new"

    def get_cancel_url(self) -> str:
        return reverse("benchmarking:cases")

    def get_context(self) -> dict[str, Any]:
        title = self.request.POST.get("title", "")
        return {"similar": selectors.similar_cases(title, self.request.user) if title else []}

    def act(self, form: CaseForm) -> str:
        values = {**form.values(), "found_by": self.request.user}
        case = services.register(values, actor=self.request.user, files=form.cleaned_data["attachments"])
        return case.get_absolute_url()


class SimilarCases(BaseView):
    """Earlier cases like the title being typed, or like the case `case`; a page of its own without script."""

    permission = "benchmarking.view"
    section = "benchmarking"
    title = gettext_lazy("비슷한 사례")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        title, own = request.GET.get("title", "").strip()[:200], None
        if given := whole(request.GET.get("case", "")):
            own = get_case(request.user, given)
            title = own.title
        found = (
            selectors.similar_cases(title, request.user, own.pk if own else None) if len(title) > 1 else []
        )
        part, page = "benchmarking/similar.html", "benchmarking/similar_page.html"
        context = {"similar": found, "asked": bool(title), "title": self.title, "lead": title}
        return self.render(context, template=part if request.headers.get("HX-Request") else page)


class CaseStep(StepPage):
    workflow = CASE
    find = staticmethod(get_case)
    section = "benchmarking"
    permission = "benchmarking.register"
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.code)


class CaseEdit(CaseStep, FormPage):
    step = "edit"
    form_class = CaseForm
    template_name = "benchmarking/case_form.html"
    submit = gettext_lazy("수정 내용 저장")
    success = gettext_lazy("수정되었습니다.")

    def get_initial(self) -> dict[str, Any]:
        names = (*CaseForm.Meta.fields, "version")
        return {name: getattr(self.object, name) for name in names}

    def get_context(self) -> dict[str, Any]:
        return {"files_now": links_of(self.object)}

    def act(self, form: CaseForm) -> str:
        services.update(
            self.object,
            form.values(),
            actor=self.request.user,
            version=form.cleaned_data["version"],
            files=form.cleaned_data["attachments"],
        )
        return self.get_success_url()


class CaseCancel(CaseStep, ReasonStep):
    step = "cancel"
    danger = True
    success = gettext_lazy("등록이 취소되었습니다. 되돌릴 수 있습니다.")
    service = staticmethod(services.cancel)

    def get_title(self) -> str:
        return _("‘%(title)s’ 등록 취소") % {"title": self.object.title}


class CaseRestore(CaseStep, ConfirmStep):
    step = "restore"
    permission = "benchmarking.plan"
    success = gettext_lazy("다시 등록된 상태로 되돌렸습니다.")
    service = staticmethod(services.restore)


class Dispatch(FormPage):
    """One case or many (`?ids=`) to one or many departments, with the deadline that results."""

    permission = "benchmarking.dispatch"
    section = "benchmarking"
    form_class = DispatchForm
    template_name = "benchmarking/dispatch.html"
    title = gettext_lazy("부서에 보내기")
    submit = gettext_lazy("부서에 보내기")

    def prepare(self) -> None:
        ids = [self.kwargs["pk"]] if "pk" in self.kwargs else _ids(self.request.GET.getlist("pk"))
        visible = Case.objects.visible_to(self.request.user).filter(pk__in=ids)
        self.cases = list(visible.order_by("year", "number").prefetch_related("suggested_departments"))
        if not self.cases:
            raise Http404

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get_initial(self) -> dict[str, Any]:
        """The departments thought of at intake are chosen beforehand, where all cases agree."""
        suggested = [{d.pk for d in case.suggested_departments.all()} for case in self.cases]
        return {"departments": sorted(set.intersection(*suggested))}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"load": open_load(), "vacant": vacancies()}

    def get_cancel_url(self) -> str:
        return self.cases[0].get_absolute_url() if len(self.cases) == 1 else reverse("benchmarking:cases")

    def get_context(self) -> dict[str, Any]:
        days = REVIEW_DAYS.current()
        found = deadlines.preview(today(), days)
        return {"cases": self.cases, "due": found.due, "days": days, "arithmetic": one_line(found)}

    def act(self, form: DispatchForm) -> str:
        results = dispatching.dispatch(
            self.cases,
            form.chosen(),
            note=form.cleaned_data["note"],
            document=form.cleaned_data["document"],
            actor=self.request.user,
        )
        sent = sum(len(r.reviews) for r in results)
        for result in results:
            if result.error:
                messages.error(self.request, f"{result.case}: {result.error}")
        if sent:
            messages.success(
                self.request,
                ngettext("부서 %(count)d곳에 보냈습니다.", "부서 %(count)d곳에 보냈습니다.", sent)
                % {"count": sent},
            )
        if len(self.cases) == 1:
            return self.cases[0].get_absolute_url()
        return reverse("benchmarking:reviews")


class Bulk(BaseView):
    """What was chosen in a list, on to the page that does it."""

    permission = "benchmarking.dispatch"

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("benchmarking:cases"))

    def post(self, request: Request) -> HttpResponse:
        ids = _ids(request.POST.getlist("pk"))
        if not ids:
            messages.error(request, _("사례를 하나 이상 골라 주세요."))
            return HttpResponseRedirect(reverse("benchmarking:cases"))
        query = "&".join(f"pk={pk}" for pk in ids)
        return HttpResponseRedirect(f"{reverse('benchmarking:dispatch_many')}?{query}")


def _ids(values: list[str]) -> list[int]:
    return wholes(values)[:200]
