"""Deadlines as rows (O6–O9). Those of reviews: benchmarking/test_clocks.py; the arithmetic: test_clock_rules.py."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basis.clock import Unit
from basis.clock.calendar import KoreanCalendar
from basis.errors import Rejected
from core import deadlines
from core.calendar import clear_calendar_cache
from core.models import Clock, ClockChange, Holiday
from core.now import pretend, today
from tests.basis import clock_oracle
from tests.factories import planner
from tests.shared import lived_on

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)
DUE = dt.date(2026, 12, 4)
Heard = list[tuple[dt.date, dt.date, str]]
_today = lived_on(DAY)


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What the owner of clocks of the kind "test" is told: old deadline, new deadline, cause."""
    told: Heard = []

    def listen(clock: Clock, old: dt.date, cause: str, actor: Any) -> None:
        told.append((old, clock.due, cause))

    def owned() -> list[int]:
        return list(Clock.objects.filter(kind="test").values_list("pk", flat=True))

    with deadlines.CLOCKS.only(deadlines.ClockKind("test", listen, owned)):
        yield told


def declare(day: dt.date) -> int:
    Holiday.objects.create(date=day, name="임시공휴일")
    clear_calendar_cache()
    return deadlines.recompute_open("공휴일 지정")


def extend(clock: Clock, to: dt.date, cap_days: int = 14) -> None:
    asked = deadlines.request_extension(clock, until=to, reason="자료", cap_days=cap_days, actor=planner())
    deadlines.decide(asked, approve=True, note="", actor=planner(), cap_days=cap_days)


def pause(clock: Clock, start: dt.date, end: dt.date | None = None) -> None:
    asked = deadlines.request_pause(clock, start=start, end=end, reason="회신 대기", actor=planner())
    deadlines.decide(asked, approve=True, note="", actor=planner(), cap_days=14)


def again(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


# ------------------------------------------------------------------------------------ what is stored


@pytest.mark.parametrize(
    ("start", "length", "unit", "due"),
    [
        (dt.date(2026, 4, 17), 14, Unit.DAYS, dt.date(2026, 5, 4)),
        (dt.date(2026, 5, 11), 14, Unit.DAYS, dt.date(2026, 5, 26)),
        (dt.date(2026, 7, 3), 14, Unit.DAYS, dt.date(2026, 7, 20)),
        (dt.date(2026, 9, 10), 14, Unit.DAYS, dt.date(2026, 9, 28)),
        (DAY, 14, Unit.DAYS, DUE),
        (dt.date(2026, 12, 31), 1, Unit.MONTHS, dt.date(2027, 2, 1)),
        (dt.date(2027, 1, 31), 1, Unit.MONTHS, dt.date(2027, 3, 2)),
    ],
)
def test_o6_a_clock_is_opened_with_the_deadline_of_the_law(
    start: dt.date, length: int, unit: Unit, due: dt.date
) -> None:
    clock = again(deadlines.open_clock("test", start, length, unit=unit))
    assert (clock.due, clock.original_due, clock.paused, clock.closed_on) == (due, due, False, None)
    assert deadlines.preview(start, length, unit=unit).due == due
    assert not clock.changes.exists()


STEP = st.tuples(
    st.integers(0, 4),
    st.sampled_from(["pause", "pause until", "resume", "extend", "holiday", "day passes"]),
    st.integers(0, 9),
)


@settings(max_examples=30, deadline=None)
@given(length=st.integers(3, 20), offset=st.integers(0, 200), steps=st.lists(STEP, max_size=7))
def test_o9_what_is_stored_is_what_living_through_the_days_gives(
    length: int, offset: int, steps: list[tuple[int, str, int]]
) -> None:
    """Pauses, extensions and holidays as they come, day after day; checked with the oracle after each."""
    Holiday.objects.all().delete()
    clear_calendar_cache()
    day = dt.date(2026, 1, 5) + dt.timedelta(days=offset)
    start, clock = day, deadlines.open_clock("test", day, length)
    for wait, step, n in steps:
        day += dt.timedelta(days=wait)
        with pretend(day):
            clock = again(clock)
            try:
                act(clock, step, day, n)
            except Rejected:
                continue
            deadlines.refresh_paused()
            clock = again(clock)
            declared = set(Holiday.objects.values_list("date", flat=True))
            due, _stands = clock_oracle.deadline(
                facts(clock, start, length), clock_oracle.HOLIDAYS | declared
            )
            assert (clock.due, deadlines.reckon(clock).due) == (due, due)
            assert deadlines.reckon(clock).due >= clock.original_due


def act(clock: Clock, step: str, day: dt.date, n: int) -> None:
    if step == "pause":
        pause(clock, day)
    elif step == "pause until":
        pause(clock, day, day + dt.timedelta(days=n))
    elif step == "resume":
        deadlines.resume(clock, actor=planner())
    elif step == "extend":
        extend(clock, clock.due + dt.timedelta(days=n), cap_days=90)
    elif step == "holiday" and not Holiday.objects.filter(date=clock.due + dt.timedelta(days=n)).exists():
        declare(clock.due + dt.timedelta(days=n))


def facts(clock: Clock, start: dt.date, length: int) -> clock_oracle.Case:
    rows = list(clock.adjustments.filter(state="approved"))
    return clock_oracle.Case(
        start=start,
        today=today(),
        length=length,
        pauses=[(row.start, row.end) for row in rows if row.kind == "pause"],
        extensions=[(row.start, row.end) for row in rows if row.kind == "extension" and row.end],
    )


# -------------------------------------------------------------------------------- who hears of a move


def test_o7_a_move_is_logged_and_told_once_with_old_and_new(heard: Heard) -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    other = deadlines.open_clock("elsewhere", DAY, 14)
    untouched = deadlines.open_clock("test", DAY, 10)
    assert declare(DUE) == 2
    assert heard == [(DUE, dt.date(2026, 12, 7), "공휴일 지정")]
    assert (again(clock).original_due, again(other).due) == (dt.date(2026, 12, 7),) * 2
    assert {(c.clock, c.old_due, c.new_due, c.cause) for c in ClockChange.objects.all()} == {
        (c, DUE, dt.date(2026, 12, 7), "공휴일 지정") for c in (clock, other)
    }
    assert again(untouched).due == untouched.due
    assert deadlines.recompute_open("다시") == 0
    assert len(heard) == 1


def test_o7_the_preview_of_a_calendar_moves_nothing() -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    deadlines.close(deadlines.open_clock("test", DAY, 14), DAY)
    assert deadlines.would_move(KoreanCalendar({DUE: "임시공휴일"})) == [(clock, dt.date(2026, 12, 7))]
    assert deadlines.would_move(KoreanCalendar()) == []
    assert again(clock).due == DUE


def test_o9_the_daily_refresh_moves_standing_clocks_only_and_tells_nobody(heard: Heard) -> None:
    standing, running = [deadlines.open_clock("test", DAY, 14) for _n in range(2)]
    with pretend(DAY + dt.timedelta(days=3)):
        pause(standing, DAY + dt.timedelta(days=3))
    heard.clear()
    with pretend(DAY + dt.timedelta(days=9)):
        assert deadlines.refresh_paused() == 1
        assert deadlines.refresh_paused() == 0
    assert (again(standing).due, again(running).due) == (dt.date(2026, 12, 11), DUE)
    assert (heard, ClockChange.objects.filter(clock=running).count()) == ([], 0)


# ------------------------------------------------------------------------------------ closed, reopened


def test_o9_a_closed_clock_neither_moves_nor_takes_requests(heard: Heard) -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    deadlines.close(clock, DAY)
    assert declare(DUE) == 0
    for ask in (lambda: extend(again(clock), dt.date(2026, 12, 8)), lambda: pause(again(clock), DAY)):
        with pytest.raises(Rejected, match="이미 완료된"):
            ask()
    assert (again(clock).due, heard) == (DUE, [])


def test_o9_closing_ends_a_pause_and_keeps_the_deadline_it_gave() -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    pause(clock, DAY + dt.timedelta(days=0), DAY + dt.timedelta(days=30))
    with pretend(DAY + dt.timedelta(days=6)):
        deadlines.close(again(clock), today())
    clock = again(clock)
    assert clock.adjustments.get().end == DAY + dt.timedelta(days=5)
    assert clock.due == dt.date(2026, 12, 9)  # 4 December and five days
    with pretend(DAY + dt.timedelta(days=60)):
        assert deadlines.reckon(clock).due == clock.due


def test_o9_reopened_the_clock_has_what_it_had_left(heard: Heard) -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    deadlines.close(clock, DUE)
    with pretend(dt.date(2027, 2, 3)):
        deadlines.reopen(again(clock), actor=planner())
        assert (again(clock).due, again(clock).closed_on) == (dt.date(2027, 2, 3), None)
        deadlines.close(again(clock), today())
    with pretend(dt.date(2027, 3, 3)):
        deadlines.reopen(again(clock), actor=planner())
    clock = again(clock)
    assert clock.due == dt.date(2027, 3, 3)
    assert [(a.start, a.end, a.reason) for a in clock.adjustments.all()] == [
        (DUE, dt.date(2027, 2, 2), "다시 검토"), (dt.date(2027, 2, 3), dt.date(2027, 3, 2), "다시 검토"),
    ]  # fmt: skip
    assert heard == []  # who reopens tells of it


@settings(max_examples=40, deadline=None)
@given(
    length=st.integers(3, 20),
    offset=st.integers(0, 200),
    paused=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2),
    cap=st.integers(0, 20),
)
def test_o9_the_latest_extension_is_the_whole_cap_and_every_day_the_clock_stood(
    length: int, offset: int, paused: list[tuple[int, int]], cap: int
) -> None:
    """The oracle lives through a clock with the whole cap granted at once; the cap runs over closed days too."""
    day = dt.date(2026, 1, 5) + dt.timedelta(days=offset)
    case, clock = clock_oracle.Case(day, day, length), deadlines.open_clock("test", day, length)
    original = clock_oracle.original_deadline(case, clock_oracle.HOLIDAYS)
    for wait, n in paused:
        day += dt.timedelta(days=wait)
        with pretend(day):
            try:
                pause(clock, day, day + dt.timedelta(days=n))
            except Rejected:
                continue
            clock = again(clock)
    with pretend(day):
        latest = deadlines.latest_extension(clock, cap)
        lived = facts(clock, case.start, length)
    whole = dataclasses.replace(lived, extensions=[(case.start, original + dt.timedelta(days=cap))])
    due, _stands = clock_oracle.deadline(whole, clock_oracle.HOLIDAYS)
    assert (due - latest).days >= 0
    assert all(KoreanCalendar().is_closed(latest + dt.timedelta(days=n)) for n in range((due - latest).days))


# Friday 11 September to Friday 25 September, which is Chuseok, as 24 and 26: due on Monday 28.
CHUSEOK = dt.date(2026, 9, 11)


@pytest.mark.parametrize(
    ("done", "reopened", "due"),
    [
        (dt.date(2026, 9, 18), dt.date(2026, 9, 18), dt.date(2026, 9, 28)),  # on the same day: nothing moves
        (dt.date(2026, 9, 18), dt.date(2026, 10, 13), dt.date(2026, 10, 20)),  # seven days left, seven given
        (dt.date(2026, 9, 18), dt.date(2026, 10, 2), dt.date(2026, 10, 12)),  # not on Friday 9, Hangul Day
        (dt.date(2026, 9, 25), dt.date(2026, 10, 13), dt.date(2026, 10, 13)),  # the last day of the count
        (dt.date(2026, 9, 28), dt.date(2026, 10, 13), dt.date(2026, 10, 13)),  # the day it had moved to
        (dt.date(2026, 9, 28), dt.date(2026, 10, 9), dt.date(2026, 10, 12)),  # reopened on a holiday
        (dt.date(2026, 9, 29), dt.date(2026, 10, 13), dt.date(2026, 9, 28)),  # late it was, late it stays
    ],
)
def test_o9_reopened_it_is_due_as_many_days_on_as_were_left(
    done: dt.date, reopened: dt.date, due: dt.date
) -> None:
    clock = deadlines.open_clock("test", CHUSEOK, 14)
    assert clock.due == dt.date(2026, 9, 28)
    with pretend(done):
        deadlines.close(clock, done)
    with pretend(reopened):
        deadlines.reopen(again(clock), actor=planner())
        assert again(clock).due == due
        assert deadlines.reckon(again(clock)).due == due
        lived, _stands = clock_oracle.deadline(facts(again(clock), CHUSEOK, 14), clock_oracle.HOLIDAYS)
    assert lived == due


@pytest.mark.parametrize("until", [3, 9], ids=["pause over", "pause cut short"])
def test_o9_what_a_pause_gave_is_kept_when_work_is_reopened(until: int) -> None:
    """Fourteen days, five of them gone, three or five stood still: nine are left on the day it is open again."""
    clock = deadlines.open_clock("test", DAY, 14)
    with pretend(DAY + dt.timedelta(days=1)):
        pause(clock, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=until))
    stood = min(until, 5)
    done, reopened = DAY + dt.timedelta(days=6), dt.date(2027, 2, 1)
    with pretend(done):
        deadlines.close(again(clock), done)
    left = DUE + dt.timedelta(days=stood) - done
    with pretend(reopened):
        deadlines.reopen(again(clock), actor=planner())
    clock = again(clock)
    assert clock.due == moved_off_closed(reopened + left)
    assert not clock.paused


def moved_off_closed(day: dt.date) -> dt.date:
    while KoreanCalendar().is_closed(day):
        day += dt.timedelta(days=1)
    return day


def test_o9_an_extension_stands_when_work_is_reopened() -> None:
    clock = deadlines.open_clock("test", DAY, 14)
    extend(clock, dt.date(2026, 12, 16))
    with pretend(dt.date(2026, 12, 14)):
        deadlines.close(again(clock), today())
    with pretend(dt.date(2027, 2, 1)):
        deadlines.reopen(again(clock), actor=planner())
    assert again(clock).due == dt.date(2027, 2, 3)


def test_o7_o9_a_holiday_declared_while_it_was_closed_counts_when_it_is_open_again() -> None:
    """Done on the Monday that a holiday on the Friday would have moved the deadline to: that was in time after all."""
    clock = deadlines.open_clock("test", DAY, 14)
    with pretend(dt.date(2026, 12, 7)):
        deadlines.close(clock, today())
    declare(DUE)
    assert again(clock).due == DUE
    with pretend(dt.date(2027, 2, 1)):
        deadlines.reopen(again(clock), actor=planner())
    assert again(clock).due == dt.date(2027, 2, 1)


def test_o9_the_arithmetic_is_told_step_by_step() -> None:
    clock = deadlines.open_clock("test", dt.date(2026, 9, 10), 14)
    assert deadlines.summary(clock) == "통보 9. 10.(목) + 14일 = 9. 24.(목) 추석 전날 → 9. 28.(월)"
    assert deadlines.steps(clock, "접수")[0] == "접수 9. 10.(목) + 14일 = 9. 24.(목)"
    assert len(deadlines.steps(clock)) == 2
