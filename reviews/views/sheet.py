"""Sending to departments: the sheet, and what became of each line (B3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.clock import one_line
from basis.formats import date_weekday
from core import deadlines
from core.cells import Cell
from core.now import today
from core.numbers import whole, wholes
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from organization.models import Department
from organization.views.tables import table
from reviews.forms.sheet import SheetForm, sheet_of
from reviews.kinds import ReviewKind
from reviews.selectors.load import department_options
from reviews.services.sending import Order, Outcome

MOST = 200  # sent together


class Sending:
    """What the pages of sending share. A process says it once, with `permission` and `section`; its addresses are
    `dispatch_many`, `due` and `dispatched`, beside the list named `listing` and the page named `page`."""

    kind: ClassVar[ReviewKind[Any]]
    listing: ClassVar[str]
    page_of: ClassVar[str]
    noun: ClassVar[Any]  # what a subject is called
    above: ClassVar[Crumbs] = ()

    @property
    def results(self) -> str:
        """Of the session: what became of the last ones."""
        return f"{self.kind.prefix}.dispatched"

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"{self.kind.prefix}:{name}", args=args)


class Sheet(Sending, FormPage):
    """One subject or many (`?pk=`), each to its departments, with the deadline that results."""

    template_name = "reviews/dispatch.html"
    title = gettext_lazy("부서에 보내기")
    together: ClassVar[Any]  # the label of the departments that all go to

    def visible(self, ids: Sequence[int]) -> Iterable[Any]:
        """The subjects with these keys that the user may see, in their order."""
        raise NotImplementedError

    def planned(self, subject: Any) -> Iterable[Department]:
        """The departments thought of before."""
        return ()

    def said(self, subjects: Any, reviews: Any) -> str:
        """What the button does. The script says it anew as departments come and go (static/app/forms.js)."""
        raise NotImplementedError

    def letter(self, subjects: Sequence[tuple[Any, date]]) -> dict[str, Any]:
        """Title and lines of what a department gets that is asked about all of these."""
        raise NotImplementedError

    def send(self, orders: Sequence[Order], note: str, document: str) -> list[Outcome]:
        raise NotImplementedError

    def prepare(self) -> None:
        ids = [self.kwargs["pk"]] if "pk" in self.kwargs else _ids(self.request.GET.getlist("pk"))
        self.subjects = list(self.visible(ids))
        if not self.subjects:
            raise Http404

    def get_crumbs(self) -> Crumbs:
        return [*self.above, (self.title, None)]

    def get_form_class(self) -> type[SheetForm]:
        return sheet_of(self.kind, self.subjects, self.planned, self.together)

    def get_cancel_url(self) -> str:
        """Where one was."""
        alone = self.subjects[0] if len(self.subjects) == 1 else None
        usual: str = alone.get_absolute_url() if alone else self.address(self.listing)
        return _own(self.request, self.request.GET.get("next", "")) or usual

    def get_context(self) -> dict[str, Any]:
        found = deadlines.preview(today(), self.kind.figures.days.current())
        planned = [one for one in self.subjects if self.planned(one)]
        reviews = sum(len(list(self.planned(one))) for one in planned)
        return {
            "noun": self.noun,
            "subjects": self.subjects,
            "departments": department_options(self.kind.model.objects),
            "due": found.due,
            "arithmetic": one_line(found),
            "submit": self.said(len(planned), reviews) if planned else _("부서에 보내기"),
            "sheet_label": self.said("[cases]", "[reviews]"),
            "letter": self.letter([(one, found.due) for one in planned or self.subjects]),
        }

    def act(self, form: SheetForm) -> str:
        data = form.cleaned_data
        results = self.send(form.orders(), data["note"], data["document"])
        if len(results) == 1 and not results[0].error:
            sent = len(results[0].reviews)
            text = ngettext("부서 %(count)d곳에 보냈습니다.", "부서 %(count)d곳에 보냈습니다.", sent)
            messages.success(self.request, text % {"count": sent})
            return self.get_cancel_url()
        self.request.session[self.results] = {
            "back": self.get_cancel_url(),
            "lines": [_line(result) for result in results],
        }
        return self.address("dispatched")


class Due(Sending, BaseView):
    """The day that results from the days of a line, while they are typed."""

    def get(self, request: Request) -> HttpResponse:
        policy, days = self.kind.figures.days, whole(next(iter(request.GET.values()), "")) or 0
        if not (policy.minimum or 0) <= days <= (policy.maximum or 0):
            return HttpResponse()
        return HttpResponse(_("%(day)s까지") % {"day": date_weekday(deadlines.preview(today(), days).due)})


def _line(result: Outcome) -> list[Any]:
    reviews = result.reviews
    names = ", ".join(review.department_name for review in reviews)
    due = date_weekday(reviews[0].clock.due) if reviews else ""
    return [result.subject.pk, str(result.subject), names, due, result.error]


class Dispatched(Sending, BaseView):
    """What became of each subject sent together; it stays until the next are sent."""

    title = gettext_lazy("보낸 결과")

    def get_crumbs(self) -> Crumbs:
        return [*self.above, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        found = request.session.get(self.results)
        if found is None:
            return HttpResponseRedirect(self.address(self.listing))
        lines = found["lines"]
        failed = [line for line in lines if line[4]]
        heads = [str(self.noun), _("검토 부서"), _("검토 기한"), _("결과")]
        again = urlencode([*(("pk", line[0]) for line in failed), ("next", found["back"])])
        return self.render(
            {
                "title": self.title,
                "lines": table(self.title, heads, [self.row(*line) for line in lines]),
                "sent": len(lines) - len(failed),
                "reviews": sum(len(line[2].split(", ")) for line in lines if line[2]),
                "failed": len(failed),
                "again_url": f"{self.address('dispatch_many')}?{again}" if failed else "",
                "back_url": found["back"],
            }
        )

    def row(self, pk: int, name: str, departments: str, due: str, error: str) -> list[Cell]:
        tone = "danger" if error else "success"
        return [
            Cell(name, url=self.address(self.page_of, pk)),
            Cell(error or departments),
            Cell(due),
            Cell(_("보내지 않음") if error else _("보냄"), tone=tone),
        ]


class Bulk(Sending, BaseView):
    """What was chosen in a list, on to the page that does it, and from there back to the list as it was."""

    none_chosen: ClassVar[Any]

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(self.address(self.listing))

    def post(self, request: Request) -> HttpResponse:
        back = _own(request, request.headers.get("Referer", "")) or self.address(self.listing)
        ids = _ids(request.POST.getlist("pk"))
        if not ids:
            messages.error(request, self.none_chosen)
            return HttpResponseRedirect(back)
        query = urlencode([*(("pk", pk) for pk in ids), ("next", back)])
        return HttpResponseRedirect(f"{self.address('dispatch_many')}?{query}")


def _own(request: Request, url: str) -> str:
    """The address if it is one of ours, without its host."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return ""
    here = request.build_absolute_uri("/")
    return "/" + url.removeprefix(here).lstrip("/") if len(url) < 2000 else ""


def _ids(values: list[str]) -> list[int]:
    return wholes(values)[:MOST]
