"""The list of rounds, and what is listed together with them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cells import Column, badge_cell, choice, day
from core.components import Action
from core.lists import ListView
from core.page import BaseView, Request
from core.permissions import can
from evaluations.enums import UNDERWAY, RoundState
from evaluations.filters import RoundFilter
from evaluations.kinds import KINDS
from evaluations.models import Round

HOME = (gettext_lazy("심사·시상"), reverse_lazy("evaluations:home"))
LIST = (gettext_lazy("심사"), reverse_lazy("evaluations:list"))
TONES = {
    RoundState.PREPARING: "neutral",
    RoundState.RUNNING: "info",
    RoundState.DRAFT: "warning",
    RoundState.ANNOUNCED: "warning",
    RoundState.CONFIRMED: "success",
    RoundState.ABANDONED: "neutral",
}


class Home(BaseView):
    """Who runs rounds begins with their list, whoever judges with the own."""

    permission = "evaluations.view"
    section = "evaluations"

    def get(self, request: Request) -> HttpResponse:
        to = "evaluations:list" if can(request.user, "evaluations.see") else "evaluations:mine"
        return HttpResponseRedirect(reverse(to))


def kind_label(key: str) -> str:
    return str(next((kind.label for kind in KINDS if kind.key == key), key))


class RoundList(ListView):
    permission = "evaluations.see"
    section = "evaluations"
    title = file_name = gettext_lazy("심사")
    crumbs = (HOME, (gettext_lazy("심사"), None))
    filter_class = RoundFilter
    open_states = UNDERWAY
    urgent_order = ("last_on",)
    default_order = ("-last_on",)
    empty_message = gettext_lazy("조건에 맞는 심사가 없습니다.")
    columns = (
        Column("title", gettext_lazy("제목"), ("title",), sort=("title",), primary=True, width=40),
        Column("kind", gettext_lazy("심사 종류"), ("kind",), kind_label, excel=kind_label, width=18),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(RoundState, TONES),
            sort=("state",),
            excel=choice(RoundState),
        ),
        Column(
            "first",
            gettext_lazy("기간 첫날"),
            ("first_on",),
            day,
            sort=("first_on",),
            kind="date",
            hide_mobile=True,
        ),
        Column("last", gettext_lazy("기간 끝날"), ("last_on",), day, sort=("last_on",), kind="date"),
        Column("run_by", gettext_lazy("심사 담당자"), ("run_by__name",), width=14),
    )

    def get_queryset(self, user: Any) -> QuerySet[Round]:
        return Round.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("evaluations:round", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if can(self.request.user, "evaluations.run"):
            return {"primary": Action(_("심사 만들기"), reverse("evaluations:new"))}
        return {}
