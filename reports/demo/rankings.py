"""Rankings of the demonstration's year: drafted by the schedule at a month's beginning, confirmed a few days later."""

from datetime import date

from core import duties
from core.now import today
from mileage.models import Ranking
from mileage.services import rankings
from reports.demo.story import planner
from reports.demo.timeline import Timeline, Turn, do, logged

DRAFTED, CONFIRMED, GIVEN = 2, 6, 12  # days of a month


def add_rankings(timeline: Timeline, day: date) -> None:
    """From February on. What the last month's schedule drafted is left to the planning officer of today."""
    for month in range(2, day.month + 1):
        timeline.add(date(day.year, month, DRAFTED), _draft, Turn.DUTIES)
        if month < day.month:
            timeline.add(date(day.year, month, CONFIRMED), _confirm)
            timeline.add(date(day.year, month, GIVEN), _give)


def _draft() -> None:
    with logged():
        duties.run_due()


def _confirm() -> None:
    for ranking in Ranking.objects.filter(state="draft").order_by("ends_on", "kind"):
        do(rankings.confirm, do(rankings.recompute, ranking, actor=planner()), actor=planner())


def _give() -> None:
    for ranking in (
        Ranking.objects.confirmed().filter(prize__gt=0).order_by("ends_on", "kind")
    ):  # money to hand out
        for place, row in enumerate(ranking.rows.filter(wins=True, given=None).order_by("place"), 1):
            receipt = f"{ranking.ends_on:%Y%m}-{place}"
            do(rankings.give, row, given_on=today(), receipt=receipt, actor=planner())
