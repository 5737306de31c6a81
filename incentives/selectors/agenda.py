"""What the next briefing has to speak of: what is weak, late, missing, and asked of others (I3a, I5)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from basis.formats import date_short
from core.now import today
from incentives.enums import DivisionState, WeeklyState, WeekState
from incentives.models import Briefing, Division, Indicator, Week, WeekReport
from incentives.policies import told_by
from incentives.selectors.briefings import divisions_of
from incentives.selectors.indicators import Leaf, weak_of

OFFERED = (Indicator, Division, WeekReport)
MOST_TEXT = 60


def offers_for(briefing: Briefing) -> list[tuple[Model, str]]:
    """The things with the words in which they stand on the agenda, the most urgent kind first."""
    divisions = list(divisions_of(briefing).select_related("clock"))
    return [
        *((leaf.indicator, _weak(leaf)) for leaf in weak_of(divisions)),
        *_late(divisions, today()),
        *_of_the_week(divisions),
    ]


def _weak(leaf: Leaf) -> str:
    pace = leaf.pace
    assert pace is not None
    return _("부진 지표: %(division)s %(name)s(경로의 %(pace)d%%)") % {
        "division": leaf.indicator.division,
        "name": leaf.indicator.name,
        "pace": int(pace * 100),
    }


def _late(divisions: Iterable[Division], day: date) -> Iterator[tuple[Model, str]]:
    for one in divisions:
        if one.state == DivisionState.PREPARED and told_by(one.project.year) < day:
            yield one, _("평가계획 미통보: %(division)s") % {"division": one}
        elif one.state == DivisionState.NOTIFIED and one.clock is not None and one.clock.due < day:
            words = _("자체 추진계획 지연: %(division)s(기한 %(day)s)")
            yield one, words % {"division": one, "day": date_short(one.clock.due)}


def _of_the_week(divisions: Iterable[Division]) -> Iterator[tuple[Model, str]]:
    """Of the last week that is closed: what was not reported, and what was asked of others."""
    known = {one.pk: one for one in divisions}
    week = Week.objects.filter(state=WeekState.FROZEN).order_by("-year", "-number").first()
    if week is None:
        return
    for report in week.reports.filter(division__in=known).order_by("division"):
        report.division = known[report.division_id]
        if report.state == WeeklyState.MISSED:
            words = _("주간 보고 없음: %(division)s")
            yield report, words % {"division": report.division}
        elif report.asked_of_others.strip():
            text = " ".join(report.asked_of_others.split())[:MOST_TEXT]
            yield report, _("협조 요청: %(division)s, %(text)s") % {"division": report.division, "text": text}
