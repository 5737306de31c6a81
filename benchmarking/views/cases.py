"""One case: page, intake, taking in, correction."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import UNRECORDED, won
from benchmarking.enums import CaseState, Decision
from benchmarking.forms.cases import CaseForm, TakeInForm, finder_text
from benchmarking.models import Case, Review
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.ways import follow_ups_of
from benchmarking.services import cases as services
from benchmarking.services import dispatch as dispatching
from benchmarking.services import intake
from benchmarking.sockets import cards_of
from benchmarking.views.lists import HOME
from benchmarking.workflow import CASE
from core import deadlines
from core.attachments import links_of
from core.components import Badge
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.steps import step_action
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, ServiceStep, StepPage
from notifications.bar import bar_of
from organization.selectors import departments_of, reads_all
from reviews.enums import ReviewState
from reviews.selectors.load import department_options
from reviews.selectors.page import badge_of, state_badge


def get_case(user: Any, pk: int) -> Case:
    """404 for what one may not know."""
    return get_object_or_404(Case.objects.visible_to(user).select_related("found_by", "created_by"), pk=pk)


def case_facts(case: Case) -> list[tuple[Any, Any]]:
    """What the practice is, as label and value."""
    source = " · ".join(filter(None, [case.get_source_kind_display(), case.source_name]))
    return [
        (_("기관"), source or UNRECORDED),
        (_("발굴 경로"), case.get_channel_display() or UNRECORDED),
        (_("분야"), case.get_field_display() or UNRECORDED),
        (_("예산 구분"), case.get_cost_class_display() or UNRECORDED),
        (_("예상 비용"), won(case.estimated_cost) if case.estimated_cost is not None else ""),
        (_("발굴"), f"{case.day_text('found_on')} {case.finder}".strip() or UNRECORDED),
        *([(_("비슷한 사례와 다른 점"), case.difference)] if case.difference else []),
        *_days_of(case),
    ]


def _days_of(case: Case) -> list[tuple[Any, Any]]:
    """Of a record of earlier years, what is known of its way (N1): nobody registered it then."""
    if not case.is_record:
        return [(_("등록일"), case.day_text("registered_on"))]
    return [
        (_("자료 구분"), _("지난 자료에서 옮긴 사례")),
        (_("결정일"), case.day_text("decided_on") or UNRECORDED),
        *([(_("반영일"), case.day_text("implemented_on"))] if case.implemented_on else []),
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
        if case.is_record:
            badges.append(Badge(case.get_origin_display(), "neutral"))
        return self.render(
            {
                "case": case,
                "title": case.title,
                "badges": badges,
                "lead": " · ".join(filter(None, [case.code, case.source_name])),
                **bar_of(request.user, case, *shown),
                "ways": follow_ups_of(case, request.user),
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
            "badge": None if review.state == ReviewState.RECALLED else badge_of(review),
            "state": state_badge(review),
            "decision": Badge(
                review.get_decision_display(), selectors.DECISION_TONES[Decision(review.decision)]
            )
            if review.decision and review.state == ReviewState.COMPLETED
            else None,
            "arithmetic": [] if review.is_record else deadlines.steps(review.clock),
            "moved": not review.is_record and review.clock.due != review.clock.original_due,
            "completed": review.day_text("completed_on") or UNRECORDED,
            "reason": review.reason or UNRECORDED,
            "url": review.get_absolute_url() if self.opens(review) else "",
            "recall": step_action(self.actor, review, "recall"),
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
    lead = gettext_lazy("다른 기관의 좋은 사례를 알려 주세요. 비슷한 사례가 있으면 옆에 보여 드립니다.")

    def prepare(self) -> None:
        self.plans = can(self.request.user, "benchmarking.plan")

    def get_title(self) -> str:
        return _("사례 등록") if self.plans else _("사례 제보")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.get_title(), None)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"found_on": today(), "finder": finder_text(self.request.user)}

    def get_draft_key(self) -> str:
        return "benchmarking.case.new"

    def get_cancel_url(self) -> str:
        return reverse("benchmarking:cases")

    def get_context(self) -> dict[str, Any]:
        return {
            **found_like(self.request.POST.get("title", ""), self.request.user),
            "submit": _("등록") if self.plans else _("제보하기"),
            "send": _("등록하고 보내기") if self.plans else "",
            "departments": department_options(Review.objects) if self.plans else (),
        }

    def act(self, form: CaseForm) -> str:
        user, values = self.request.user, form.values()
        case = intake.enter(values, actor=user, files=form.cleaned_data["attachments"])
        if self.plans and "send" in self.request.POST:
            (sent,) = dispatching.dispatch([case], values[services.SUGGESTED], actor=user)
            said = _("사례를 등록하고 부서 %(count)d곳에 보냈습니다.") % {"count": len(sent.reviews)}
        elif self.plans:
            said = _("사례가 등록되었습니다.")
        else:
            said = _("제보되었습니다. 기획예산과가 접수하면 사례가 되고 발굴 점수를 받습니다.")
        messages.success(self.request, said)
        return case.get_absolute_url()


def found_like(title: str, user: Any, own: int | None = None) -> dict[str, Any]:
    """What benchmarking/similar.html shows; the weaker group only where nothing is similar enough."""
    long = len(title) > 1
    similar = selectors.similar_cases(title, user, own) if long else []
    related = selectors.related_cases(title, user, own) if long and not similar else []
    return {"similar": similar, "related": related, "asked": bool(title)}


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
        found = found_like(title, request.user, own.pk if own else None)
        part, page = "benchmarking/similar.html", "benchmarking/similar_page.html"
        context = {**found, "title": self.title, "lead": title}
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

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "case": self.object}

    def get_initial(self) -> dict[str, Any]:
        names = (*CaseForm.Meta.fields, "version")
        planned = ", ".join(self.object.suggested_departments.values_list("name", flat=True))
        beside = {"finder": finder_text(self.object.found_by), "departments": planned}
        return {**{name: getattr(self.object, name) for name in names}, **beside}

    def get_context(self) -> dict[str, Any]:
        plans = can(self.request.user, "benchmarking.plan")
        return {
            "files_now": links_of(self.object),
            "departments": department_options(Review.objects) if plans else (),
        }

    def act(self, form: CaseForm) -> str:
        services.update(
            self.object,
            form.values(),
            actor=self.request.user,
            version=form.cleaned_data["version"],
            files=form.cleaned_data["attachments"],
        )
        return self.get_success_url()


class CaseReportAgain(CaseEdit):
    """A returned report, mended and handed in anew."""

    step = "report_again"
    submit = gettext_lazy("다시 제보하기")
    success = gettext_lazy("다시 제보되었습니다.")

    def act(self, form: CaseForm) -> str:
        data = form.cleaned_data
        intake.report_again(
            self.object,
            form.values(),
            actor=self.request.user,
            version=data["version"],
            files=data["attachments"],
        )
        return self.get_success_url()


class CaseTakeIn(CaseStep, ServiceStep, FormPage):
    """One click from the report's page; what is like an earlier case asks for a word on what is different."""

    step = "take_in"
    form_class = TakeInForm
    template_name = "benchmarking/take_in.html"
    success = gettext_lazy("제보를 사례로 접수했습니다. 발굴 점수를 드렸습니다.")
    service = staticmethod(intake.take_in)

    def get_initial(self) -> dict[str, Any]:
        return {"difference": self.object.difference}

    def get_context(self) -> dict[str, Any]:
        return found_like(self.object.title, self.request.user, self.object.pk)

    def act(self, form: TakeInForm) -> str:
        return self.serve(difference=form.cleaned_data["difference"])


class CaseReturn(CaseStep, ReasonStep):
    step = "return_report"
    submit = gettext_lazy("반려하기")
    success = gettext_lazy("제보를 반려했습니다. 제보한 직원에게 사유를 알렸습니다.")
    service = staticmethod(intake.return_report)


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
