"""The year's end of every kind of indicator, against a reckoning of its own (I3a)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.reckoning.attainment import Measure, Shape, scored
from incentives.reckoning.outlook import Assumed, Way, outlook, way_of

parts = st.fractions(0, 1, max_denominator=60)
amounts = st.fractions(0, 500, max_denominator=20)
positive = st.fractions(Fraction(1, 10), 500, max_denominator=20)
ASSUMED = Assumed(Fraction(11, 10), Fraction(8, 10), Fraction(5, 100))
WEIGHT = Fraction(12)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    shape = draw(st.sampled_from(list(Shape)))
    target = draw(positive)
    match shape:
        case Shape.BASE:
            base = draw(amounts.filter(lambda value: value != target))
            return Measure(shape, WEIGHT, target=target, base=base)
        case Shape.RANGE:
            low = draw(positive)
            return Measure(shape, WEIGHT, low=low, high=low + draw(amounts))
        case Shape.STEPS:
            starts = sorted(draw(st.sets(positive, min_size=1, max_size=4)))
            shares = [Fraction(n + 1, len(starts)) for n in range(len(starts))]
            return Measure(shape, WEIGHT, steps=list(zip(starts, shares, strict=True)))
        case _other:
            return Measure(shape, WEIGHT, target=target)


@given(measures(), amounts, st.booleans(), parts)
def test_i3a_gloomy_plain_and_bright_score_in_this_order(
    measure: Measure, value: Fraction, grows: bool, done: Fraction
) -> None:
    found = outlook(measure, value, grows=grows, done=done, assumed=ASSUMED)
    assert found.gloomy.score <= found.plain.score <= found.bright.score
    assert found.plain == scored(measure, found.values.plain)
    assert found.gloomy.score >= 0
    assert found.bright.score <= WEIGHT
    if done == 1 and found.way in (Way.ALONG, Way.AGAINST):
        assert found.values.bright == found.values.plain == found.values.gloomy == value, "the year is over"


@given(positive, amounts, st.fractions(Fraction(1, 60), 1, max_denominator=60))
def test_i3a_a_growing_sum_goes_on_as_it_went(target: Fraction, value: Fraction, done: Fraction) -> None:
    for shape in (Shape.HIGHER, Shape.LOWER):
        found = outlook(Measure(shape, WEIGHT, target=target), value, grows=True, done=done, assumed=ASSUMED)
        assert found.values.plain == value / done
        along = value / (target * done)
        against = target * done / value if value else Fraction(1)
        assert found.pace == (along if shape is Shape.HIGHER else against)


@given(positive, amounts, amounts, st.fractions(Fraction(1, 60), 1, max_denominator=60))
def test_i3a_from_a_base_it_goes_up_or_down_to_the_target(
    target: Fraction, base: Fraction, value: Fraction, done: Fraction
) -> None:
    if base == target:
        return
    measure = Measure(Shape.BASE, WEIGHT, target=target, base=base)
    found = outlook(measure, value, grows=False, done=done, assumed=ASSUMED)
    assert found.pace == (value - base) / ((target - base) * done)
    assert found.values.plain == base + (value - base) / done


@given(positive, positive)
def test_i3a_a_level_moves_by_a_part_of_itself_to_either_side(target: Fraction, value: Fraction) -> None:
    for shape in (Shape.HIGHER, Shape.LOWER):
        found = outlook(
            Measure(shape, WEIGHT, target=target), value, grows=False, done=Fraction(1, 2), assumed=ASSUMED
        )
        ends = {value * Fraction(95, 100), value * Fraction(105, 100)}
        assert {found.values.bright, found.values.gloomy} == ends
        assert found.values.plain == value
        assert found.pace == (value / target if shape is Shape.HIGHER else target / value)


@pytest.mark.parametrize(("value", "bright", "plain"), [(0, 12, 0), (1, 12, 12)])
def test_i3a_a_deed_is_done_by_the_years_end_in_the_bright_view(value: int, bright: int, plain: int) -> None:
    measure = Measure(Shape.YES, WEIGHT)
    found = outlook(measure, Fraction(value), grows=True, done=Fraction(1, 2), assumed=ASSUMED)
    assert (found.bright.score, found.plain.score) == (bright, plain)
    assert found.pace == (1 if value else None)
    late = outlook(
        measure, Fraction(0), grows=True, done=Fraction(1, 2), expected=Fraction(1), assumed=ASSUMED
    )
    assert late.pace == 0, "what was to be done by now"


def test_i3a_what_was_typed_for_a_level_is_what_it_is_compared_with() -> None:
    measure = Measure(Shape.HIGHER, WEIGHT, target=Fraction(90))
    found = outlook(
        measure, Fraction(40), grows=False, done=Fraction(1, 2), expected=Fraction(40), assumed=ASSUMED
    )
    assert found.pace == 1
    assert way_of(measure, False) is Way.LEVEL
