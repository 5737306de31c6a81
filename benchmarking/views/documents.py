"""Review reports as page for printing, HWPX and Excel (B11)."""

from django.http import HttpResponse

from basis.documents.response import document_response
from benchmarking.documents import case_report, review_report
from benchmarking.selectors.cases import rounds_of
from benchmarking.views.cases import get_case
from benchmarking.views.reviews import get_review
from core.page import BaseView, Request
from reviews.enums import ReviewState


class ReviewReport(BaseView):
    permission = "benchmarking.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        review = get_review(request.user, pk)
        self.looked = name = f"검토보고_{review.case.code}_{review.department_name}"
        return document_response(
            review_report(review), request.GET.get("format", "html"), name, back=review.get_absolute_url()
        )


class CaseReport(BaseView):
    permission = "benchmarking.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        case = get_case(request.user, pk)
        reviews = [
            review
            for round_ in rounds_of(case, request.user)
            for review in round_.reviews.all()
            if round_.number == case.round_number and review.state != ReviewState.RECALLED
        ]
        for review in reviews:
            review.case = case
        self.looked = name = f"검토현황_{case.code}"
        return document_response(
            case_report(case, reviews), request.GET.get("format", "html"), name, back=case.get_absolute_url()
        )
