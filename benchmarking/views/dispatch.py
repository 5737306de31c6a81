"""Sending cases to departments: the sheet, and what became of each line (B3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.models import Case
from benchmarking.notifications import request_letter
from benchmarking.services import dispatch as services
from benchmarking.services.reviewing import REVIEWS
from benchmarking.views.lists import HOME
from organization.models import Department
from reviews.services.sending import Order, Outcome
from reviews.views import sheet


class Sending(sheet.Sending):
    permission = "benchmarking.dispatch"
    section = "benchmarking"
    kind = REVIEWS
    listing, page_of = "cases", "case"
    noun = gettext_lazy("사례")
    above = (HOME,)


class Dispatch(Sending, sheet.Sheet):
    template_name = "benchmarking/dispatch.html"
    together = gettext_lazy("모든 사례에 함께 보낼 부서")

    def visible(self, ids: Sequence[int]) -> Iterable[Case]:
        cases = Case.objects.visible_to(self.request.user).filter(pk__in=ids)
        return cases.order_by("year", "number").prefetch_related("suggested_departments")

    def planned(self, subject: Case) -> Iterable[Department]:
        return subject.suggested_departments.all()

    def said(self, subjects: Any, reviews: Any) -> str:
        return _("사례 %(cases)s건 보내기(검토 %(reviews)s건)") % {"cases": subjects, "reviews": reviews}

    def letter(self, subjects: Sequence[tuple[Case, date]]) -> dict[str, Any]:
        return request_letter(subjects)

    def send(self, orders: Sequence[Order], note: str, document: str) -> list[Outcome]:
        return services.send(orders, note=note, document=document, actor=self.request.user)


class Due(Sending, sheet.Due):
    pass


class Dispatched(Sending, sheet.Dispatched):
    template_name = "benchmarking/dispatched.html"


class Bulk(Sending, sheet.Bulk):
    none_chosen = gettext_lazy("사례를 하나 이상 골라 주세요.")
