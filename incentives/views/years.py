"""Years beside each other, with a chart; names of grades (I6, I9)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks, render_chart
from basis.documents.response import document_response
from core.cells import Cell
from core.components import Action
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from incentives.documents_results import years_chart, years_paper, years_table
from incentives.enums import Kind, Tier
from incentives.forms.results import GradeForm
from incentives.selectors.grades import tiers
from incentives.selectors.tones import TIER_TONES
from incentives.selectors.years import YEARS, last_year, years_of
from incentives.services import grades
from incentives.views.lists import HOME, SECTION
from incentives.views.results import LIST
from organization.views.tables import table

TITLE = gettext_lazy("연도별 비교")
FORMATS = ("xlsx", "hwpx", "html")


class YearsPage(BaseView):
    """Four years of joint projects; `?last=2015` the latest of them."""

    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/years.html"
    crumbs = (HOME, LIST, (TITLE, None))

    def get(self, request: Request) -> HttpResponse:
        known = last_year()
        asked = whole(request.GET.get("last", ""))
        last = asked if asked and 1900 < asked < 2200 else known
        lines = years_of(last, YEARS) if last else []
        title = _("%(kind)s 연도별 수상 현황") % {"kind": Kind.JOINT.label}
        if (fmt := request.GET.get("format", "")) in FORMATS:
            return document_response(
                years_paper(lines, title), fmt, title.replace(" ", "_"), back=request.path
            )
        return self.render(
            {
                "title": TITLE,
                "lead": title,
                "last": last,
                "before": f"{request.path}?last={last - 1}" if last else "",
                "after": f"{request.path}?last={last + 1}" if last and known and last < known else "",
                "tools": [
                    Action(_("엑셀"), _with(request, "xlsx"), icon="down"),
                    Action(_("한글(HWPX)"), _with(request, "hwpx"), icon="down"),
                    Action(_("인쇄"), _with(request, "html"), icon="print"),
                ],
                "chart": render_chart(years_chart(lines)) if lines else "",
                "table": render_blocks([years_table(lines)]) if lines else "",
            }
        )


def _with(request: Request, fmt: str) -> str:
    params = request.GET.copy()
    params["format"] = fmt
    return f"{request.path}?{params.urlencode()}"


class Grades(FormPage):
    """Which tier each name of a grade stands for; a name is added, or put into another tier."""

    permission = "incentives.plan"
    section = SECTION
    form_class = GradeForm
    template_name = "incentives/grades.html"
    title = gettext_lazy("등급 이름")
    submit = gettext_lazy("등급 이름 저장")
    lead = gettext_lazy(
        "평가기관이 부르는 이름이 어느 급인지 정합니다. 이미 적은 결과의 급은 그대로이며, 정정하면 새 급을 따릅니다."
    )
    success = gettext_lazy("등급 이름을 저장했습니다.")

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.title, None)]

    def get_context(self) -> dict[str, Any]:
        rank = {tier: place for place, tier in enumerate(Tier.values)} | {"": len(Tier.values)}
        known = sorted(tiers().items(), key=lambda item: (rank[item[1]], item[0]))
        rows: list[list[Cell | str]] = [
            [name, Cell(str(Tier(tier).label) if tier else _("정해지지 않음"), tone=TIER_TONES[tier])]
            for name, tier in known
        ]
        return {"known": table(_("등급 이름"), [_("등급 이름"), _("급")], rows)}

    def act(self, form: GradeForm) -> str:
        grades.name(form.cleaned_data["name"], form.cleaned_data["tier"], actor=self.actor)
        return reverse("incentives:grades")
