"""What the schedule does with what is followed: checks of the quarter, the question to the proposer, the effect, the
end (P8, P14). Each is worked out from the days kept; a missed day loses nothing."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from basis.periods import Period, PeriodKind, between
from core import deadlines
from core.actors import SYSTEM
from core.transition import perform, record
from proposals.enums import UndertakingState
from proposals.models import Check, Effect, Reply, Undertaking
from proposals.policies import CHECK_DAYS, EFFECT_DAYS
from proposals.services import news
from proposals.services.following import locked


def open_checks(day: date) -> int:
    """The check of every quarter that was followed long enough; of those missed while the machine was off, too, which
    are one line of the history.

    Locks: each undertaking. Called by: the schedule.
    """
    made = 0
    for undertaking in Undertaking.objects.followed().order_by("pk").prefetch_related("checks"):
        known = {(check.year, check.quarter) for check in undertaking.checks.all()}
        wanted = [one for one in _quarters(undertaking, day) if (one[0].year, one[0].number) not in known]
        if wanted:
            _open(locked(undertaking), wanted)
        made += len(wanted)
    return made


def _quarters(undertaking: Undertaking, day: date) -> Iterator[tuple[Period, date]]:
    """The quarters whose check began after the following and not after its end, each with the day it is opened."""
    for period in between(PeriodKind.QUARTER, undertaking.begun_on, day):
        opened = period.end - timedelta(days=CHECK_DAYS.on(period.start))
        if undertaking.begun_on < opened <= min(day, undertaking.until):
            yield period, opened


def _open(undertaking: Undertaking, wanted: list[tuple[Period, date]]) -> None:
    for period, opened in wanted:
        Check.objects.create(
            undertaking=undertaking,
            year=period.year,
            quarter=period.number,
            opened_on=opened,
            due=period.end,
        )
    labels = dict.fromkeys((wanted[0][0].label, wanted[-1][0].label))
    record(undertaking, "open_check", actor=SYSTEM, data={"text": " ~ ".join(labels)})


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
