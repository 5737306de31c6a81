"""현황판: what is late, what comes, what has changed (R4)."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarking.enums import OPEN_REVIEW_STATES
from benchmarking.selectors.dashboard import Load, Overview, events, latest_steps, overview
from core.components import Figure, HeatRow
from core.documents.html import render_blocks, render_chart
from core.formats import date_short, date_weekday, number, percent
from core.now import today
from core.periods import Period, PeriodKind, containing
from core.views.base import BaseView, Request
from reports import blocks
from reports.links import to_list, to_reviews
from reports.selectors import coming_releases

REVIEWS = "benchmarking:reviews"
YEARS = 5  # of the chart
HEAT_ROWS = 12
COMING_RELEASES = 4
OPEN = [state.value for state in OPEN_REVIEW_STATES]


class DashboardPage(BaseView):
    permission = "benchmarking.dashboard"
    section = "reports"
    template_name = "reports/dashboard.html"
    title = gettext_lazy("현황판")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        self.day = day = today()
        self.half = containing(day, PeriodKind.HALF)
        steps = latest_steps(day - timedelta(days=1))
        found = overview(
            day,
            until=day + timedelta(days=6),
            spans=[self.half.previous().days, self.half.days],
            years=(day.year - YEARS + 1, day.year),
            latest=steps[0] if steps else None,
        )
        years = [Period(PeriodKind.YEAR, year) for year in found.outcomes]
        lines = [blocks.Line(p.label, found.outcomes[p.year], p.days) for p in years]
        name = _("연도별 검토 결과")
        return self.render(
            {
                "title": self.title,
                "lead": _("%(day)s 현재") % {"day": date_weekday(day)},
                "figures": self.figures(found),
                "heat_columns": [
                    _("부서"),
                    _("기한 지남"),
                    *(state.label for state in OPEN_REVIEW_STATES),
                    _("계"),
                ],
                "heat": [self.heat_row(load) for load in found.loads[:HEAT_ROWS]],
                "open_url": to_list(REVIEWS, {"state": OPEN}),
                "chart": render_chart(blocks.outcome_chart(lines, caption="")),
                "table": render_blocks([blocks.outcome_table(lines, caption=name, first=_("연도"))]),
                "due": [(date_short(on), n, self.due_url(on, on)) for on, n in found.due.items()],
                "releases": [
                    (date_weekday(r.due_on), r.definition.title(r.period))
                    for r in coming_releases(day, COMING_RELEASES)
                ],
                "events": events(steps),
            }
        )

    def figures(self, found: Overview) -> list[Figure]:
        """Four figures that lead somewhere."""
        sunday = self.day + timedelta(days=6 - self.day.weekday())
        week = sum(n for on, n in found.due.items() if on <= sunday)
        before, now = found.rates
        rate = to_reviews(self.half.days, in_time="true")
        return [
            Figure(
                _("기한 지남"), number(found.late), _("건"), to_list(REVIEWS, {"late": 1}),
                tone="danger" if found.late else "",
            ),
            Figure(
                _("이번 주 마감"), number(week), _("건"), self.due_url(self.day, sunday),
                delta=_("%(day)s까지") % {"day": date_short(sunday)}, tone="warning" if week else "",
            ),
            Figure(_("검토 중"), number(found.open), _("건"), to_list(REVIEWS, {"state": OPEN})),
            Figure(
                _("기한 내 처리율"), percent(now.rate), "", rate if now.in_time else "",
                delta=_("%(done)s/%(due)s건 · 지난 반기 %(rate)s")
                % {"done": number(now.in_time), "due": number(now.due), "rate": percent(before.rate)},
            ),
        ]  # fmt: skip

    def due_url(self, first: date, last: date) -> str:
        """Open reviews due in these days."""
        days = {"due_from": first.isoformat(), "due_to": last.isoformat()}
        return to_list(REVIEWS, {**days, "state": OPEN})

    def heat_row(self, load: Load) -> HeatRow:
        here = {"department": load.department_id}
        return HeatRow(
            load.name,
            [
                (load.late, to_list(REVIEWS, {**here, "late": 1})),
                *((load.states[state], to_list(REVIEWS, {**here, "state": state})) for state in OPEN),
                (load.total, to_list(REVIEWS, {**here, "state": OPEN})),
            ],
        )
