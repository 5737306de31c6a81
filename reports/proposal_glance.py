"""Proposals at a glance: the panel of the dashboard (R4), and what a head sees of the own department (R5)."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.documents.html import render_blocks, render_chart
from basis.formats import number, percent
from basis.periods import PeriodKind, containing
from core.components import Figure, HeatRow
from core.now import today
from core.permissions import can
from notifications.todo import Headline
from organization.enums import Position
from proposals.selectors.dashboard import Overview, overview
from proposals.selectors.reviewing import of_department, review_filter
from proposals.selectors.statistics import answered_filter, desk_filter
from reports import proposal_blocks as blocks
from reports.links import to_list
from reviews.enums import OPEN_REVIEW_STATES

HEAT_ROWS = 8
OPEN = [state.value for state in OPEN_REVIEW_STATES]


def panel(day: date) -> dict[str, Any]:
    """What reports/dashboard_proposals.html places."""
    found = overview(day)
    now = blocks.Line(found.half.label, found.now, found.half.days)
    months = [
        blocks.Line(_("%(month)d월") % {"month": month}, counts, blocks.month_span(year, month))
        for (year, month), counts in found.months.items()
    ]
    return {
        "proposal_figures": figures(found),
        "proposal_chart": render_chart(blocks.month_chart(months)),
        "proposal_months": render_blocks(
            [blocks.period_table(months, first=_("달"), caption=_("달마다 접수와 처리"))]
        ),
        "proposal_outcomes": render_blocks([blocks.outcome_table(now)]),
        "proposal_fields": render_blocks([blocks.field_table(found.fields, now)]) if found.fields else "",
        "proposal_heat_columns": [_("부서"), _("기한 지남"), _("검토 중")],
        "proposal_heat": [_heat_row(load) for load in found.loads[:HEAT_ROWS]],
        "proposal_reviews_url": to_list("proposals:reviews", {"state": OPEN}),
        "proposal_statistics_url": reverse("proposal_statistics"),
        "proposal_half": found.half.label,
    }


def headline(user: Any) -> Headline | None:
    """For the first page of a department's head: one question. Who leads the whole office has the panel."""
    if user.position != Position.HEAD or not user.department_id or can(user, "benchmarking.dashboard"):
        return None
    day, here = today(), {"department": user.department_id}
    half = containing(day, PeriodKind.HALF)
    found = of_department(user.department_id, half.days, day)
    if not (found.open or found.sent):
        return None
    handled = found.handling
    kept = to_list("proposals:reviews", review_filter(half.days, **here, in_time="true"))
    shown = [
        Figure(
            _("검토할 제안"), number(found.open), _("건"), to_list("proposals:reviews", {**here, "state": OPEN}),
        ),
        Figure(
            _("기한 지남"), number(handled.late), _("건"), to_list("proposals:reviews", {**here, "late": 1}),
            tone="danger" if handled.late else "",
        ),
        Figure(
            _("제안 기한 내 처리율"), percent(handled.in_time / handled.answered if handled.answered else None), "",
            kept if handled.in_time else "",
            delta=_("%(period)s %(done)s/%(due)s건")
            % {"period": half.label, "done": number(handled.in_time), "due": number(handled.answered)},
        ),
    ]  # fmt: skip
    url = to_list("proposals:reviews", {**here, "state": OPEN})
    return Headline(_("우리 부서의 제안 검토"), _("모두 보기"), url, shown)


def figures(found: Overview) -> list[Figure]:
    """Four figures that lead somewhere."""
    span, now, before = found.half.days, found.now, found.before
    handled, earlier = now.handling(), before.handling()
    late = handled.late + earlier.late
    half_year = (found.half.previous().start, found.half.end)
    return [
        Figure(
            _("제안 접수"), number(now.total), _("건"), to_list("proposals:desk", desk_filter(span)),
            delta=_("지난 반기 %(n)s건") % {"n": number(before.total)},
        ),
        Figure(
            _("결정 기한 지남"), number(late), _("건"), to_list("proposals:desk", desk_filter(half_year, late="1")),
            tone="danger" if late else "",
        ),
        Figure(
            _("제안 채택"), number(now.of(group="adopted")), _("건"),
            to_list("proposals:desk", desk_filter(span, group="adopted")),
            delta=_("결정 %(n)s건 가운데") % {"n": number(handled.answered)},
        ),
        Figure(
            _("제안 기한 내 처리율"), percent(handled.rate), "",
            to_list("proposals:desk", answered_filter(span, "true")) if handled.in_time else "",
            delta=_("%(done)s/%(due)s건 · 지난 반기 %(rate)s")
            % {"done": number(handled.in_time), "due": number(handled.due), "rate": percent(earlier.rate)},
        ),
    ]  # fmt: skip


def _heat_row(load: Any) -> HeatRow:
    here = {"department": load.department_id}
    return HeatRow(
        load.name,
        [
            (load.handling.late, to_list("proposals:reviews", {**here, "late": 1})),
            (load.open, to_list("proposals:reviews", {**here, "state": OPEN})),
        ],
    )
