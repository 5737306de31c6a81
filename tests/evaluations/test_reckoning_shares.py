"""Prizes shared to the won (P13)."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.reckoning.shares import split


def percent(*shares: str) -> list[Decimal]:
    return [Decimal(share) for share in shares]


def test_p13_thirds_are_paid_to_the_won() -> None:
    assert split(100_000, percent("33.34", "33.33", "33.33")) == [33_340, 33_330, 33_330]
    assert split(100, percent("33.34", "33.33", "33.33")) == [34, 33, 33]


def test_p13_won_left_over_go_to_the_largest_fraction_and_then_to_the_first() -> None:
    assert split(10, percent("14", "43", "43")) == [2, 4, 4]
    assert split(1, percent("50", "50")) == [1, 0]
    assert split(101, percent("25", "25", "25", "25")) == [26, 25, 25, 25]
    assert split(7, percent("0", "100")) == [0, 7]


@pytest.mark.parametrize("shares", [[], ["99.99"], ["50", "50.01"], ["150", "-50"], ["NaN", "100"]])
def test_p13_shares_that_are_no_whole_are_refused(shares: list[str]) -> None:
    with pytest.raises(ValueError, match="share"):
        split(100_000, percent(*shares))
    with pytest.raises(ValueError, match="amount"):
        split(-1, percent("100"))


@settings(max_examples=300, deadline=None, database=None)
@given(
    amount=st.integers(0, 10**9),
    cuts=st.lists(st.integers(0, 10_000), max_size=8).map(sorted),
)
def test_p13_parts_add_up_and_lie_within_a_won(amount: int, cuts: list[int]) -> None:
    bounds = [0, *cuts, 10_000]
    shares = [Decimal(high - low) / 100 for low, high in pairwise(bounds)]
    parts = split(amount, shares)
    assert sum(parts) == amount
    assert all(abs(part - amount * share / 100) < 1 for part, share in zip(parts, shares, strict=True))
