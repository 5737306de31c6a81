"""통계: tables by periods with their figures behind; that of the plans (B9)."""

from typing import Any

from django import forms
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

ABOVE = (gettext_lazy("보고·통계"), None)


class ByPeriods(BaseView):
    """Figures of `found_class` in the periods of a form, as a page and as a paper. `lead` takes the day; `unit`: the
    kind of period where none is chosen."""

    section = "reports"
    template_name = "reports/statistics.html"
    title: Any
    lead: Any
    form_class: type[forms.Form]
    found_class: type[Any]
    unit: PeriodKind

    def chosen(self, values: dict[str, Any]) -> dict[str, Any]:
        """What else the figures are asked for, from what was chosen."""
        return {}

    def part(self, found: Any) -> str:
        """What the details are of."""
        return str(found.period.label)

    def get(self, request: Request) -> HttpResponse:
        day = today()
        asked = request.GET.dict()
        form: Any = self.form_class({"unit": self.unit, "last": day.year, **asked})
        values: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        chosen = {
            "unit": PeriodKind(values.get("unit", self.unit)),
            "first": values.get("first"),
            "last": values.get("last", day.year),
            "day": day,
            "wanted": values.get("period", ""),
            "linked": can(request.user, "benchmarking.dashboard"),
            **self.chosen(values),
        }
        if fmt := asked.get("format"):
            return self._file(chosen, fmt)
        found = self.found_class(**chosen)
        form.data = {**form.data, "first": found.periods[0].year, "period": found.period.key}
        form.fields["period"].widget.choices = [(p.key, p.label) for p in reversed(found.periods)]
        return self.render(
            {
                "title": self.title,
                "lead": self.lead % {"day": date_weekday(day)},
                "form": form,
                "tools": [
                    Action(_("엑셀"), self.url(fmt="xlsx"), icon="down"),
                    Action(_("한글(HWPX)"), self.url(fmt="hwpx"), icon="down"),
                    Action(_("인쇄"), self.url(fmt="html"), icon="print"),
                ],
                "chart": render_chart(found.chart()),
                "table": render_blocks([found.table()]),
                "period": self.part(found),
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
    def _file(self, chosen: dict[str, Any], fmt: str) -> HttpResponse:
        """The statistics as a paper of the office."""
        found = self.found_class(**chosen)
        return document_response(found.document(), fmt, f"{found.title}_{found.day:%Y%m%d}", back=self.url())


class StatisticsPage(ByPeriods):
    permission = "benchmarking.statistics"
    title = gettext_lazy("통계")
    lead = gettext_lazy("벤치마킹 사례와 부서 검토 · %(day)s 현재")
    crumbs = (ABOVE, (title, None))
    form_class = StatisticsForm
    found_class = Statistics
    unit = PeriodKind.YEAR
