"""보낼 안내: the list, and what is done with several."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import datetime_ko
from core.cells import Cell, Column, choice, due_cell
from core.components import Action
from core.listed import BulkAction
from core.lists import ListView
from core.numbers import wholes
from core.page import BaseView, Request
from letters.documents import paper
from letters.enums import OPEN, State, Way
from letters.filters import LetterFilter
from letters.models import Letter
from letters.selectors import TONES
from letters.services import sending
from letters.sockets import KINDS
from notifications.standing import trouble

HOME = (gettext_lazy("보낼 안내"), reverse_lazy("letters:list"))
MOST = 200  # letters done at once


def moment(value: Any) -> str:
    return datetime_ko(timezone.localtime(value)) if value else ""


def kind_label(key: str) -> str:
    kind = KINDS.get(key)
    return str(kind.label) if kind else key


class LetterList(ListView):
    """Nothing of whom they are for stands in it."""

    permission = "letters.plan"
    section = "letters"
    title = gettext_lazy("보낼 안내")
    file_name = gettext_lazy("보낼_안내")
    template_name = "letters/list.html"
    filter_class = LetterFilter
    open_states = OPEN
    default_order = ("-created_at",)
    urgent_order = ("due", "created_at")
    crumbs = ((gettext_lazy("보낼 안내"), None),)
    empty_message = gettext_lazy("조건에 맞는 안내가 없습니다.")
    bulk_url_name = "letters:bulk"
    bulk_actions = (
        BulkAction("release", gettext_lazy("안내 보내기")),
        BulkAction("paper", gettext_lazy("인쇄 화면"), "tertiary"),
        BulkAction("mark", gettext_lazy("발송 처리"), "tertiary"),
    )
    columns = (
        Column(
            "title",
            gettext_lazy("안내"),
            ("title", "about"),
            lambda title, about: Cell(title, sub=None if about in title else about),
            sort=("title",),
            primary=True,
            width=50,
        ),
        Column("about", gettext_lazy("대상"), ("about",), sort=("about",), screen=False),
        Column(
            "kind", gettext_lazy("안내 종류"), ("kind",), kind_label, sort=("kind",), excel=kind_label,
            hide_mobile=True,
        ),
        Column("way", gettext_lazy("보내는 방법"), ("way",), choice(Way), sort=("way",), excel=choice(Way)),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state", "error"),
            lambda state, error: Cell(
                str(State(state).label), tone=TONES.get(State(state), "neutral"), sub=error or None
            ),
            sort=("state",),
            excel=lambda state, error: str(State(state).label),
        ),
        Column(
            "due",
            gettext_lazy("보낼 기한"),
            ("due", "state"),
            lambda due, state: due_cell(due) if state in OPEN else Cell(""),
            sort=("due",),
            kind="date",
            excel=lambda due, state: due,
        ),
        Column(
            "created", gettext_lazy("작성 일시"), ("created_at",), moment, sort=("created_at",), excel=moment,
            hide_mobile=True,
        ),
        Column("sent", gettext_lazy("발송 일시"), ("sent_at",), moment, sort=("sent_at",), excel=moment),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Letter.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("letters:letter", args=[pk])

    def get_tools(self) -> Sequence[Action]:
        return [Action(_("안내문 고치기"), reverse("letters:wordings"))]

    def get_context(self) -> dict[str, Any]:
        return {"trouble": trouble()}


def chosen(user: Any, keys: Sequence[str]) -> list[Letter]:
    return list(Letter.objects.visible_to(user).filter(pk__in=wholes(keys)[:MOST]).order_by("pk"))


class LetterBulk(BaseView):
    permission = "letters.plan"

    def post(self, request: Request) -> HttpResponse:
        letters, action = chosen(request.user, request.POST.getlist("pk")), request.POST.get("action")
        if action == "paper" and letters:
            query = urlencode({"pk": [letter.pk for letter in letters]}, doseq=True)
            return HttpResponseRedirect(f"{reverse('letters:papers')}?{query}")
        acts = {"release": sending.release, "mark": sending.mark}
        if act := acts.get(action or ""):
            done, left = sending.each(letters, act, actor=request.user)
            messages.success(request, _("안내 %(count)d건을 처리했습니다.") % {"count": done})
            if left:
                messages.warning(
                    request, _("상태가 맞지 않는 %(count)d건은 그대로 두었습니다.") % {"count": left}
                )
        return HttpResponseRedirect(reverse("letters:list"))


class Papers(BaseView):
    """Several on paper, each on pages of its own."""

    permission = "letters.read"

    def get(self, request: Request) -> HttpResponse:
        letters = chosen(request.user, request.GET.getlist("pk"))
        if not letters:
            raise Http404
        self.looked = name = _("안내문 %(count)d건") % {"count": len(letters)}
        return document_response(
            paper(letters), request.GET.get("format", "html"), name, back=reverse("letters:list")
        )
