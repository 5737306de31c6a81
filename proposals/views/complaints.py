"""Reporting a public text, and planning's side of it: the list, one with all its reports, deciding."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from core.addresses import client_address
from core.cells import Column, badge_cell, choice, day, due_cell
from core.components import Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import NOBODY
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from core.views.steps import ReasonStep, ServiceStep, StepPage
from notifications.bar import bar_of
from proposals.complaint_workflow import COMPLAINTS
from proposals.enums import ComplaintState
from proposals.filters import ComplaintFilter
from proposals.forms.complaints import ComplaintForm, CoverForm
from proposals.models import Complaint, Proposal
from proposals.selectors import proposals as selectors
from proposals.services import complaints
from proposals.views.desk import HOME

LIST = (gettext_lazy("신고"), reverse_lazy("proposals:desk_complaints"))
TONES = {ComplaintState.OPEN: "warning", ComplaintState.SHOWN: "success"}


class Complain(GuardedForm, FormPage):
    """Anybody reports a text that can be read."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    section = "proposals"
    form_class = ComplaintForm
    template_name = "proposals/public/complain.html"
    title = gettext_lazy("이 글 신고하기")
    submit = gettext_lazy("신고하기")
    success = gettext_lazy("신고를 접수했습니다. 확인하고 처리합니다.")
    gate_key = "complaint"

    def admit(self) -> None:
        """Everybody may."""

    def prepare(self) -> None:
        self.proposal = get_object_or_404(Proposal.objects.shown(), **self.kwargs)

    def get_context(self) -> dict[str, Any]:
        return {"proposal": self.proposal}

    def get_cancel_url(self) -> str:
        return self.proposal.public_url

    def act(self, form: ComplaintForm) -> str:
        said = (form.cleaned_data["ground"], form.cleaned_data["text"])
        doubtful = bool(self.verdict and self.verdict.is_doubtful)
        complaints.complain(self.proposal, *said, address=client_address(self.request), doubtful=doubtful)
        return self.proposal.public_url


def get_complaint(user: Any, pk: int) -> Complaint:
    """404 for what one may not know."""
    return get_object_or_404(Complaint.objects.visible_to(user).select_related("proposal", "clock"), pk=pk)


class ComplaintList(ListView):
    permission = "proposals.complaints"
    section = "proposals"
    title = gettext_lazy("신고")
    filter_class = ComplaintFilter
    open_states = (ComplaintState.OPEN,)
    urgent_order = ("clock__due",)
    default_order = ("-opened_on",)
    crumbs = (HOME, (gettext_lazy("신고"), None))
    empty_message = gettext_lazy("처리할 신고가 없습니다.")
    columns = (
        Column("title", gettext_lazy("제안"), ("proposal__title",), sort=("proposal__title",), primary=True, width=50),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(ComplaintState, TONES), sort=("state",),
            excel=choice(ComplaintState),
        ),
        Column("opened", gettext_lazy("신고일"), ("opened_on",), day, sort=("opened_on",), kind="date"),
        Column(
            "due", gettext_lazy("처리 기한"), ("clock__due", "clock__paused", "decided_on"), due_cell,
            sort=("clock__due",), kind="date",
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Complaint.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:desk_complaint", args=[pk])


class ComplaintPage(BaseView):
    permission = "proposals.complaints"
    section = "proposals"
    template_name = "proposals/complaint.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.complaint.proposal.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.complaint = complaint = get_complaint(request.user, pk)
        proposal = complaint.proposal
        lead = (
            _("신고가 들어와 바로 가렸습니다.")
            if complaint.hid
            else _("바로 가리지 않은 신고입니다. 내용을 먼저 살펴봐 주세요.")
        )
        voices = [
            (voice.get_ground_display(), f"{voice.text}\n{datetime_ko(voice.at)}")
            for voice in complaint.voices.all()
        ]
        return self.render(
            {
                **bar_of(request.user, complaint),
                "title": complaint.title,
                "lead": lead,
                "badges": [
                    Badge(
                        complaint.get_state_display(), TONES.get(ComplaintState(complaint.state), "neutral")
                    )
                ],
                "proposal": proposal,
                "content": [(_("제목"), proposal.title), *selectors.content_of(proposal)],
                "voices": voices,
                "covered": proposal.covered,
                "events": [event_of(row) for row in latest_first(complaint)],
            }
        )


class ComplaintStep(StepPage):
    workflow = COMPLAINTS
    find = staticmethod(get_complaint)
    section = "proposals"
    permission = "proposals.complaints"
    above = (HOME, LIST)
    lead = gettext_lazy("까닭은 제안자에게 그대로 알립니다.")

    def get_name(self) -> str:
        return str(self.object.proposal.code)


class Show(ComplaintStep, ReasonStep):
    step = "show"
    success = gettext_lazy("글을 다시 공개했습니다.")
    service = staticmethod(complaints.show)


class Hide(ComplaintStep, ReasonStep):
    step = "hide"
    success = gettext_lazy("글을 계속 가립니다.")
    service = staticmethod(complaints.hide)


class Cover(ComplaintStep, ServiceStep, FormPage):
    step = "cover"
    form_class = CoverForm
    success = gettext_lazy("일부를 가리고 다시 공개했습니다.")
    service = staticmethod(complaints.cover)

    def act(self, form: CoverForm) -> str:
        return self.serve(words=form.cleaned_data["words"], reason=form.cleaned_data["reason"])
