"""Working days: nobody of the demonstration works on a holiday."""

from datetime import date, timedelta

from core.calendar import system_calendar

ONE_DAY = timedelta(days=1)


def workday_from(day: date) -> date:
    """The day, or the next working day."""
    while system_calendar().is_closed(day):
        day += ONE_DAY
    return day


def workday_until(day: date) -> date:
    """The day, or the working day before."""
    while system_calendar().is_closed(day):
        day -= ONE_DAY
    return day


def workday_after(day: date) -> date:
    return workday_from(day + ONE_DAY)


def workday_before(day: date) -> date:
    return workday_until(day - ONE_DAY)
