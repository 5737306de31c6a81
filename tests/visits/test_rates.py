"""What a visit costs (V4, V7)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Rejected
from core.actors import SYSTEM
from profiles.offices import read
from profiles.services import apply
from visits import policies
from visits.enums import ExpenseKind, VisitMeans, VisitPlace
from visits.places import place_of
from visits.rates import Journey, Line, Rates, check_lodging, estimate, total

pytestmark = pytest.mark.django_db
IN_2016, TODAY = dt.date(2016, 5, 12), dt.date(2026, 11, 20)
won = st.integers(0, 2_000_000)
some_rates = st.builds(Rates, won, won, st.integers(0, 100))
people, days = st.integers(1, 60), st.integers(1, 30)


def trip(
    headcount: int, days: int, vehicle: bool, each: int, rates: Rates, *, lodging_each: int = 0
) -> list[Line]:
    """Outside the place of work."""
    means = VisitMeans.OFFICIAL if vehicle else VisitMeans.PUBLIC
    return estimate(
        Journey(days=days, means=means, transport_each=each, lodging_each=lodging_each), headcount, rates
    )


def sums(lines: list[Line]) -> dict[str, int]:
    return {line.kind.value: line.sum for line in lines}


def test_v4_a_visit_of_five_under_the_rates_of_2016() -> None:
    lines = trip(5, 1, False, 38_400, Rates.on(IN_2016))
    assert sums(lines) == {"transport": 192_000, "daily": 100_000, "meals": 100_000}
    assert total(lines) == 5 * (20_000 + 20_000 + 38_400) == 392_000
    assert [line.formula for line in lines] == [
        "38,400원 × 5명",
        "20,000원 × 5명 × 1일",
        "20,000원 × 5명 × 1일",
    ]


def test_v4_with_an_official_vehicle_half_the_daily_allowance_and_no_transport() -> None:
    lines = trip(5, 1, True, 38_400, Rates.on(TODAY))
    assert sums(lines) == {"transport": 0, "daily": 62_500, "meals": 125_000}
    assert total(trip(5, 1, False, 38_400, Rates.on(TODAY))) == 5 * (25_000 + 25_000 + 38_400)


@pytest.mark.parametrize(
    ("day", "each"), [(dt.date(2023, 3, 1), 20_000), (dt.date(2023, 3, 2), 25_000), (IN_2016, 20_000)]
)
def test_v4_the_rates_are_those_of_the_day_of_travel(day: dt.date, each: int) -> None:
    assert (Rates.on(day).meals, Rates.on(day).daily_allowance, Rates.on(day).vehicle_percent) == (
        each,
        each,
        50,
    )


def test_v4_half_of_an_odd_amount_is_rounded_down_to_ten_won() -> None:
    assert Rates(0, 25_010, 50).daily_with_vehicle == 12_500
    assert Rates(0, 25_000, 33).daily_with_vehicle == 8_250
    assert Rates(0, 20_000, 100).daily_with_vehicle == 20_000


def test_v4_nights_are_paid_between_the_days_only() -> None:
    lines = trip(2, 5, False, 30_000, Rates.on(TODAY), lodging_each=70_000)
    assert sums(lines)["lodging"] == 70_000 * 2 * 4
    assert lines[-1].formula == "70,000원 × 2명 × 4박"
    assert ExpenseKind.LODGING not in {line.kind for line in trip(2, 1, False, 0, Rates.on(TODAY))}


def test_v4_a_line_is_lowered_or_raised_with_a_reason_only() -> None:
    (line, *_rest) = trip(5, 1, False, 38_400, Rates.on(IN_2016))
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
    with pytest.raises(ValueError, match="has"):
        trip(headcount, length, False, each, Rates(0, 0, 50))


@given(people, days, st.booleans(), won, won, some_rates)
def test_v4_whole_won_never_negative_and_the_lines_make_the_total(
    headcount: int, length: int, vehicle: bool, each: int, night: int, rates: Rates
) -> None:
    lines = trip(headcount, length, vehicle, each, rates, lodging_each=night)
    assert all(type(line.sum) is int and line.sum >= 0 for line in lines)
    assert total(lines) == sum(sums(lines).values())
    assert len(sums(lines)) == len(lines)
    assert total(trip(headcount, length, True, each, rates)) <= total(
        trip(headcount, length, False, each, rates)
    )


@given(people, people, days, days, st.booleans(), won, some_rates)
def test_v4_twice_the_people_or_days_cost_twice(
    one: int, other: int, length: int, more: int, vehicle: bool, each: int, rates: Rates
) -> None:
    def cost(headcount: int, days: int, transport: int = each) -> int:
        return total(trip(headcount, days, vehicle, transport, rates))

    assert cost(one, length) + cost(other, length) == cost(one + other, length)
    assert cost(one, length, 0) + cost(one, more, 0) == cost(one, length + more, 0)
    assert cost(one, length) - cost(one, length, 0) == (0 if vehicle else one * each)  # a journey, not a day


@pytest.fixture
def district(request: pytest.FixtureRequest) -> None:
    """An empty office by this profile."""
    apply(read(request.param), actor=SYSTEM)


def variant() -> tuple[int, int, int, list[int], int]:
    """Teams a year, people a team, days, months, groups a month."""
    rules: list[Any] = [
        policies.TEAMS,
        policies.TEAM_SIZE,
        policies.DAYS,
        policies.MONTHS,
        policies.GROUPS,
    ]
    return tuple(policy.on(TODAY) for policy in rules)  # type: ignore[return-value]  # one a rule


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("seongdong-2016", (5, 5, 1, list(range(4, 13)), 0)),
        ("yeongdeungpo-2002", (8, 2, 5, list(range(7, 13)), 0)),
        ("yeongdeungpo-2006", (5, 5, 1, [3, 6, 9, 12], 2)),
    ],
    indirect=["district"],
)
def test_v7_districts_differ_by_policy_alone(district: None, expected: object) -> None:
    assert variant() == expected


def test_v5_the_plans_budget_is_five_teams() -> None:
    assert policies.TEAMS.on(IN_2016) * policies.AMOUNT.on(IN_2016) == 1_250_000


# -- allowances by the table are never raised; meals that are given; lodging


@pytest.mark.parametrize("kind", ["daily", "meals"])
def test_v4_an_allowance_is_lowered_with_a_reason_and_never_raised(kind: str) -> None:
    (line,) = (line for line in trip(5, 1, False, 0, Rates.on(TODAY)) if line.kind == kind)
    assert line.adjusted(100_000, "식사 제공").sum == 100_000
    with pytest.raises(Rejected, match="줄일 수만 있고 기준\\(125,000원\\)보다 늘릴 수 없습니다") as rejected:
        line.adjusted(125_001, "물가가 올라서")
    assert rejected.value.field == kind


@pytest.mark.parametrize(
    ("days", "given", "each"),
    [(1, 0, 25_000), (1, 1, 16_660), (1, 2, 8_330), (1, 3, 0), (1, 9, 0), (2, 1, 41_660), (3, 3, 50_000)],
)
def test_v4_a_provided_meal_takes_off_a_third_of_the_days_meals(days: int, given: int, each: int) -> None:
    lines = estimate(Journey(days=days, provided_meals=given), 5, Rates.on(TODAY))
    (meals,) = (line for line in lines if line.kind == ExpenseKind.MEALS)
    assert (meals.each, meals.sum) == (each, 5 * each)
    assert ("3분의 1" in meals.why) == (given > 0)


def test_v4_the_formula_shows_what_a_meal_takes_off() -> None:
    lines = estimate(Journey(provided_meals=1), 5, Rates.on(TODAY))
    assert lines[2].formula == "(25,000원 × 1일 - 8,340원) × 5명"


@pytest.mark.parametrize(
    ("place", "limit", "most"),
    [("seoul", 100_000, 130_000), ("metropolis", 80_000, 104_000), ("elsewhere", 70_000, 91_000)],
)
def test_v4_v7_lodging_has_its_limit_by_region_and_three_tenths_more_with_a_reason(
    place: str, limit: int, most: int
) -> None:
    rates = Rates.on(TODAY)

    def check(each: int, reason: str = "") -> None:
        journey = Journey(days=3, place=place, lodging_each=each)
        check_lodging(
            journey,
            [
                line.adjusted(None, reason) if line.kind == ExpenseKind.LODGING else line
                for line in estimate(journey, 2, rates)
            ],
            rates,
        )

    check(limit)
    check(most, "행사로 숙소가 모자람")
    with pytest.raises(Rejected) as unsaid:
        check(limit + 1)
    assert unsaid.value.field == "lodging_reason"
    with pytest.raises(Rejected) as above:
        check(most + 1, "행사로 숙소가 모자람")
    assert above.value.field == "lodging_each"


# -- inside the place of work


@pytest.mark.parametrize(
    ("hours", "means", "each"),
    [
        (5, VisitMeans.PUBLIC, 20_000),
        (4, VisitMeans.PUBLIC, 20_000),
        (3, VisitMeans.PUBLIC, 10_000),
        (5, VisitMeans.OWN, 20_000),
        (5, VisitMeans.OFFICIAL, 10_000),
        (3, VisitMeans.OFFICIAL, 0),
        (5, VisitMeans.ASSIGNED, 0),
    ],
)
def test_v4a_inside_the_place_of_work_the_hours_and_the_vehicle_decide(
    hours: int, means: str, each: int
) -> None:
    journey = Journey(
        place=VisitPlace.LOCAL, hours=hours, means=means, transport_each=9_000, lodging_each=9_000
    )
    (line,) = estimate(journey, 5, Rates.on(TODAY))
    assert (line.kind, line.sum) == (ExpenseKind.LOCAL, 5 * each)
    assert "제18조" in line.why
    assert ("관용차" in line.why) == (means == VisitMeans.OFFICIAL)


@pytest.mark.parametrize(
    ("institution", "region", "place"),
    [
        ("서울특별시 강남구", "서울특별시", "local"),
        ("송파구청", "서울특별시", "local"),
        ("서울시 중구", "서울특별시", "local"),
        ("서울특별시 강남구", "경기도 수원시", "seoul"),
        ("부산광역시 해운대구", "서울특별시", "metropolis"),
        ("부산광역시 해운대구", "부산광역시", "local"),
        ("대전시청", "서울특별시", "metropolis"),
        ("수원시", "서울특별시", "elsewhere"),
        ("경기도 수원시", "경기도 수원시", "local"),
        ("경기도 광주시", "서울특별시", "elsewhere"),
        ("광주시", "서울특별시", "elsewhere"),
        ("세종특별자치시", "서울특별시", "elsewhere"),
        ("강서구청", "서울특별시", None),
        ("주식회사 한빛", "서울특별시", None),
        ("", "서울특별시", None),
        ("○○구", "", None),
    ],
)
def test_v4a_the_institution_says_where_it_lies(institution: str, region: str, place: str | None) -> None:
    assert place_of(institution, region) == place
