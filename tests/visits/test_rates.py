"""What a visit costs (V4, V7)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Rejected
from demo.profiles import read_profile
from policies import services
from policies.models import PolicyValue
from policies.registry import cache_clear, get_policy
from visits import policies
from visits.enums import ExpenseKind
from visits.rates import Line, Rates, estimate, total

pytestmark = pytest.mark.django_db
IN_2016, TODAY = dt.date(2016, 5, 12), dt.date(2026, 11, 20)
won = st.integers(0, 2_000_000)
some_rates = st.builds(Rates, won, won, st.integers(0, 100))
people, days = st.integers(1, 60), st.integers(1, 30)


def sums(lines: list[Line]) -> dict[str, int]:
    return {line.kind.value: line.sum for line in lines}


def test_v4_a_visit_of_five_under_the_rates_of_2016() -> None:
    lines = estimate(5, 1, False, 38_400, Rates.on(IN_2016))
    assert sums(lines) == {"transport": 192_000, "daily": 100_000, "meals": 100_000}
    assert total(lines) == 5 * (20_000 + 20_000 + 38_400) == 392_000
    assert [line.formula for line in lines] == [
        "38,400원 × 5명",
        "20,000원 × 5명 × 1일",
        "20,000원 × 5명 × 1일",
    ]


def test_v4_with_an_official_vehicle_half_the_daily_allowance_and_no_transport() -> None:
    lines = estimate(5, 1, True, 38_400, Rates.on(TODAY))
    assert sums(lines) == {"transport": 0, "daily": 62_500, "meals": 125_000}
    assert total(estimate(5, 1, False, 38_400, Rates.on(TODAY))) == 5 * (25_000 + 25_000 + 38_400)


@pytest.mark.parametrize(
    ("day", "each"), [(dt.date(2023, 3, 1), 20_000), (dt.date(2023, 3, 2), 25_000), (IN_2016, 20_000)]
)
def test_v4_the_rates_are_those_of_the_day_of_travel(day: dt.date, each: int) -> None:
    assert Rates.on(day) == Rates(meals=each, daily_allowance=each, vehicle_percent=50)


def test_v4_half_of_an_odd_amount_is_rounded_down_to_ten_won() -> None:
    assert Rates(0, 25_010, 50).daily_with_vehicle == 12_500
    assert Rates(0, 25_000, 33).daily_with_vehicle == 8_250
    assert Rates(0, 20_000, 100).daily_with_vehicle == 20_000


def test_v4_nights_are_paid_between_the_days_only() -> None:
    lines = estimate(2, 5, False, 30_000, Rates.on(TODAY), lodging_each=70_000)
    assert sums(lines)["lodging"] == 70_000 * 2 * 4
    assert lines[-1].formula == "70,000원 × 2명 × 4박"
    assert ExpenseKind.LODGING not in {line.kind for line in estimate(2, 1, False, 0, Rates.on(TODAY))}


def test_v4_a_line_is_lowered_or_raised_with_a_reason_only() -> None:
    (line, *_rest) = estimate(5, 1, False, 38_400, Rates.on(IN_2016))
    lowered = line.adjusted(150_000, " 승용차 함께 이용 ")
    assert (lowered.sum, lowered.reckoned, lowered.adjustment) == (150_000, 192_000, -42_000)
    assert lowered.reason == "승용차 함께 이용"
    assert lowered.adjusted(200_000, "유류비").sum == 200_000
    assert lowered.adjusted(192_000, "남은 사유") == line
    with pytest.raises(Rejected, match="교통비 금액을 조정한 사유") as rejected:
        line.adjusted(150_000, "  ")
    assert rejected.value.field == "transport_reason"
    with pytest.raises(Rejected, match="0원 이상"):
        line.adjusted(-1, "음수")


@pytest.mark.parametrize(("headcount", "length", "each"), [(0, 1, 0), (1, 0, 0), (1, 1, -1)])
def test_v4_nonsense_is_not_reckoned(headcount: int, length: int, each: int) -> None:
    with pytest.raises(ValueError, match="people and days"):
        estimate(headcount, length, False, each, Rates(0, 0, 50))


@given(people, days, st.booleans(), won, won, some_rates)
def test_v4_whole_won_never_negative_and_the_lines_make_the_total(
    headcount: int, length: int, vehicle: bool, each: int, night: int, rates: Rates
) -> None:
    lines = estimate(headcount, length, vehicle, each, rates, lodging_each=night)
    assert all(type(line.sum) is int and line.sum >= 0 for line in lines)
    assert total(lines) == sum(sums(lines).values())
    assert len(sums(lines)) == len(lines)
    assert total(estimate(headcount, length, True, each, rates)) <= total(
        estimate(headcount, length, False, each, rates)
    )


@given(people, people, days, days, st.booleans(), won, some_rates)
def test_v4_twice_the_people_or_days_cost_twice(
    one: int, other: int, length: int, more: int, vehicle: bool, each: int, rates: Rates
) -> None:
    def cost(headcount: int, days: int, transport: int = each) -> int:
        return total(estimate(headcount, days, vehicle, transport, rates))

    assert cost(one, length) + cost(other, length) == cost(one + other, length)
    assert cost(one, length, 0) + cost(one, more, 0) == cost(one, length + more, 0)
    assert cost(one, length) - cost(one, length, 0) == (0 if vehicle else one * each)  # a journey, not a day


@pytest.fixture
def district(request: pytest.FixtureRequest) -> None:
    """The policies of this profile, in force since long ago."""
    for entry in read_profile(request.param):
        policy = get_policy(entry.key)
        assert policy
        value = services.check(policy, entry.value)
        PolicyValue.objects.create(key=entry.key, value=value, effective_from=dt.date(2000, 1, 1))
    cache_clear()


def variant() -> tuple[int, int, int, list[int], int]:
    """Teams a year, people a team, days, months, groups a month."""
    rules: list[Any] = [
        policies.TEAMS,
        policies.TEAM_SIZE,
        policies.DAYS,
        policies.MONTHS,
        policies.GROUPS,
    ]
    return tuple(policy.on(TODAY) for policy in rules)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("default", (5, 5, 1, list(range(1, 13)), 0)),
        ("teams", (8, 2, 5, list(range(7, 13)), 0)),
        ("quarterly", (5, 5, 1, [3, 6, 9, 12], 2)),
    ],
    indirect=["district"],
)
def test_v7_districts_differ_by_policy_alone(district: None, expected: object) -> None:
    assert variant() == expected


def test_v5_the_plans_budget_is_five_teams() -> None:
    assert policies.TEAMS.on(IN_2016) * policies.AMOUNT.on(IN_2016) == 1_250_000
