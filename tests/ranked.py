"""Points of 2026's third quarter, and what is made of them."""

import datetime as dt

from awards.models import Award as Prize
from awards.services import handing
from basis.periods import parse
from core.actors import SYSTEM
from mileage import catalogue as earn
from mileage.contests import contest_of
from mileage.models import Entry, Ranking, RankingRow
from mileage.rules import hundredths
from mileage.services import rankings as services
from mileage.services.awards import Award, award
from organization.models import User
from tests import factories as make

KING, MVP = contest_of("creative_king"), contest_of("mvp_person")
DEPARTMENTS, YEAR_END = contest_of("mvp_department"), contest_of("year_end")
Q3, DAY, AFTER = parse("2026-Q3"), dt.date(2026, 8, 20), dt.date(2026, 10, 5)


def give(
    user: User, points: int = 1, day: dt.date = DAY, rule: earn.Rule = earn.POST_WORK, event: str = ""
) -> Entry:
    (entry,) = award(
        [Award(rule, user, event or f"e:{Entry.objects.count()}", day, "지식", amount=hundredths(points))],
        actor=SYSTEM,
    )
    return entry


def prize_of(row: RankingRow) -> Prize:
    """What the confirmation gave this winner."""
    return Prize.objects.standing().of(row).get()


def hand_over(row: RankingRow, *, given_on: dt.date = AFTER, receipt: str = "수령-1") -> Prize:
    return handing.hand_over(prize_of(row), handed_on=given_on, receipt=receipt, actor=make.planner())


def confirmed() -> Ranking:
    ranking = services.draft(KING, Q3, actor=make.planner())
    return services.confirm(ranking, actor=make.planner())
