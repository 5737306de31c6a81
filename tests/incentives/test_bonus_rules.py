"""Bonus, leave and commendation as the plan of 2016 has them (I7, I8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.reckoning.bonus import Bonus, Choice, Money, Rates, Source, Tier, Why, Won, bonus, parts
from incentives.reckoning.merit import Behind, Part, Reward, Scale, rewards
from incentives.reckoning.merit import Why as Against

RATES = Rates(10, {Tier.TOP: 1_500_000, Tier.GOOD: 1_000_000, Tier.FAIR: 500_000}, 10)
SCALE = Scale(
    {
        (Part.CHARGE, Tier.TOP): 2, (Part.CHARGE, Tier.GOOD): 1, (Part.CHARGE, Tier.FAIR): 1,
        (Part.LEADER, Tier.TOP): 1, (Part.LEADER, Tier.GOOD): 1,
        **{(Part.HELPER, tier): 1 for tier in Tier},
    },
    {**{(Part.CHARGE, tier): True for tier in Tier}, (Part.LEADER, Tier.TOP): True},
)  # fmt: skip


def won(source: Source, tier: Tier | None, amount: int = 0, kind: Money = Money.GRANT, **more: object) -> Won:
    return Won(source, tier, [(kind, amount)] if amount else [], **more)  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        (won(Source.JOINT, Tier.TOP, 90_000_000), Bonus(9_000_000, Why.SHARE, 90_000_000)),
        (won(Source.OUTSIDE, Tier.FAIR, 500_000, Money.PRIZE), Bonus(50_000, Why.SHARE, 500_000)),
        (won(Source.OUTSIDE, Tier.GOOD, 80_000_000, Money.SUBSIDY), Bonus(0, Why.ONLY_SUBSIDY)),
        (won(Source.JOINT, Tier.GOOD, 80_000_000, Money.SUBSIDY), Bonus(8_000_000, Why.SHARE, 80_000_000)),
        (won(Source.OUTSIDE, Tier.TOP), Bonus(1_500_000, Why.FIXED)),
        (won(Source.OUTSIDE, Tier.GOOD), Bonus(1_000_000, Why.FIXED)),
        (won(Source.OUTSIDE, Tier.FAIR), Bonus(500_000, Why.FIXED)),
        (won(Source.SINGLE, Tier.GOOD), Bonus(None, Why.UNSETTLED)),
        (won(Source.OUTSIDE, None), Bonus(None, Why.UNSETTLED)),
        (won(Source.SINGLE, Tier.GOOD, choice=Choice.FIXED), Bonus(1_000_000, Why.CHOSEN)),
        (won(Source.SINGLE, Tier.TOP, choice=Choice.NOTHING), Bonus(0, Why.CHOSEN)),
        (won(Source.JOINT, Tier.TOP, 90_000_000, notified=False), Bonus(0, Why.NOT_NOTIFIED)),
    ],
)
def test_i7_each_case_of_the_plan(result: Won, wanted: Bonus) -> None:
    assert bonus(result, RATES) == wanted


def test_i7_of_mixed_money_the_subsidy_is_left_out() -> None:
    mixed = Won(Source.OUTSIDE, Tier.GOOD, [(Money.PRIZE, 10_000_000), (Money.SUBSIDY, 5_000_000)])
    assert bonus(mixed, RATES) == Bonus(1_000_000, Why.SHARE_WITHOUT_SUBSIDY, 10_000_000)


@given(st.integers(1, 10**10), st.sampled_from(list(Source)), st.sampled_from(list(Money)))
def test_i7_a_bonus_is_never_above_what_came_in_and_rounded_down(
    amount: int, source: Source, kind: Money
) -> None:
    found = bonus(won(source, Tier.TOP, amount, kind), RATES)
    assert found.amount is not None
    assert 0 <= found.amount <= amount
    assert found.amount % RATES.unit == 0
    assert found.eligible // 10 - found.amount < RATES.unit


@given(st.integers(0, 10**9), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_i7_shares_add_up_to_the_won_and_the_rest_is_the_owners(amount: int, weights: list[int]) -> None:
    whole = sum(weights)
    shares = [weight * 100 // whole for weight in weights]
    shares[0] += 100 - sum(shares)
    found = parts(amount, shares, 10)
    assert sum(found) == amount
    assert all(part % 10 == 0 for part in found[1:])
    assert all(part <= amount * share // 100 for part, share in zip(found[1:], shares[1:], strict=True))


@pytest.mark.parametrize("shares", [[], [50, 49], [110, -10]])
def test_i7_shares_that_are_none_are_refused(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="100"):
        parts(1_000, shares, 10)


def of(found: list[Reward], person: int, result: int) -> Reward:
    return next(r for r in found if (r.behind.person, r.behind.result) == (person, result))


def test_i8_days_by_part_and_tier_and_only_the_highest_win_counts() -> None:
    people = [
        Behind(1, Tier.FAIR, 10, Part.CHARGE),
        Behind(2, Tier.TOP, 10, Part.CHARGE),
        Behind(3, Tier.GOOD, 10, Part.LEADER),
        Behind(1, Tier.FAIR, 20, Part.LEADER),
        Behind(2, Tier.TOP, 30, Part.HELPER),
    ]
    found = rewards(people, SCALE)
    assert (of(found, 10, 2).days, of(found, 10, 2).commended) == (2, True)
    for result in (1, 3):
        other = of(found, 10, result)
        assert (other.days, other.leave_why) == (0, Against.HIGHER_WIN)
        assert not other.commended
    assert (of(found, 20, 1).days, of(found, 20, 1).leave_why) == (0, Against.NOT_FOR_THIS_PART)
    assert (of(found, 30, 2).days, of(found, 30, 2).commended) == (1, False)


def test_i8_whom_the_evaluator_commends_is_passed_over_for_the_next_of_the_owner() -> None:
    people = [
        Behind(1, Tier.GOOD, 10, Part.CHARGE, known=True),
        Behind(1, Tier.GOOD, 11, Part.FURTHER, 1, known=True),
        Behind(1, Tier.GOOD, 12, Part.FURTHER, 2),
        Behind(1, Tier.GOOD, 13, Part.FURTHER, 3),
    ]
    found = rewards(people, SCALE)
    assert (of(found, 10, 1).commended, of(found, 10, 1).commended_why) == (False, Against.BY_EVALUATOR)
    assert of(found, 10, 1).days == 1, "leave is no commendation"
    assert (of(found, 12, 1).commended, of(found, 12, 1).instead_of) == (True, 10)
    assert not of(found, 13, 1).commended
