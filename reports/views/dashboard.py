"""현황판: what is late, what comes, what has changed (R4)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks, render_chart
from basis.formats import date_short, date_weekday
from basis.periods import Period, PeriodKind
from benchmarking.selectors.dashboard import Load, events, latest_steps
from budgets.selectors import budget_bar, budget_overview
from core.components import HeatRow
from core.now import today
from core.page import BaseView, Request
from organization.enums import Role
from reports import (
    blocks,
    club_glance,
    glance,
    incentive_glance,
    judging_glance,
    knowledge_glance,
    proposal_glance,
)
from reports.behind import count
from reports.glance import OPEN, REVIEWS
from reports.links import to_list
from reports.selectors import coming_releases
from reviews.enums import OPEN_REVIEW_STATES
from visits.purse import TRAVEL

HEAT_ROWS = 12
COMING_RELEASES = 4


class DashboardPage(BaseView):
    permission = "benchmarking.dashboard"
    section = "reports"
    template_name = "reports/dashboard.html"
    title = gettext_lazy("현황판")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        day = today()
        lead = _("%(day)s 현재") % {"day": date_weekday(day)}
        return self.render({"title": self.title, "lead": lead, **_shown(day)})


class IncentivePart(BaseView):
    """What reads many indicators comes after the page, into its place."""

    permission = "benchmarking.dashboard"
    section = "reports"
    template_name = "components/figures.html"

    def get(self, request: Request) -> HttpResponse:
        return self.render({"figures": incentive_glance.figures(today())})


def first_page(user: Any) -> tuple[str, dict[str, Any]] | None:
    """Executives meet the dashboard first (R4): what is to be done stands above it."""
    if not user.has_role(Role.EXECUTIVE):
        return None
    return "reports/dashboard_body.html", _shown(today())


def _shown(day: date) -> dict[str, Any]:
    """What dashboard_body.html places."""
    steps = latest_steps(day - timedelta(days=1))
    found = glance.look(day, steps[0].pk if steps else None)
    years = [Period(PeriodKind.YEAR, year) for year in found.outcomes]
    lines = [blocks.Line(p.label, found.outcomes[p.year], p.days) for p in years]
    name = _("연도별 검토 결과")
    budget = budget_overview(TRAVEL, day.year)
    behind = count([*judging_glance.rows(day), *club_glance.rows(day), *knowledge_glance.rows(day)])
    return {
        "figures": glance.figures(day, found),
        "heat_columns": [
            _("부서"),
            _("기한 지남"),
            *(state.label for state in OPEN_REVIEW_STATES),
            _("계"),
        ],
        "heat": [_heat_row(load) for load in found.loads[:HEAT_ROWS]],
        "open_url": to_list(REVIEWS, {"state": OPEN}),
        "chart": render_chart(blocks.outcome_chart(lines, caption="")),
        "table": render_blocks([blocks.outcome_table(lines, caption=name, first=_("연도"))]),
        "due": [(date_short(on), n, glance.due_url(on, on)) for on, n in found.due.items()],
        "releases": [
            (date_weekday(r.due_on), r.definition.title(r.period))
            for r in coming_releases(day, COMING_RELEASES)
        ],
        "events": events(steps),
        "budget": budget,
        "bar": budget_bar(budget),
        "budget_url": reverse("budgets:current", args=[TRAVEL.key]),
        **proposal_glance.panel(day),
        "judging_figures": judging_glance.figures(behind),
        "club_figures": club_glance.figures(behind),
        "knowledge_figures": knowledge_glance.figures(behind),
    }


def _heat_row(load: Load) -> HeatRow:
    here = {"department": load.department_id}
    return HeatRow(
        load.name,
        [
            (load.late, to_list(REVIEWS, {**here, "late": 1})),
            *((load.states[state], to_list(REVIEWS, {**here, "state": state})) for state in OPEN),
            (load.total, to_list(REVIEWS, {**here, "state": OPEN})),
        ],
    )
