"""The clock against a second, independent reckoning (O6–O9)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from basis.clock import Extension, Pause, Reckoning, due_date
from basis.clock.calendar import KoreanCalendar
from tests.basis.clock_oracle import HOLIDAYS, Case, deadline, original_deadline
from tests.effort import rounds

offsets = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 12)), max_size=3)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A clock in days with up to three pauses, the last of them perhaps open, and up to two extensions."""
    start = day = draw(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
    pauses: list[tuple[date, date | None]] = []
    for gap, more in draw(offsets):
        first = day + timedelta(gap)
        day = first + timedelta(more)
        pauses.append((first, day))
        day += timedelta(1)
    if pauses and draw(st.booleans()):
        pauses[-1] = (pauses[-1][0], None)
    grants = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 50)), max_size=2))
    extensions = [(start + timedelta(on), start + timedelta(on + by)) for on, by in grants]
    today = day + timedelta(draw(st.integers(-20, 10)))
    return Case(start, today, draw(st.integers(1, 40)), pauses=pauses, extensions=extensions)


def four_kinds(case: Case) -> list[Case]:
    """The same events under each rule and unit, the lengths different."""
    days = [case, replace(case, complaint=True, length=(case.length + 1) // 2)]
    return days + [replace(each, months=True, length=1 + case.length % 4) for each in days]


def reckon(case: Case, late: frozenset[date]) -> Reckoning:
    return due_date(
        case.start,
        "civil-complaint" if case.complaint else "civil",
        case.length,
        "months" if case.months else "days",
        KoreanCalendar(dict.fromkeys(late, "임시공휴일")),
        [Pause(first, last) for first, last in case.pauses],
        [Extension(granted, to) for granted, to in case.extensions],
        today=case.today,
    )


@settings(
    max_examples=rounds(1_000, 2_500), deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(drawn=cases(), later=st.sets(st.integers(0, 90), max_size=4))
# A pause that begins on the closed days the end moves over, and a holiday declared late behind it.
@example(Case(date(2026, 9, 10), date(2026, 9, 30), 14, pauses=[(date(2026, 9, 27), None)]), {21})
def test_o6_o8_o9_thousands_of_random_clocks_agree_with_the_oracle(drawn: Case, later: set[int]) -> None:
    """Each draw × 4 kinds of clock, each before and after the late holidays."""
    late = frozenset(drawn.start + timedelta(n) for n in later)
    for case in four_kinds(drawn):
        before, after = reckon(case, frozenset()), reckon(case, late)
        assert (before.due, before.paused_now) == deadline(case, HOLIDAYS), case
        assert (after.due, after.paused_now) == deadline(case, HOLIDAYS | late), case
        assert after.original_due == original_deadline(case, HOLIDAYS | late), case
        assert after.due >= after.original_due, case
        if not after.counts_workdays:  # there a new holiday inside a pause shortens what the pause adds
            assert after.due >= before.due, case
