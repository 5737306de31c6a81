"""The plan and the result report of a visit as page for printing, HWPX and Excel (B11)."""

from django.http import Http404, HttpResponse

from basis.documents.response import document_response
from core.page import BaseView, Request
from core.permissions import can, ensure
from visits.documents import visit_plan, visit_result
from visits.views.page import get_visit


class VisitPlan(BaseView):
    permission = "visits.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        visit = get_visit(request.user, pk)
        if visit.is_record:
            raise Http404
        ensure(request.user, "visits.costs", visit)
        self.looked = name = f"현장체험_계획서_{visit.host}_{visit.visited_on}"
        return document_response(
            visit_plan(visit), request.GET.get("format", "html"), name, back=visit.get_absolute_url()
        )


class VisitResult(BaseView):
    permission = "visits.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        visit = get_visit(request.user, pk)
        if not visit.is_reported:
            raise Http404
        costs = can(request.user, "visits.costs", visit)
        self.looked = name = f"현장체험_결과보고서_{visit.host}_{visit.visited_on}"
        return document_response(
            visit_result(visit, costs=costs),
            request.GET.get("format", "html"),
            name,
            back=visit.get_absolute_url(),
        )
