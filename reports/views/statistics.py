"""통계: the table of the plans with its figures behind (B9)."""

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
from reports.forms import StatisticsForm
from reports.statistics import Statistics


class StatisticsPage(BaseView):
    permission = "benchmarking.statistics"
    section = "reports"
    template_name = "reports/statistics.html"
    title = gettext_lazy("통계")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        day = today()
        asked = request.GET.dict()
        form = StatisticsForm({"unit": PeriodKind.YEAR, "last": day.year, **asked})
        values: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        chosen: dict[str, Any] = {
            "unit": PeriodKind(values.get("unit", PeriodKind.YEAR)),
            "first": values.get("first"),
            "last": values.get("last", day.year),
            "day": day,
            "wanted": values.get("period", ""),
            "linked": can(request.user, "benchmarking.dashboard"),
        }
        if fmt := asked.get("format"):
            return _file(chosen, fmt, self.url())
        found = Statistics(**chosen)
        form.data = {**form.data, "first": found.periods[0].year, "period": found.period.key}
        form.fields["period"].widget.choices = [(p.key, p.label) for p in reversed(found.periods)]
        return self.render(
            {
                "title": self.title,
                "lead": _("벤치마킹 사례와 부서 검토 · %(day)s 현재") % {"day": date_weekday(day)},
                "form": form,
                "tools": [
                    Action(_("엑셀"), self.url(fmt="xlsx"), icon="down"),
                    Action(_("한글(HWPX)"), self.url(fmt="hwpx"), icon="down"),
                    Action(_("인쇄"), self.url(fmt="html"), icon="print"),
                ],
                "chart": render_chart(found.chart()),
                "table": render_blocks([found.table()]),
                "period": found.period.label,
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
    found = Statistics(**chosen)
    return document_response(found.document(), fmt, f"{found.title}_{found.day:%Y%m%d}", back=back)
