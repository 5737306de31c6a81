"""Sending cases to departments: the sheet, and what became of each line (B3)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.clock import one_line
from basis.formats import date_weekday
from benchmarking.forms.dispatch import SheetForm, sheet_of
from benchmarking.models import Case, Review
from benchmarking.notifications import request_letter
from benchmarking.policies import REVIEW_DAYS
from benchmarking.services import dispatch as services
from benchmarking.views.lists import HOME
from core import deadlines
from core.cells import Cell
from core.now import today
from core.numbers import whole, wholes
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from organization.views.tables import table
from reviews.selectors.load import department_options

MOST = 200  # cases sent together
RESULTS = "benchmarking.dispatched"  # of the session: what became of the last ones


class Dispatch(FormPage):
    """One case or many (`?pk=`), each to its departments, with the deadline that results."""

    permission = "benchmarking.dispatch"
    section = "benchmarking"
    template_name = "benchmarking/dispatch.html"
    title = gettext_lazy("부서에 보내기")

    def prepare(self) -> None:
        ids = [self.kwargs["pk"]] if "pk" in self.kwargs else _ids(self.request.GET.getlist("pk"))
        visible = Case.objects.visible_to(self.request.user).filter(pk__in=ids)
        self.cases = list(visible.order_by("year", "number").prefetch_related("suggested_departments"))
        if not self.cases:
            raise Http404

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get_form_class(self) -> type[SheetForm]:
        return sheet_of(self.cases)

    def get_cancel_url(self) -> str:
        """Where one was."""
        usual = self.cases[0].get_absolute_url() if len(self.cases) == 1 else reverse("benchmarking:cases")
        return _own(self.request, self.request.GET.get("next", "")) or usual

    def get_context(self) -> dict[str, Any]:
        days = REVIEW_DAYS.current()
        found = deadlines.preview(today(), days)
        planned = [case for case in self.cases if case.suggested_departments.all()]
        reviews = sum(len(case.suggested_departments.all()) for case in planned)
        return {
            "cases": self.cases,
            "departments": department_options(Review.objects),
            "due": found.due,
            "arithmetic": one_line(found),
            "submit": said(len(planned), reviews) if planned else _("부서에 보내기"),
            "sheet_label": said("[cases]", "[reviews]"),
            "letter": request_letter([(case, found.due) for case in planned or self.cases]),
        }

    def act(self, form: SheetForm) -> str:
        data = form.cleaned_data
        results = services.send(
            form.orders(), note=data["note"], document=data["document"], actor=self.request.user
        )
        if len(results) == 1 and not results[0].error:
            sent = len(results[0].reviews)
            text = ngettext("부서 %(count)d곳에 보냈습니다.", "부서 %(count)d곳에 보냈습니다.", sent)
            messages.success(self.request, text % {"count": sent})
            return self.get_cancel_url()
        self.request.session[RESULTS] = {
            "back": self.get_cancel_url(),
            "lines": [_line(result) for result in results],
        }
        return reverse("benchmarking:dispatched")


class Due(BaseView):
    """The day that results from the days of a line, while they are typed."""

    permission = "benchmarking.dispatch"

    def get(self, request: Request) -> HttpResponse:
        days = whole(next(iter(request.GET.values()), "")) or 0
        if not (REVIEW_DAYS.minimum or 0) <= days <= (REVIEW_DAYS.maximum or 0):
            return HttpResponse()
        return HttpResponse(_("%(day)s까지") % {"day": date_weekday(deadlines.preview(today(), days).due)})


def said(cases: Any, reviews: Any) -> str:
    """What the button does. The script says it anew as departments come and go (static/app/forms.js)."""
    return _("사례 %(cases)s건 보내기(검토 %(reviews)s건)") % {"cases": cases, "reviews": reviews}


def _line(result: services.Outcome) -> list[Any]:
    reviews = result.reviews
    names = ", ".join(review.department_name for review in reviews)
    due = date_weekday(reviews[0].clock.due) if reviews else ""
    return [result.case.pk, str(result.case), names, due, result.error]


class Dispatched(BaseView):
    """What became of each case sent together; it stays until the next are sent."""

    permission = "benchmarking.dispatch"
    section = "benchmarking"
    template_name = "benchmarking/dispatched.html"
    title = gettext_lazy("보낸 결과")
    crumbs = (HOME, (title, None))

    def get(self, request: Request) -> HttpResponse:
        found = request.session.get(RESULTS)
        if found is None:
            return HttpResponseRedirect(reverse("benchmarking:cases"))
        lines = found["lines"]
        failed = [line for line in lines if line[4]]
        rows = [self.row(*line) for line in lines]
        again = urlencode([*(("pk", line[0]) for line in failed), ("next", found["back"])])
        return self.render(
            {
                "title": self.title,
                "lines": table(self.title, [_("사례"), _("검토 부서"), _("검토 기한"), _("결과")], rows),
                "sent": len(lines) - len(failed),
                "reviews": sum(len(line[2].split(", ")) for line in lines if line[2]),
                "failed": len(failed),
                "again_url": f"{reverse('benchmarking:dispatch_many')}?{again}" if failed else "",
                "back_url": found["back"],
            }
        )

    def row(self, pk: int, name: str, departments: str, due: str, error: str) -> list[Cell]:
        tone = "danger" if error else "success"
        return [
            Cell(name, url=reverse("benchmarking:case", args=[pk])),
            Cell(error or departments),
            Cell(due),
            Cell(_("보내지 않음") if error else _("보냄"), tone=tone),
        ]


class Bulk(BaseView):
    """What was chosen in a list, on to the page that does it, and from there back to the list as it was."""

    permission = "benchmarking.dispatch"

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("benchmarking:cases"))

    def post(self, request: Request) -> HttpResponse:
        back = _own(request, request.headers.get("Referer", "")) or reverse("benchmarking:cases")
        ids = _ids(request.POST.getlist("pk"))
        if not ids:
            messages.error(request, _("사례를 하나 이상 골라 주세요."))
            return HttpResponseRedirect(back)
        query = urlencode([*(("pk", pk) for pk in ids), ("next", back)])
        return HttpResponseRedirect(f"{reverse('benchmarking:dispatch_many')}?{query}")


def _own(request: Request, url: str) -> str:
    """The address if it is one of ours, without its host."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return ""
    here = request.build_absolute_uri("/")
    return "/" + url.removeprefix(here).lstrip("/") if len(url) < 2000 else ""


def _ids(values: list[str]) -> list[int]:
    return wholes(values)[:MOST]
