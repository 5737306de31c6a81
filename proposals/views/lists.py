"""Lists beside the proposals: what departments were asked, and interim answers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.cells import Column, badge_cell, choice, day
from core.listed import BulkAction
from core.lists import ListView
from core.numbers import wholes
from core.page import BaseView, Request
from proposals.enums import InterimState, State
from proposals.filters import InterimFilter, ReviewFilter
from proposals.models import Interim, Proposal, ProposalReview
from proposals.models.proposal import proposal_code
from proposals.selectors.proposals import TONES
from proposals.services import interims
from proposals.views.desk import HOME
from reviews.views import lists

CODE = Column(
    "code",
    gettext_lazy("번호"),
    ("proposal__year", "proposal__number"),
    proposal_code,
    sort=("proposal__year", "proposal__number"),
    excel=proposal_code,
    width=12,
)
TITLE = Column(
    "title",
    gettext_lazy("제목"),
    ("proposal__title",),
    sort=("proposal__title",),
    primary=True,
    width=50,
)


class ReviewList(lists.ReviewList):
    permission = "proposals.view"
    section = "proposals"
    file_name = gettext_lazy("제안_부서_검토")
    filter_class = ReviewFilter
    crumbs = (HOME, (pgettext_lazy("목록", "부서 검토"), None))
    columns = (
        lists.DUE,
        TITLE,
        CODE,
        lists.DEPARTMENT,
        lists.REVIEWER,
        lists.STATE,
        Column(
            "outcome",
            gettext_lazy("부서 의견"),
            ("outcome",),
            badge_cell(State, TONES),
            sort=("outcome",),
            excel=choice(State),
            width=12,
        ),
        lists.NOTIFIED,
        Column("completed", gettext_lazy("완료일"), ("completed_on",), kind="date", screen=False, width=14),
        lists.IN_TIME,
    )

    def get_queryset(self, user: Any) -> QuerySet[ProposalReview]:
        return ProposalReview.objects.live().visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:review", args=[pk])


class InterimList(ListView):
    """What is due in place of a decision, and what was sent."""

    permission = "proposals.plan"
    section = "proposals"
    title = gettext_lazy("중간 답변")
    file_name = gettext_lazy("제안_중간_답변")
    filter_class = InterimFilter
    open_states = (InterimState.DRAFT,)
    urgent_order = ("due_on",)
    default_order = ("-due_on",)
    crumbs = (HOME, (gettext_lazy("중간 답변"), None))
    empty_message = gettext_lazy("보낼 중간 답변이 없습니다. 결정이 늦어지면 여기에 초안이 생깁니다.")
    bulk_url_name = "proposals:interims_bulk"
    bulk_actions = (BulkAction("send", gettext_lazy("초안대로 보내기"), "secondary"),)
    columns = (
        Column("due", gettext_lazy("알릴 날"), ("due_on",), day, sort=("due_on",), kind="date", width=14),
        TITLE,
        CODE,
        Column(
            "number", gettext_lazy("회차"), ("number",), sort=("number",), align="right", kind="int", width=8
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(InterimState, {"draft": "warning", "sent": "success", "missed": "danger"}),
            sort=("state",),
            excel=choice(InterimState),
            width=14,
        ),
        Column("answer_on", gettext_lazy("새로 답할 날"), ("answer_on",), day, kind="date", width=14),
        Column("sent_on", gettext_lazy("알린 날"), ("sent_on",), day, kind="date", width=14),
        Column("reason", gettext_lazy("늦어지는 까닭"), ("reason",), screen=False, width=60),
    )

    def get_queryset(self, user: Any) -> QuerySet[Interim]:
        return Interim.objects.filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:interim_send", args=[pk])


class InterimBulk(BaseView):
    """Those chosen are sent as they were drafted."""

    permission = "proposals.plan"

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("proposals:interims"))

    def post(self, request: Request) -> HttpResponse:
        chosen = Interim.objects.filter(pk__in=wholes(request.POST.getlist("pk")))
        count = interims.send_as_drafted(chosen, actor=self.actor)
        text = ngettext("중간 답변 %(count)d건을 보냈습니다.", "중간 답변 %(count)d건을 보냈습니다.", count)
        messages.success(request, text % {"count": count})
        return HttpResponseRedirect(reverse("proposals:interims"))
