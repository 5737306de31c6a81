"""Attainment and scores against an independent reckoning, trees that sum to the last digit (I3)."""

from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.reckoning.attainment import Fault, Measure, Shape, Unreckonable, attained, scored
from incentives.reckoning.tree import Sum, leaf, sums, whole

getcontext().prec = 60
fractions = st.fractions(min_value=-1_000, max_value=1_000, max_denominator=1_000)
above = st.fractions(min_value=Fraction(1, 1_000), max_value=1_000, max_denominator=1_000)
weights = st.fractions(min_value=0, max_value=100, max_denominator=100)


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def near(exact: Fraction, other: Decimal) -> bool:
    return abs(decimal(exact) - other) < Decimal("1e-40")


@given(fractions, above)
def test_i3_higher_is_value_by_target(value: Fraction, target: Fraction) -> None:
    assert near(attained(Measure(Shape.HIGHER, Fraction(1), target), value), decimal(value) / decimal(target))


@given(above, above)
def test_i3_lower_is_target_by_value(value: Fraction, target: Fraction) -> None:
    measure = Measure(Shape.LOWER, Fraction(1), target)
    assert near(attained(measure, value), decimal(target) / decimal(value))
    assert attained(measure, Fraction(0)) == 1, "nothing at all is full"


@given(fractions, fractions, fractions)
def test_i3_from_a_base(value: Fraction, base: Fraction, target: Fraction) -> None:
    measure = Measure(Shape.BASE, Fraction(1), target, base)
    if base == target:
        with pytest.raises(Unreckonable):
            attained(measure, value)
    else:
        wanted = (decimal(value) - decimal(base)) / (decimal(target) - decimal(base))
        assert near(attained(measure, value), wanted)
        assert attained(measure, target) == 1
        assert attained(measure, base) == 0


@given(above, above, above)
def test_i3_a_range_is_full_inside_and_less_the_farther_outside(
    one: Fraction, two: Fraction, far: Fraction
) -> None:
    low, high = min(one, two), max(one, two)
    measure = Measure(Shape.RANGE, Fraction(1), low=low, high=high)
    assert attained(measure, (low + high) / 2) == attained(measure, low) == attained(measure, high) == 1
    assert attained(measure, high + far) == high / (high + far) < 1
    assert attained(measure, low / (1 + far)) == 1 / (1 + far) < 1


@given(
    st.lists(st.tuples(fractions, weights), min_size=1, max_size=6, unique_by=lambda step: step[0]), fractions
)
def test_i3_steps_give_what_the_last_one_reached_gives(
    steps: list[tuple[Fraction, Fraction]], value: Fraction
) -> None:
    table = sorted(steps)
    wanted = Fraction(0)
    for start, share in table:
        if start <= value:
            wanted = share
    assert attained(Measure(Shape.STEPS, Fraction(1), steps=table), value) == wanted


def test_i3_yes_or_no() -> None:
    measure = Measure(Shape.YES, Fraction(5))
    assert (scored(measure, Fraction(1)).score, scored(measure, Fraction(0)).score) == (5, 0)


@given(
    weights,
    fractions,
    above,
    st.fractions(0, 1, max_denominator=100),
    st.fractions(0, 2, max_denominator=100),
)
def test_i3_score_is_weight_times_bounded_attainment(
    weight: Fraction, value: Fraction, target: Fraction, floor: Fraction, more: Fraction
) -> None:
    cap = floor + more
    found = scored(Measure(Shape.HIGHER, weight, target, cap=cap, floor=floor), value)
    raw = decimal(value) / decimal(target)
    wanted = decimal(weight) * min(decimal(cap), max(decimal(floor), raw))
    assert near(found.score, wanted)
    assert floor <= found.bounded <= cap


@pytest.mark.parametrize(
    ("measure", "fault"),
    [
        (Measure(Shape.HIGHER, Fraction(1), Fraction(0)), Fault.TARGET),
        (Measure(Shape.LOWER, Fraction(1)), Fault.TARGET),
        (Measure(Shape.BASE, Fraction(1), Fraction(3)), Fault.BASE),
        (Measure(Shape.RANGE, Fraction(1), low=Fraction(3), high=Fraction(2)), Fault.RANGE),
        (Measure(Shape.STEPS, Fraction(1)), Fault.STEPS),
        (Measure(Shape.STEPS, Fraction(1), steps=[(Fraction(2), Fraction(1))] * 2), Fault.STEPS),
        (Measure(Shape.YES, Fraction(-1)), Fault.WEIGHT),
        (Measure(Shape.YES, Fraction(1), cap=Fraction(1), floor=Fraction(2)), Fault.BOUNDS),
    ],
)
def test_i3_what_cannot_be_reckoned_is_refused_with_its_reason(measure: Measure, fault: Fault) -> None:
    with pytest.raises(Unreckonable) as refused:
        scored(measure, Fraction(1))
    assert refused.value.fault is fault


@given(st.lists(st.tuples(weights, st.none() | fractions), min_size=1, max_size=12), st.randoms())
def test_i3_a_tree_is_the_sum_of_its_leaves_to_the_last_digit(
    rows: list[tuple[Fraction, Fraction | None]], chance: object
) -> None:
    """Three levels, the leaves under any of three items of two fields; missing is not nothing."""
    parents: dict[int, int | None] = {0: None, 1: None, 2: 0, 3: 0, 4: 1}
    leaves: dict[int, Sum] = {}
    for number, (weight, value) in enumerate(rows, start=5):
        parents[number] = chance.choice([2, 3, 4])  # type: ignore[attr-defined]  # random.Random
        found = scored(Measure(Shape.HIGHER, weight, Fraction(7)), value) if value is not None else None
        leaves[number] = leaf(weight, found)
    found = sums(parents, leaves)
    assert found[0] + found[1] == whole(leaves.values())
    assert found[2] + found[3] == found[0]
    known = [weight for weight, value in rows if value is not None]
    assert (found[0] + found[1]).known == sum(known, Fraction(0))
    assert (found[0] + found[1]).missing == sum((w for w, v in rows if v is None), Fraction(0))
