"""Periods of civil complaints in hours, and how often and how far they are extended (O8: 민원처리법 19, 시행령 21)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from basis.clock.calendar import Calendar
from basis.clock.rules import (
    HOURS_UP_TO_DAYS,
    ONE_DAY,
    ClockError,
    Extension,
    Reckoning,
    counts_workdays,
    period_end,
)

OFFICE_HOURS = ((time(9), time(12)), (time(13), time(18)))
HOURS_A_DAY = 8
NO_EXCUSE_SINCE = date(2026, 5, 6)  # since when overload and absence are no ground


class Ground(StrEnum):
    NECESSITY = "necessity"
    OVERLOAD = "overload"
    ABSENCE = "absence"


def due_at(received: datetime, days: int, calendar: Calendar) -> datetime:
    """The hour at which a period of up to five days ends: eight office hours a day from the hour of receipt."""
    if not 1 <= days <= HOURS_UP_TO_DAYS:
        raise ClockError(_("1일부터 5일까지의 민원만 시간으로 계산합니다."))
    left = timedelta(hours=HOURS_A_DAY * days)
    for opens, closes in _office_hours(received.date(), calendar):
        begins = max(opens, received)
        if begins < closes and closes - begins >= left:
            return begins + left
        left -= max(closes - begins, timedelta())
    raise AssertionError("offices open again")


def _office_hours(day: date, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    while True:
        if not calendar.is_closed(day):
            yield from (
                (datetime.combine(day, opens), datetime.combine(day, ends)) for opens, ends in OFFICE_HOURS
            )
        day += ONE_DAY


def extension(
    reckoning: Reckoning, length: int, calendar: Calendar, *, before: int, consent: bool, ground: Ground
) -> Extension:
    """Put a complaint's deadline off by `length` (in its own unit) after `before` extensions.

    ClockError: longer than the period itself, a second one without the applicant's consent, a third, or because of
    overload or absence.
    """
    if not 1 <= length <= reckoning.length:
        raise ClockError(_("연장은 처음 처리기간의 범위에서만 할 수 있습니다."))
    if before > 1:
        raise ClockError(_("처리기간은 두 번까지만 연장할 수 있습니다."))
    if before == 1 and not consent:
        raise ClockError(_("두 번째 연장은 민원인의 동의를 받아야 합니다."))
    if ground is not Ground.NECESSITY and reckoning.start >= NO_EXCUSE_SINCE:
        raise ClockError(_("업무가 많거나 담당자가 없다는 이유로는 연장할 수 없습니다."))
    workdays = calendar if counts_workdays(reckoning.rule, reckoning.unit) else None
    until = period_end(reckoning.due + ONE_DAY, length, reckoning.unit, workdays)
    return Extension(reckoning.due, until)
