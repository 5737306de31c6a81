"""Pages for everybody: what this is, what became of earlier ideas, each of them, and where writing begins (P11)."""

from collections.abc import Sequence
from math import ceil
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from core import gate, passes
from core.actors import Bearer
from core.addresses import client_address
from core.components import Badge
from core.now import now, today
from core.numbers import whole
from core.views.bearer import hand_over
from proposals.enums import Kind, State
from proposals.filters import PublicFilter
from proposals.models import Call, Proposal
from proposals.policies import WRITING_HOURLY
from proposals.selectors import calls as of_calls
from proposals.selectors import proposals as selectors
from proposals.services import receiving
from proposals.views.browsers import has_supported

PAGE = 20
NEWEST = ("-received_at", "-pk")
BY_SUPPORT = ("-supports", *NEWEST)


def later(response: HttpResponse, verdict: gate.Verdict) -> HttpResponse:
    """Not now: the page says when."""
    assert verdict.until is not None
    response.status_code = 429
    response["Retry-After"] = str(max(1, ceil((verdict.until - now()).total_seconds())))
    return response


class PublicPage(View):
    """Open to everybody, changes nothing, knows nobody."""

    public: ClassVar[bool] = True
    base: ClassVar[str] = "base_public.html"
    section: ClassVar[str] = "proposals"
    title: ClassVar[Any] = ""
    template_name: ClassVar[str] = ""

    def show(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        page = {"view": self, "title": self.title, **context}
        return render(self.request, self.template_name, page, status=status)


class Home(PublicPage):
    title = _("구민 제안")
    template_name = "proposals/public/home.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        calls = [(call, of_calls.badge_of(call)) for call in of_calls.open_calls()[: of_calls.FEW]]
        return self.show({"numbers": selectors.numbers(), "stories": selectors.stories(), "calls": calls})


class Guide(PublicPage):
    title = _("이용 안내")
    template_name = "proposals/public/guide.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"guide": selectors.guide()})


class Known(Paginator):
    """Pages of what everybody asks for: how many there are without any condition is counted once a minute, and of those
    before the page the keys alone are read, by the index."""

    def __init__(self, rows: Any, order: Sequence[str], size: int, asked: QueryDict) -> None:
        super().__init__(rows.order_by(*order), size)
        self.order = order
        if not any(value for name, value in asked.items() if name not in ("page", "sort")):
            self.count = selectors.numbers()["all"]

    def page(self, number: Any) -> Page:
        found: Any = super().page(number).object_list
        rows = Proposal.objects.filter(pk__in=found.values("pk")).order_by(*self.order)
        return Page(list(rows), self.validate_number(number), self)


class Find(PublicPage):
    title = _("제안 찾기")
    template_name = "proposals/public/find.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = PublicFilter(request.GET, queryset=Proposal.objects.public())
        found = rows.qs if rows.is_valid() else Proposal.objects.none()
        order = BY_SUPPORT if request.GET.get("sort") == "support" else NEWEST
        pages = Known(found, order, PAGE, request.GET)
        page = pages.get_page(whole(request.GET.get("page", "")) or 1)
        query = request.GET.copy()
        query.pop("page", None)
        items = [(one, public_badge_of(one)) for one in page]
        narrowed = any(value for name, value in query.items() if name != "q")
        listed = {"form": rows.form, "narrowed": narrowed, "page": page, "items": items}
        return self.show({**listed, "query": query.urlencode()})


def badge_of(proposal: Proposal) -> Badge:
    state = State(proposal.state)
    return Badge(str(state.label), selectors.TONES.get(state, "neutral"))


def public_badge_of(proposal: Proposal) -> Badge:
    """Of a hidden one, no more than whether it was adopted (P11)."""
    if proposal.taken_down:
        return Badge(_("가려짐"))
    known = proposal.is_shown or proposal.state == State.ADOPTED
    return badge_of(proposal) if known else Badge(_("비공개"))


class Public(PublicPage):
    """One proposal as everybody may read it."""

    template_name = "proposals/public/proposal.html"

    def get(self, request: HttpRequest, year: int, number: int) -> HttpResponse:
        return self.page(self.find(year, number))

    def find(self, year: int, number: int, **conditions: Any) -> Proposal:
        rows = Proposal.objects.public().whole()
        return get_object_or_404(rows, year=year, number=number, **conditions)

    def page(self, proposal: Proposal, **extra: Any) -> HttpResponse:
        supported = has_supported(self.request, proposal)
        return self.show({**selectors.told(proposal), "supported": supported, **extra})


class Alike(PublicPage):
    """Earlier ones like the title being typed; a part of the page for scripts, a page of its own without."""

    title = _("비슷한 제안")
    template_name = "proposals/public/alike.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        title = request.GET.get("title", "").strip()[:100]
        return self.show({"alike": selectors.alike(title) if len(title) > 1 else []})


class Start(PublicPage):
    """Looking begins nothing: the button does."""

    title = _("제안하기")
    template_name = "proposals/public/start.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()

    def page(self, **extra: Any) -> HttpResponse:
        given = self.request.POST.get("call") or self.request.GET.get("call", "")
        return self.show({"call": self.call(given), **extra})

    def call(self, given: str) -> Call | None:
        """The open one that the address or the form names."""
        pk = whole(given)
        rows = Call.objects.open_on(today()).for_kind(Kind.CITIZEN)
        return rows.filter(pk=pk).first() if pk else None

    def post(self, request: HttpRequest) -> HttpResponse:
        verdict = gate.press("writing", client_address(request), WRITING_HOURLY.current())
        if verdict.until:
            return later(self.page(wait=verdict.message), verdict)
        writing, token = receiving.begin(self.call(request.POST.get("call", "")))
        response = HttpResponseRedirect(reverse("proposals:writing", args=[writing.pk]))
        hand_over(response, request, token, Bearer(passes.passes_for(writing).get()))
        return response
