"""The arithmetic of periods: 민법 155–161 (O6), 민원처리법 19 (O8), pauses and extensions (O9)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from basis.clock.calendar import SATURDAY, Calendar
from basis.errors import Rejected
from basis.formats import date_weekday

ONE_DAY = timedelta(days=1)
HOURS_UP_TO_DAYS = 5  # 민원처리법 19 ①: a period of five days or fewer is counted in hours


class Rule(StrEnum):
    CIVIL = "civil"
    CIVIL_COMPLAINT = "civil-complaint"


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class ClockError(Rejected):
    """A period, pause or extension that cannot be; the message is for the person who entered it."""


@dataclass(frozen=True)
class Pause:
    """The clock stands from `start` to `end`, both inclusive; it still stands if there is no `end`."""

    start: date
    end: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.end and self.end < self.start:
            message = _("정지 종료일이 시작일보다 빠릅니다. 시작일 이후의 날짜를 입력해 주세요.")
            raise ClockError(message, "end")


@dataclass(frozen=True)
class Extension:
    """On `granted_on` the deadline was put off until this day."""

    granted_on: date
    until: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.until < self.granted_on:
            message = _("연장한 기한이 승인일보다 빠릅니다. 승인일 이후의 날짜를 입력해 주세요.")
            raise ClockError(message, "end")


@dataclass(frozen=True)
class ClosedDay:
    """A closed day and the name of its holiday, empty for a plain Saturday or Sunday."""

    day: date
    name: str


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic; `day` is the end of the period after it.

    The first step is the period itself, a later one without `event` the move off closed days. `added`: days
    or months of the period, or the days a pause added. `closed`: the closed days stepped over. Not `applied`:
    a pause begun after the deadline, an extension that moved nothing.
    """

    day: date
    added: int = 0
    event: Pause | Extension | None = None
    closed: tuple[ClosedDay, ...] = ()
    applied: bool = True


@dataclass(frozen=True)
class Reckoning:
    """`due`: the deadline; `original_due`: without pauses and extensions; `raw`: before the final move."""

    start: date
    rule: Rule
    length: int
    unit: Unit
    due: date
    original_due: date
    raw: date
    paused_now: bool
    steps: tuple[Step, ...]

    @property
    def counts_workdays(self) -> bool:
        return counts_workdays(self.rule, self.unit)

    @property
    def counts_first_day(self) -> bool:
        return counts_first_day(self.rule, self.length, self.unit)


def counts_workdays(rule: Rule, unit: Unit) -> bool:
    """Whether Saturdays and holidays are left out of the count (O8); weeks and months run by the calendar."""
    return rule is Rule.CIVIL_COMPLAINT and unit is Unit.DAYS


def counts_first_day(rule: Rule, length: int, unit: Unit) -> bool:
    """Whether the day of the start is day one (O8).

    A civil complaint of five days or fewer runs N × 8 office hours from the hour of receipt, so it ends at
    that hour N working days later: in dates the same as leaving the first day out.
    """
    return rule is Rule.CIVIL_COMPLAINT and (unit is not Unit.DAYS or length > HOURS_UP_TO_DAYS)


def due_date(
    start: date,
    rule: Rule | str,
    length: int,
    unit: Unit | str,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    today: date | None = None,
) -> Reckoning:
    """The deadline of `length` days, weeks or months from the event on `start` (O6, O8, O9).

    Pauses and extensions are taken in the order of their days, an extension before a pause of the same day.
    A pause adds the days it covers (working days where those are counted) to the end of the period. If it
    begins on the closed days the end moves over, the clock stands on its last day, and that day is still to
    come after the pause; if it begins after the deadline, it has no effect. Pauses must not overlap
    (`validate_pause`); an open one counts until `today`, which must be given then. An extension sets the end,
    but never brings it forward.
    ClockError for a length below 1 or a day beyond reckoning.
    """
    if length < 1:
        raise ClockError(_("기간은 1 이상이어야 합니다."))
    events: list[Pause | Extension] = [*extensions, *pauses]
    events.sort(key=_day_of)
    try:
        return _reckon(start, Rule(rule), length, Unit(unit), calendar, events, today)
    except OverflowError:
        message = _("기한이 너무 멀어 계산할 수 없습니다. 기간과 날짜를 확인해 주세요.")
        raise ClockError(message) from None


def _day_of(event: Pause | Extension) -> date:
    return event.start if isinstance(event, Pause) else event.granted_on


def _reckon(
    start: date,
    rule: Rule,
    length: int,
    unit: Unit,
    calendar: Calendar,
    events: Sequence[Pause | Extension],
    today: date | None,
) -> Reckoning:
    workdays = calendar if counts_workdays(rule, unit) else None
    first = start if counts_first_day(rule, length, unit) else start + ONE_DAY
    end = period_end(first, length, unit, workdays)
    original_due = _roll(end, calendar)
    steps = [Step(end, length, closed=_holidays(first, end, calendar) if workdays else ())]
    paused_now = False
    for event in events:
        added, applied = 0, False
        if isinstance(event, Extension):
            if applied := event.until > end:
                end = event.until
        elif applied := event.start <= _roll(end, calendar):
            last = _last_day(event, today)
            if added := _count(max(event.start, first), last, workdays):
                stood = _roll(end, calendar) if workdays else max(end, event.start)
                if end < stood:
                    steps.append(_roll_step(end, stood, calendar))
                end = _forward(stood, added, workdays)
            paused_now = paused_now or (today is not None and event.start <= today <= last)
        steps.append(Step(end, added, event, applied=applied))
    due = _roll(end, calendar)
    if end < due:
        steps.append(_roll_step(end, due, calendar))
    return Reckoning(start, rule, length, unit, due, original_due, end, paused_now, tuple(steps))


def period_end(first: date, length: int, unit: Unit, workdays: Calendar | None) -> date:
    """Last day of the period whose day one is `first`, before the move off closed days."""
    if unit is Unit.DAYS:
        return _forward(first - ONE_DAY, length, workdays)
    if unit is Unit.WEEKS:  # 민법 160 ②: the day before the same day of the week
        return _forward(first - ONE_DAY, 7 * length, None)
    year, month0 = divmod(first.year * 12 + first.month - 1 + length, 12)
    if year > MAXYEAR:
        raise OverflowError
    try:  # 민법 160 ②: the day before the one that corresponds to day one
        return date(year, month0 + 1, first.day) - ONE_DAY
    except ValueError:  # 160 ③: there is none, so the month's last day; never December, which has every day
        return date(year, month0 + 2, 1) - ONE_DAY


def _forward(day: date, count: int, workdays: Calendar | None) -> date:
    """`count` days later; working days if their calendar is given."""
    if workdays is None:
        return day + timedelta(days=count)
    while count:
        day += ONE_DAY
        count -= not workdays.is_closed(day)
    return day


def _count(first: date, last: date, workdays: Calendar | None) -> int:
    """Days from `first` to `last`, both inclusive; working days if their calendar is given."""
    if workdays is None:
        return max((last - first).days + 1, 0)
    return sum(not workdays.is_closed(day) for day in _days(first, last))


def _last_day(pause: Pause, today: date | None) -> date:
    last = pause.end or today
    if last is None:
        raise ValueError("an open pause can be reckoned only with `today`")
    return last


def _roll(day: date, calendar: Calendar) -> date:
    """The day itself, or the next one that is neither Saturday nor public holiday (민법 161)."""
    while calendar.is_closed(day):
        day += ONE_DAY
    return day


def _roll_step(end: date, due: date, calendar: Calendar) -> Step:
    return Step(
        due,
        closed=tuple(ClosedDay(day, calendar.closed_name(day) or "") for day in _days(end, due - ONE_DAY)),
    )


def _holidays(first: date, last: date, calendar: Calendar) -> tuple[ClosedDay, ...]:
    """Holidays that fell out of a count of working days; on weekends nobody asks why."""
    named = ((day, calendar.closed_name(day)) for day in _days(first, last) if day.weekday() < SATURDAY)
    return tuple(ClosedDay(day, name) for day, name in named if name)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def validate_pause(
    pause: Pause, *, clock_start: date, due: date, others: Iterable[Pause], today: date
) -> None:
    """ClockError unless the clock may stand then (O9). `due`: its deadline so far; `others`: other pauses."""
    if pause.start > today:
        message = _("정지 시작일이 오늘보다 늦습니다. 오늘까지의 날짜를 입력해 주세요.")
        raise ClockError(message, "start")
    if pause.start < clock_start:
        message = _("정지 시작일이 기산일(%(day)s)보다 빠릅니다. 기산일 이후의 날짜를 입력해 주세요.")
        raise ClockError(message % {"day": date_weekday(clock_start)}, "start")
    if pause.start > due:
        message = _("기한(%(day)s)이 이미 지나 정지할 수 없습니다. 기한 연장을 신청해 주세요.")
        raise ClockError(message % {"day": date_weekday(due)}, "start")
    for other in others:
        if pause.start <= (other.end or date.max) and other.start <= (pause.end or date.max):
            message = _("다른 정지 기간(%(first)s~%(last)s)과 겹칩니다. 겹치지 않는 날짜를 입력해 주세요.")
            last = date_weekday(other.end) if other.end else ""
            raise ClockError(message % {"first": date_weekday(other.start), "last": last}, "start")


def validate_extension(extension: Extension, *, due: date, latest: date | None = None) -> None:
    """ClockError unless the deadline may be put off so (O9): beyond `due`, not beyond `latest`."""
    if extension.until <= due:
        message = _("연장할 기한이 현재 기한(%(day)s)보다 늦지 않습니다. 그 뒤의 날짜를 입력해 주세요.")
        raise ClockError(message % {"day": date_weekday(due)}, "end")
    if latest is not None and extension.until > latest:
        message = _("%(day)s까지만 연장할 수 있습니다. 그날 또는 그 전의 날짜를 입력해 주세요.")
        raise ClockError(message % {"day": date_weekday(latest)}, "end")
