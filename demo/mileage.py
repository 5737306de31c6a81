"""Rankings of the demonstration's year: drafted by the schedule at a month's beginning, confirmed a few days later, the
prizes given after that; the learning hours of each past year handed over in the January after it."""

from datetime import date
from functools import partial

from awards.services import handing
from core import duties
from core.now import today
from demo.days import workday_from
from demo.organization import general_affairs, planner
from demo.timeline import COMPARED, Timeline, Turn, do, logged
from mileage.models import Account, Entry, Ranking
from mileage.selectors.handover import of_learning, waiting
from mileage.selectors.rankings import awards_of
from mileage.services import rankings
from mileage.services.handover import hand_over

DRAFTED, CONFIRMED, GIVEN = 2, 6, 12  # days of a month
FIRST, HANDED_OVER = 2013, 20  # the year of the first visits; a day of January


def add(timeline: Timeline, day: date) -> None:
    timeline.grow(Entry, Account)
    _add_rankings(timeline, day)
    _add_handovers(timeline, day)


def _add_rankings(timeline: Timeline, day: date) -> None:
    """From February on. What the last month's schedule drafted is left to the planning officer of today."""
    for month in range(2, day.month + 1):
        timeline.add(date(day.year, month, DRAFTED), _draft, Turn.DUTIES)
        if month < day.month:
            timeline.add(date(day.year, month, CONFIRMED), _confirm)
            timeline.add(date(day.year, month, GIVEN), _give)


def _add_handovers(timeline: Timeline, day: date) -> None:
    """This year's hours are left to the officer of general affairs."""
    for year in range(FIRST + 1, day.year + 1):
        timeline.add(workday_from(date(year, 1, HANDED_OVER)), partial(_hand_over, year))


def _hand_over(year: int) -> None:
    past = Entry.objects.filter(day__lt=date(year, 1, 1))
    if waiting(of_learning(past)).exists():
        number = f"총무과-{year % 100}{HANDED_OVER}"
        do(hand_over, past, document=number, handed_on=today(), actor=general_affairs())


def _draft() -> None:
    with logged():
        duties.run_due(without=[COMPARED])


def _confirm() -> None:
    for ranking in Ranking.objects.filter(state="draft").order_by("ends_on", "kind"):
        ranking = do(rankings.recompute, ranking, actor=planner())
        if ranking.rows.filter(wins=True).exists():  # else all are left out, and it stays a draft
            do(rankings.confirm, ranking, actor=planner())


def _give() -> None:
    for ranking in Ranking.objects.confirmed().order_by("ends_on", "kind"):
        for place, award in enumerate(awards_of(ranking), 1):
            if award.handed_on is None:
                receipt = f"{ranking.ends_on:%Y%m}-{place}"
                do(handing.hand_over, award, handed_on=today(), receipt=receipt, actor=general_affairs())
