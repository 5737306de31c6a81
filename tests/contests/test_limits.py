"""How much a savings bonus may be (E6): each limit holds, in the order of the rule, to the won."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contests.enums import Saving
from contests.limits import Limits, limit, lines
from evaluations.reckoning.shares import split

RULES = Limits(
    {Saving.PERSONNEL: 100, Saving.RUNNING: 50, Saving.PROJECT: 10, Saving.INCOME: 10},
    100_000_000,
    20_000_000,
    30,
)
MANY = [Decimal(1)] * 100  # so many that the most of a person never binds
saved = st.integers(0, 100_000_000_000)
kinds = st.sampled_from(list(Saving))


@st.composite
def shares(draw: st.DrawFn) -> list[Decimal]:
    """Hundredths of a percent that sum to 100."""
    count = draw(st.integers(1, 10))
    cuts = sorted(draw(st.lists(st.integers(1, 9_999), min_size=count - 1, max_size=count - 1, unique=True)))
    return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def test_e6_the_limits_of_the_law() -> None:
    one = [Decimal(100)]
    assert limit("personnel", 15_000_000, one, False, RULES) == 15_000_000  # one year's worth
    assert limit("running", 30_000_001, one, False, RULES) == 15_000_000  # half, rounded down
    assert limit("project", 150_000_000, one, False, RULES) == 15_000_000
    assert limit("income", 150_000_000, one, False, RULES) == 15_000_000
    assert limit("running", 90_000_000, one, False, RULES) == 20_000_000  # of a person
    assert limit("running", 90_000_000, one, True, RULES) == 26_000_000
    assert limit("project", 5_000_000_000, MANY, False, RULES) == 100_000_000  # of a case
    assert limit("project", 5_000_000_000, MANY, True, RULES) == 130_000_000
    assert limit("income", 5_000_000_000, MANY, False, RULES) == 500_000_000  # has no most of a case
    unequal = [Decimal(70), Decimal(30)]
    assert limit("running", 90_000_000, unequal, False, RULES) == 28_571_428  # 70 % of it is 20 million


def test_e6_every_step_is_shown_in_its_order() -> None:
    found = lines("project", 2_000_000_000, [Decimal(60), Decimal(40)], True, RULES)
    assert [line.amount for line in found] == [
        2_000_000_000,
        200_000_000,
        100_000_000,
        130_000_000,
        43_333_333,
    ]
    assert [line.label for line in found][1:] == [
        "절감·증대액에서 줄 수 있는 몫",
        "한 건 한도",
        "파급 효과 가산",
        "한 사람 한도",
    ]
    assert "60%" in found[-1].formula
    assert "26,000,000원" in found[-1].formula


@given(kinds, saved, shares(), st.booleans())
def test_e6_never_above_any_limit_and_the_parts_sum_exactly(
    kind: Saving, amount: int, among: list[Decimal], wide: bool
) -> None:
    more = 130 if wide else 100
    most = limit(kind, amount, among, wide, RULES)
    parts = split(most, among)
    assert sum(parts) == most
    assert all(part <= 20_000_000 * more // 100 for part in parts)
    assert most * 100 * 100 <= amount * RULES.shares[kind] * more
    if kind == Saving.PROJECT:
        assert most <= 100_000_000 * more // 100


@given(kinds, saved, shares(), st.booleans())
def test_e6_more_saved_is_never_less_and_wide_effect_neither(
    kind: Saving, amount: int, among: list[Decimal], wide: bool
) -> None:
    assert limit(kind, amount, among, wide, RULES) <= limit(kind, amount + 1_000, among, wide, RULES)
    assert limit(kind, amount, among, False, RULES) <= limit(kind, amount, among, True, RULES)
