"""What the schedule does with what is followed: checks of the quarter, the question to the proposer, the effect, the
end (P8, P14). Each is worked out from the days kept; a missed day loses nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

from basis.periods import PeriodKind, between
from core import deadlines
from core.actors import SYSTEM
from core.transition import perform, record
from proposals.enums import UndertakingState
from proposals.models import Check, Effect, Reply, Undertaking
from proposals.policies import CHECK_DAYS, EFFECT_DAYS
from proposals.services import news
from proposals.services.following import locked


def open_checks(day: date) -> int:
    """The check of every quarter that was followed long enough; of those missed while the machine was off, too.

    Locks: each undertaking. Called by: the schedule.
    """
    made = 0
    for undertaking in Undertaking.objects.followed().order_by("pk"):
        known = set(undertaking.checks.values_list("year", "quarter"))
        for period in between(PeriodKind.QUARTER, undertaking.begun_on, day):
            opened = period.end - timedelta(days=CHECK_DAYS.on(period.start))
            if undertaking.begun_on < opened <= day and (period.year, period.number) not in known:
                fresh = locked(undertaking)
                Check.objects.create(
                    undertaking=fresh,
                    year=period.year,
                    quarter=period.number,
                    opened_on=opened,
                    due=period.end,
                )
                record(fresh, "open_check", actor=SYSTEM, data={"text": period.label})
                made += 1
    return made


def ask_proposers(day: date) -> int:
    """Some weeks after it was carried out, the proposer is asked whether it was done.

    Locks: each undertaking. Called by: the schedule.
    """
    rows = Undertaking.objects.filter(state=UndertakingState.CARRIED_OUT, ask_on__lte=day)
    for undertaking in (asked := _each(rows)):
        Reply.objects.create(undertaking=undertaking, asked_on=day)
        undertaking.ask_on = None  # once each time it is carried out
        perform(undertaking, "ask_proposer", actor=SYSTEM)
        news.asked(undertaking)
    return len(asked)


def ask_effects(day: date) -> int:
    """When the year from the first effect is over, the department is asked what it brought.

    Locks: each undertaking. Called by: the schedule.
    """
    rows = Undertaking.objects.filter(state=UndertakingState.CARRIED_OUT, effect_due__lt=day, effect=None)
    for undertaking in (asked := _each(rows)):
        due = deadlines.preview(day, EFFECT_DAYS.on(day)).due
        Effect.objects.create(undertaking=undertaking, asked_on=day, due=due)
        perform(undertaking, "ask_effect", actor=SYSTEM)
        news.effect_asked(undertaking)
    return len(asked)


def close_old(day: date) -> int:
    """What was followed as long as the rule says is followed no longer, carried out or not.

    Locks: each undertaking. Called by: the schedule.
    """
    for undertaking in (closed := _each(Undertaking.objects.followed().filter(until__lt=day))):
        perform(undertaking, "close", actor=SYSTEM)
    return len(closed)


def _each(rows: Iterable[Undertaking]) -> list[Undertaking]:
    return [locked(one) for one in rows]
