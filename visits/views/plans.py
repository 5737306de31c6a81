"""The plan of a field visit: asked for, mended, changed (V1), with the estimate beside it (V4)."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from benchmarking.models import Review
from benchmarking.views.lists import HOME
from benchmarking.views.reviews import get_review
from core import drafts
from core.now import today
from core.numbers import wholes
from core.page import Crumbs, Request
from core.permissions import ensure
from core.views.forms import FormPage
from organization.models import User
from organization.selectors import staff_of
from visits.forms.plans import VisitPlanForm, adjusted
from visits.models import FieldVisit
from visits.places import place_of
from visits.policies import DAYS, TEAM_SIZE
from visits.rates import Line, total
from visits.selectors import page as selectors
from visits.services import plans, requests
from visits.views.page import money_facts
from visits.views.steps import VisitStep, VisitSubmit


class PlanPage(FormPage):
    """The plan's form with the estimate, which follows what is chosen: by htmx, or by a button without scripts."""

    section = "benchmarking"
    permission = "visits.view"
    form_class = VisitPlanForm
    template_name = "visits/form.html"
    review: Review | None = None
    visit: FieldVisit | None = None
    keeps: ClassVar[bool] = True  # may be put aside without being submitted
    amending: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        begun = self.visit.begun_on if self.visit else today()
        return {
            "staff": self.staff,
            "places": TEAM_SIZE.on(begun),
            "longest": DAYS.on(begun),
            "chosen": self.listed,
            "amending": self.amending,
        }

    @cached_property
    def staff(self) -> list[User]:
        """The department's own; the form and its check beside the estimate both list them."""
        thing: Any = self.visit or self.review
        return list(staff_of(thing.department_id).in_order())

    @cached_property
    def listed(self) -> list[User]:
        """People from elsewhere who are in the team, or in what was typed."""
        if self.request.method == "POST":
            pks = wholes(self.request.POST.getlist("members"))
            return list(User.objects.filter(pk__in=pks, is_active=True))
        found = [member.user for member in self.visit.members.all()] if self.visit else []
        if self.draft:
            typed = self.draft[0].get("members", [])
            pks = wholes([typed] if isinstance(typed, str) else typed)
            found += list(User.objects.filter(pk__in=pks, is_active=True))
        return found

    def get_initial(self) -> dict[str, Any]:
        if self.visit is None:
            host = self.review.case.source_name if self.review else ""
            return {
                "days": 1,
                "transport_each": 0,
                "host": host,
                "place": place_of(host, settings.OFFICE_REGION) or "",
                "members": [self.request.user.pk] if self.request.user in self.staff else [],
            }
        visit = self.visit
        return {
            **{name: getattr(visit, name) for name in plans.FIELDS},
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
        if guest_errors and self.request.POST["recalculate"] == "guest":
            form.show_error("guest", guest_errors)
            guest_errors = None
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

    def say(self, kept: bool) -> None:
        """What has happened: put aside, or asked for."""
        messages.success(
            self.request,
            _("신청하지 않고 저장했습니다. 부서 직원이 이어서 쓸 수 있고, 신청해야 기획예산과로 갑니다.")
            if kept
            else VisitSubmit.success,
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
                lines = plans.reckon(plan, len(team), checked.adjustments())
            except Rejected as error:
                problem, lines = error.message, plans.reckon(plan, len(team))
        elif checked["members"].value():  # chosen, but not so that they can go
            problem = " ".join(str(error) for error in checked.errors.get("members", []))
        needed = total(lines)
        held = self.visit.reserved if self.visit else None
        return {
            "lines": lines,
            "sum": needed,
            "estimate_problem": problem,
            "team": team,
            "cautions": selectors.cautions(team, plan["visited_on"], plan["days"], visit=self.visit)
            if checked.cleaned_data.get("visited_on")  # else the day is only today's, taken for the rates
            else [],
            **money_facts(plan["visited_on"].year, needed, held),
        }


class VisitRequest(PlanPage):
    """A new request, from the page of the review."""

    title = gettext_lazy("현장체험 신청")
    submit = gettext_lazy("현장체험 신청")

    def prepare(self) -> None:
        self.review = get_review(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, "visits.request", self.review)

    def get_crumbs(self) -> Crumbs:
        review = self.review
        assert review
        name = f"{review.case.code} {review.department_name}"
        return [HOME, (name, review.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.review.get_absolute_url() if self.review else ""

    def get_draft_key(self) -> str:
        return requests.draft_key(self.review or self.kwargs["pk"])

    def get_context(self) -> dict[str, Any]:
        assert self.review
        return {"lead": f"{self.review.case.code} {self.review.case.title}"}

    def act(self, form: VisitPlanForm) -> str:
        assert self.review
        keep = "keep" in self.request.POST
        service = requests.write if keep else requests.ask
        visit = service(
            self.review, form.plan(), form.team(), adjustments=form.adjustments(), actor=self.request.user
        )
        self.say(keep)
        return visit.get_absolute_url()


class VisitEdit(VisitStep, PlanPage):
    step = "edit"
    submit = gettext_lazy("현장체험 신청")

    def get_draft_key(self) -> str:
        return requests.draft_key(0, self.visit)

    def act(self, form: VisitPlanForm) -> str:
        keep = "keep" in self.request.POST
        service = requests.edit if keep else requests.edit_and_submit
        visit = service(
            self.visit,
            form.plan(),
            form.team(),
            adjustments=form.adjustments(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
        )
        self.say(keep)
        return visit.get_absolute_url()


class VisitAmend(VisitStep, PlanPage):
    """Another day or team after approval: planning approves anew."""

    step = "amend"
    lead = gettext_lazy("다시 승인받습니다. 승인될 때까지 잡아 둔 예산은 그대로 있습니다.")
    submit = gettext_lazy("변경 승인 요청")
    success = gettext_lazy("변경 승인을 요청했습니다.")
    keeps = False
    amending = True

    def get_draft_key(self) -> str:
        return requests.draft_key(0, self.visit) + ".amend"

    def act(self, form: VisitPlanForm) -> str:
        requests.amend(
            self.visit,
            form.plan(),
            form.team(),
            adjustments=form.adjustments(),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )
        return self.get_success_url()
