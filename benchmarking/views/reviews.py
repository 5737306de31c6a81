"""A department's review: the case beside the form, and what will be sent before it is."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from basis.formats import UNRECORDED, date_weekday, won
from benchmarking import sockets
from benchmarking.enums import Decision
from benchmarking.forms.reviews import (
    ReviewForm,
)
from benchmarking.models import Review
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.ways import beside, to_case
from benchmarking.services.reviewing import REVIEWS
from benchmarking.views.cases import case_facts
from benchmarking.views.lists import HOME
from benchmarking.workflow import REVIEW
from core.attachments import links_of
from reviews.selectors.page import handling_facts
from reviews.views import page, steps


def get_review(user: Any, pk: int) -> Review:
    """404 for what one may not know."""
    return get_object_or_404(
        Review.objects.visible_to(user).select_related(
            "case__found_by",
            "clock",
            "follow_up",
            "round",
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
    section = "benchmarking"
    above = (HOME,)


class ReviewPage(page.ReviewPage):
    """With the case, what stands beside it, and similar ones."""

    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/review.html"
    form_class = ReviewForm
    kind = REVIEWS
    find = staticmethod(get_review)
    above = (HOME,)

    def answer_facts(self, review: Review) -> list[tuple[Any, Any]]:
        return decision_facts(review)

    def about(self, review: Review) -> dict[str, Any]:
        case, user = review.case, self.request.user
        return {
            "ways": [to_case(case), *beside(review)],
            "case": case,
            "facts": case_facts(case),
            "case_files": links_of(case),
            "cards": sockets.cards_of(user, case, review),
            "similar": selectors.similar_cases(case.title, user, exclude=case.pk),
            "events": selectors.timeline(case, [review]),
        }


def decision_facts(review: Review) -> list[tuple[Any, Any]]:
    """What the department has decided and why."""
    facts: list[tuple[Any, Any]] = [
        (_("검토 결과"), review.get_decision_display() or UNRECORDED),
        (_("검토 의견"), review.reason or UNRECORDED),
    ]
    if review.decision == Decision.ADOPT and (review.plan_what or review.plan_on):
        facts += [
            (_("추진 내용"), review.plan_what),
            (_("시행 예정일"), date_weekday(review.plan_on) if review.plan_on else ""),
            (_("소요 예산"), won(review.plan_budget) if review.plan_budget is not None else ""),
        ]
    return facts


def answer_facts(review: Review) -> list[tuple[Any, Any]]:
    """What the department answered, and how it came about."""
    return [*decision_facts(review), *handling_facts(review)]
