"""Asking departments and what each of them answers (P6)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.attachments import links_of
from core.components import Way
from core.timeline import event_of
from core.transition import latest_first
from organization.models import Department
from proposals.forms.review import ReviewForm
from proposals.models import Proposal, ProposalReview
from proposals.notifications import request_letter
from proposals.selectors import proposals as selectors
from proposals.selectors.answers import answer_facts
from proposals.services import dispatch as services
from proposals.services.reviewing import REVIEWS
from proposals.views.desk import HOME
from proposals.workflow import REVIEW
from reviews.services.sending import Order, Outcome
from reviews.views import page, sheet, steps


def get_review(user: Any, pk: int) -> ProposalReview:
    """404 for what one may not know."""
    return get_object_or_404(
        ProposalReview.objects.visible_to(user).select_related(
            "proposal__clock",
            "clock",
            "department",
            "reviewer__department",
            "submitted_by__department",
            "confirmed_by__department",
        ),
        pk=pk,
    )


class ReviewStep(steps.ReviewStep):
    kind = REVIEWS
    workflow = REVIEW
    find = staticmethod(get_review)
    section = "proposals"
    above = (HOME,)


class ReviewPage(page.ReviewPage):
    """With what the proposal says, and when the citizen waits for the decision."""

    permission = "proposals.view"
    section = "proposals"
    template_name = "proposals/review.html"
    form_class = ReviewForm
    kind = REVIEWS
    find = staticmethod(get_review)
    above = (HOME,)

    def answer_facts(self, review: ProposalReview) -> list[tuple[Any, Any]]:
        return answer_facts(review)

    def about(self, review: ProposalReview) -> dict[str, Any]:
        proposal = review.proposal
        return {
            "ways": [Way(_("제안"), f"{proposal.code} {proposal.title}", proposal.get_absolute_url())],
            "proposal": proposal,
            "facts": [
                (_("접수번호"), proposal.code),
                (_("구분"), proposal.get_kind_display()),
                (_("접수일"), date_weekday(proposal.received_on)),
                (_("제안자에게 결정을 알릴 날"), date_weekday(proposal.clock.due)),
            ],
            "content": selectors.content_of(proposal),
            "proposal_files": links_of(proposal),
            "events": [event_of(row) for row in latest_first(proposal, review)],
        }


class Sending(sheet.Sending):
    permission = "proposals.dispatch"
    section = "proposals"
    kind = REVIEWS
    listing, page_of = "desk", "desk_page"
    noun = gettext_lazy("제안")
    above = (HOME,)


class Dispatch(Sending, sheet.Sheet):
    template_name = "proposals/dispatch.html"
    together = gettext_lazy("모든 제안에 함께 보낼 부서")

    def visible(self, ids: Sequence[int]) -> Iterable[Proposal]:
        return Proposal.objects.visible_to(self.request.user).filter(pk__in=ids).order_by("year", "number")

    def planned(self, subject: Proposal) -> Iterable[Department]:
        return ()

    def said(self, subjects: Any, reviews: Any) -> str:
        return _("제안 %(cases)s건 보내기(검토 %(reviews)s건)") % {"cases": subjects, "reviews": reviews}

    def letter(self, subjects: Sequence[tuple[Proposal, date]]) -> dict[str, Any]:
        return request_letter(subjects)

    def send(self, orders: Sequence[Order], note: str, document: str) -> list[Outcome]:
        return services.send(orders, note=note, document=document, actor=self.request.user)


class Due(Sending, sheet.Due):
    pass


class Dispatched(Sending, sheet.Dispatched):
    template_name = "proposals/dispatched.html"


class Bulk(Sending, sheet.Bulk):
    none_chosen = gettext_lazy("제안을 하나 이상 골라 주세요.")
