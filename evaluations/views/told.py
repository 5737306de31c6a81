"""What everybody reads of what came of rounds: public pages, and the same for staff (E4)."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View

from core.cells import Column, badge_cell, choice, day
from core.components import Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from evaluations.enums import RoundState
from evaluations.filters import ToldFilter
from evaluations.models import Round
from evaluations.selectors import told
from evaluations.views.lists import HOME, TONES, kind_label
from evaluations.views.results_find import get_told
from evaluations.views.rounds import page_of

TITLE = _("심사 결과")


def badge_of(round: Round) -> Badge:
    return Badge(round.get_state_display(), TONES[RoundState(round.state)])


class PublicPage(View):
    """Open to everybody, changes nothing, knows nobody."""

    public: ClassVar[bool] = True
    base: ClassVar[str] = "base_public.html"
    section: ClassVar[str] = "outcomes"

    def show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        return render(self.request, template, {"view": self, **context})


class PublicList(PublicPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        rows, pages = page_of(told.told_rounds(), request.GET.get("page", ""))
        items = [(one, badge_of(one), kind_label(one.kind)) for one in rows]
        return self.show("evaluations/public/list.html", {"title": TITLE, "items": items, "pages": pages})


class PublicRound(PublicPage):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        round = get_object_or_404(told.told_rounds().select_related("session__panel"), pk=pk)
        context = {**told.page(round), "badge": badge_of(round)}
        return self.show("evaluations/public/round.html", context)


class ToldList(ListView):
    """For staff: those of contests of staff as well."""

    permission = "evaluations.view"
    section = "evaluations"
    title = TITLE
    file_name = _("공개한_심사_결과")
    crumbs = (HOME, (TITLE, None))
    filter_class = ToldFilter
    default_order = ("-last_on",)
    empty_message = _("아직 알린 심사 결과가 없습니다.")
    columns = (
        Column("title", _("심사"), ("title",), sort=("title",), primary=True, width=50),
        Column("kind", _("심사 종류"), ("kind",), kind_label, excel=kind_label, width=18),
        Column("state", _("상태"), ("state",), badge_cell(RoundState, TONES), sort=("state",),
               excel=choice(RoundState)),
        Column("last", _("기간 끝날"), ("last_on",), day, sort=("last_on",), kind="date"),
        Column("until", _("이의신청 마감일"), ("objections_until",), day, sort=("objections_until",), kind="date",
               hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return told.known_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("evaluations:told_round", args=[pk])


LIST = (TITLE, reverse_lazy("evaluations:told"))


class ToldRound(BaseView):
    permission = "evaluations.view"
    section = "evaluations"
    template_name = "evaluations/told.html"
    round: Round

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.round.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.round = round = get_told(request.user, pk)
        return self.render({**told.page(round), "badges": [badge_of(round)]})
