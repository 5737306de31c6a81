"""The year's end by the path of the target (I3a)."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from incentives.reckoning.forecast import Path, course_of, cumulative, is_behind, level, straight

parts = st.fractions(0, 1, max_denominator=100)
amounts = st.fractions(0, 1_000, max_denominator=100)
BEST, WORST = Fraction(1), Fraction(7, 10)


def test_i3a_a_straight_path_is_half_done_in_the_middle_of_the_year() -> None:
    assert straight().at(6, Fraction(1)) == straight().at(7, Fraction(0)) == Fraction(1, 2)
    assert straight().at(1, Fraction(0)) == 0
    assert straight().at(12, Fraction(1)) == 1


def test_i3a_a_typed_path_is_filled_up_and_one_that_leads_nowhere_is_none() -> None:
    values = [None, None, Fraction(10), *[None] * 8, Fraction(40)]
    found = course_of(values, Path.TYPED)
    assert found is not None
    assert found.at(3, Fraction(1)) == found.at(11, Fraction(1)) == Fraction(1, 4)
    assert course_of([None] * 12, Path.TYPED) is None
    assert course_of([Fraction(5), *[Fraction(4)] * 11], Path.TYPED) is None
    assert course_of([Fraction(1)] * 11, Path.TYPED) is None


@given(st.lists(amounts, min_size=12, max_size=12), st.integers(1, 12), parts)
def test_i3a_between_two_months_a_path_goes_straight(
    values: list[Fraction], month: int, into: Fraction
) -> None:
    """Reckoned in whole numbers, it is to the last digit what fractions give; steps may be decimals as well."""
    steps = [*sorted(values)[:-1], max(values) + 1]
    found = course_of(steps, Path.LAST_YEAR)
    assert found is not None
    before = steps[month - 2] / steps[-1] if month > 1 else Fraction(0)
    assert found.at(month, into) == before + (steps[month - 1] / steps[-1] - before) * into
    decimals = course_of([Decimal(round(value)) for value in steps], Path.LAST_YEAR)
    wholes = course_of([Fraction(round(value)) for value in steps], Path.LAST_YEAR)
    assert (decimals and decimals.at(month, into)) == (wholes and wholes.at(month, into))


@given(amounts, st.fractions(1, 1_000, max_denominator=100), parts)
def test_i3a_gloomy_plain_bright_stand_in_this_order_and_meet_at_the_end(
    value: Fraction, target: Fraction, done: Fraction
) -> None:
    found = cumulative(value, target, done, best=BEST, worst=WORST)
    assert value <= found.gloomy <= found.plain <= found.bright
    if done == 1:
        assert found.gloomy == found.plain == found.bright == value
    if done:
        assert found.pace == value / (target * done)
        assert found.plain == value / done, "the rest goes as what lies behind went"
    else:
        assert found.pace is None


@given(st.fractions(1, 1_000, max_denominator=100), st.fractions(Fraction(1, 100), 1, max_denominator=100))
def test_i3a_who_is_on_the_path_arrives_at_the_target(target: Fraction, done: Fraction) -> None:
    found = cumulative(target * done, target, done, best=BEST, worst=WORST)
    assert found.plain == target
    assert not is_behind(found.pace, Fraction(7, 10))


def test_i3a_under_seventy_percent_of_the_path_is_behind() -> None:
    least = Fraction(70, 100)
    assert is_behind(Fraction(69, 100), least)
    assert not is_behind(Fraction(70, 100), least)
    assert not is_behind(None, least), "before anything is due nothing is late"


def test_i3a_a_level_stays_or_moves_by_a_part_of_itself() -> None:
    found = level(Fraction(80), better=Fraction(105, 100), worse=Fraction(95, 100))
    assert (found.gloomy, found.plain, found.bright) == (76, 80, 84)
