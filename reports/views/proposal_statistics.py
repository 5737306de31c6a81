"""제안 통계: by period, kind and department, with its rows behind every figure (P6, P10)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks, render_chart
from basis.documents.response import document_response
from basis.formats import date_weekday
from basis.official import in_office_language
from basis.periods import PeriodKind
from core.components import Action
from core.now import today
from core.page import BaseView, Request
from core.permissions import can
from reports.forms import ProposalStatisticsForm
from reports.proposal_statistics import ProposalStatistics


class ProposalStatisticsPage(BaseView):
    permission = "proposals.statistics"
    section = "reports"
    template_name = "reports/statistics.html"
    title = gettext_lazy("제안 통계")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        day = today()
        asked = request.GET.dict()
        form = ProposalStatisticsForm({"unit": PeriodKind.HALF, "last": day.year, **asked})
        values: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        chosen: dict[str, Any] = {
            "unit": PeriodKind(values.get("unit", PeriodKind.HALF)),
            "first": values.get("first"),
            "last": values.get("last", day.year),
            "day": day,
            "wanted": values.get("period", ""),
            "kind": values.get("kind", ""),
            "charge": values.get("charge"),
            "linked": can(request.user, "benchmarking.dashboard"),
            "answers_linked": can(request.user, "proposals.plan"),
        }
        if fmt := asked.get("format"):
            return _file(chosen, fmt, self.url())
        found = ProposalStatistics(**chosen)
        form.data = {**form.data, "first": found.periods[0].year, "period": found.period.key}
        form.fields["period"].widget.choices = [(p.key, p.label) for p in reversed(found.periods)]
        return self.render(
            {
                "title": self.title,
                "lead": _("구민과 직원의 제안 · %(day)s 현재") % {"day": date_weekday(day)},
                "form": form,
                "tools": [
                    Action(_("엑셀"), self.url(fmt="xlsx"), icon="down"),
                    Action(_("한글(HWPX)"), self.url(fmt="hwpx"), icon="down"),
                    Action(_("인쇄"), self.url(fmt="html"), icon="print"),
                ],
                "chart": render_chart(found.chart()),
                "table": render_blocks([found.table()]),
                "period": " · ".join(filter(None, [found.period.label, found.narrowed_to()])),
                "details": render_blocks(found.details()),
            },
            status=200 if form.is_valid() else 422,
        )

    def url(self, *, fmt: str = "") -> str:
        params = self.request.GET.copy()
        params.pop("format", None)
        if fmt:
            params["format"] = fmt
        return f"{self.request.path}?{params.urlencode()}"


@in_office_language
def _file(chosen: dict[str, Any], fmt: str, back: str) -> HttpResponse:
    """The statistics as a paper of the office."""
    found = ProposalStatistics(**chosen)
    return document_response(found.document(), fmt, f"{found.title}_{found.day:%Y%m%d}", back=back)
