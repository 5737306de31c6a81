"""The budgets of awards of the demonstration: of each year since the first that was judged. What they pay is decided by
the rounds that are played."""

from datetime import date
from functools import partial

from awards.purse import PRIZES
from budgets import services as budget
from demo.days import workday_from
from demo.organization import planner
from demo.timeline import Timeline, do

FIRST, AMOUNT = 2015, 12_000_000  # the year of the first rounds; won a year
DAY = 8  # of January


def add(timeline: Timeline, today: date) -> None:
    for year in range(FIRST, today.year + 1):
        timeline.add(workday_from(date(year, 1, DAY)), partial(_allocate, year))


def _allocate(year: int) -> None:
    said = {"document": f"기획예산과-{year % 100}09", "reason": f"{year}년 창의제안 시상금 편성"}
    do(budget.allocate, PRIZES, year, AMOUNT, actor=planner(), **said)
