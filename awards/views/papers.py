"""Lists of a year for payroll and personnel: on the page, printed, as Excel and HWPX (A2, A4)."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import documents
from awards.selectors import lists, tax
from awards.views.lists import HOME
from basis.documents.html import render_html
from basis.documents.model import Document
from basis.documents.response import document_response
from basis.formats import won
from core.access import Look
from core.components import Action
from core.listed import Tab
from core.now import today
from core.numbers import text_of, whole
from core.page import BaseView, Crumbs, Request


class Paper(BaseView):
    """One list of a year. Files leave with a reason (D3)."""

    permission = "awards.lists"
    section = "evaluations"
    template_name = "awards/paper.html"
    title: ClassVar[Any]
    name: ClassVar[str]
    file_name: ClassVar[Any]

    def document(self, year: int) -> Document:
        raise LookupError(f"{type(self).__name__} has no document")

    def years(self) -> list[int]:
        return lists.decided_years()

    def notes(self, year: int) -> list[str]:
        """What is to be looked at first."""
        return []

    def get_look(self) -> Look:
        return Look(self.title)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        known = self.years()
        asked = whole(request.GET.get("year", ""))
        year = asked if asked in known else next(iter(known), today().year)
        here = f"{reverse(f'awards:{self.name}')}?year={year}"
        fmt = request.GET.get("format", "")
        if fmt and fmt != "html" and not text_of(request.GET.get("reason", "")):
            query = urlencode({"next": f"{here}&{urlencode({'format': fmt})}"})
            return HttpResponseRedirect(f"{reverse('export_reason')}?{query}")
        document = self.document(year)
        if fmt:
            return document_response(document, fmt, f"{self.file_name}_{year}", back=here)
        return self.render(
            {
                "title": self.title,
                "content": render_html(document, 1),
                "notes": self.notes(year),
                "years": [Tab(_("%(year)d년") % {"year": one}, f"?year={one}", one == year) for one in known],
                "tools": [
                    Action(_("인쇄"), f"{here}&format=html", icon="print"),
                    Action(_("엑셀"), f"{here}&format=xlsx", icon="down"),
                    Action(_("한글(HWPX)"), f"{here}&format=hwpx", icon="down"),
                ],
            }
        )


class TaxPage(Paper):
    name = "tax"
    title = gettext_lazy("시상금 합계와 급여 명단")
    file_name = gettext_lazy("직무_관련_시상금_명단")

    def years(self) -> list[int]:
        return tax.years()

    def document(self, year: int) -> Document:
        self.totals = tax.totals(year)
        return documents.tax_list(year, self.totals)

    def notes(self, year: int) -> list[str]:
        """Who is near the limit, or beyond it."""
        return [
            _("%(department)s %(name)s: 한 해 시상금 %(sum)s, 비과세 한도를 %(over)s 넘음")
            % {"department": one.department, "name": one.name, "sum": won(one.sum), "over": won(one.over)}
            if one.over
            else _("%(department)s %(name)s: 한 해 시상금 %(sum)s, 비과세 한도에 가까움")
            % {"department": one.department, "name": one.name, "sum": won(one.sum)}
            for one in self.totals
            if one.warns
        ]


class LeavePage(Paper):
    name = "leave"
    title = gettext_lazy("특별휴가 명단")
    file_name = gettext_lazy("시상_특별휴가_명단")

    def document(self, year: int) -> Document:
        return documents.leave_list(year, lists.leave_of(year))


class MeritPage(Paper):
    name = "merit"
    title = gettext_lazy("실적가점 명단")
    file_name = gettext_lazy("실적가점_명단")

    def document(self, year: int) -> Document:
        return documents.merit_list(year, lists.merits(year))
