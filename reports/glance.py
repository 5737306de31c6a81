"""The office at a glance: the four figures of the dashboard (R4), also above the to-dos of who leads the work (R5)."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_short, number, percent
from basis.periods import PeriodKind, containing
from benchmarking.selectors.dashboard import Overview, overview, steps_since
from core.components import Figure
from core.now import today
from core.permissions import can
from notifications.todo import Headline
from organization.enums import Role
from reports.links import to_list, to_reviews
from reviews.enums import OPEN_REVIEW_STATES

REVIEWS = "benchmarking:reviews"
OPEN = [state.value for state in OPEN_REVIEW_STATES]
YEARS = 5  # of the dashboard's chart


def look(day: date, latest: int | None) -> Overview:
    """All that is counted; `latest`: the key of the latest step since yesterday."""
    half = containing(day, PeriodKind.HALF)
    return overview(
        day,
        until=day + timedelta(days=6),
        spans=[half.previous().days, half.days],
        years=(day.year - YEARS + 1, day.year),
        latest=latest,
    )


def headline(user: Any) -> Headline | None:
    """For the first page of who may see the dashboard: at most two queries."""
    if user.has_role(Role.EXECUTIVE) or not can(user, "benchmarking.dashboard"):
        return None  # executives have all of the dashboard there
    day = today()
    latest = steps_since(day - timedelta(days=1)).values_list("pk", flat=True).first()
    found = look(day, latest)
    return Headline(_("구 전체 현황"), _("현황판 보기"), reverse("dashboard"), figures(day, found))


def figures(day: date, found: Overview) -> list[Figure]:
    """Four figures that lead somewhere."""
    half = containing(day, PeriodKind.HALF)
    sunday = day + timedelta(days=6 - day.weekday())
    week = sum(n for on, n in found.due.items() if on <= sunday)
    before, now = found.rates
    rate = to_reviews(half.days, in_time="true")
    return [
        Figure(
            _("기한 지남"), number(found.late), _("건"), to_list(REVIEWS, {"late": 1}),
            tone="danger" if found.late else "",
        ),
        Figure(
            _("이번 주 마감"), number(week), _("건"), due_url(day, sunday),
            delta=_("%(day)s까지") % {"day": date_short(sunday)}, tone="warning" if week else "",
        ),
        Figure(_("검토 중"), number(found.open), _("건"), to_list(REVIEWS, {"state": OPEN})),
        Figure(
            _("기한 내 처리율"), percent(now.rate), "", rate if now.in_time else "",
            delta=_("%(done)s/%(due)s건 · 지난 반기 %(rate)s")
            % {"done": number(now.in_time), "due": number(now.due), "rate": percent(before.rate)},
        ),
    ]  # fmt: skip


def due_url(first: date, last: date) -> str:
    """Open reviews due in these days."""
    days = {"due_from": first.isoformat(), "due_to": last.isoformat()}
    return to_list(REVIEWS, {**days, "state": OPEN})
