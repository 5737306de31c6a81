"""Similar earlier cases (B2): judged pairs in data/similar_titles.toml, a crowd from demo.titles."""

import datetime
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarking.enums import Channel, CostClass, Field, SourceKind
from benchmarking.models import Case
from benchmarking.policies import SIMILAR_PERCENT
from benchmarking.selectors.cases import similar_cases
from benchmarking.similar import TITLES
from demo.titles import generate_titles
from tests.factories import DepartmentFactory, ReviewFactory, UserFactory, planner

JUDGED = tomllib.loads((Path(__file__).parent / "data" / "similar_titles.toml").read_text())
NEAR = [(typed, stored) for typed, stored, _ in JUDGED["near"]]
HARD = [(typed, stored) for typed, stored in JUDGED["hard"]]
WARN_AT = SIMILAR_PERCENT.default / 100
DAY = datetime.date(2016, 3, 1)


def save_cases(titles: Iterable[str]) -> list[Case]:
    cases = Case.objects.bulk_create(
        [
            Case(
                year=DAY.year,
                number=number,
                title=title,
                source_kind=SourceKind.LOCAL,
                channel=Channel.PRESS,
                field=Field.WELFARE,
                cost_class=CostClass.NONE,
                found_on=DAY,
                registered_on=DAY,
            )
            for number, title in enumerate(titles, Case.objects.count() + 1)
        ],
        batch_size=1000,
    )
    TITLES.index(cases)
    return cases


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2016년 옥상 텃밭 분양 사업 추진", "옥상텃밭분양"),
        ("‘16년 옥상텃밭 분양", "옥상텃밭분양"),
        ("○○시, 2015 하반기 [옥상텃밭] 분양!", "옥상텃밭분양"),
        ("사업 추진 계획", "사업추진계획"),
    ],
)
def test_b2_years_names_and_common_words_of_a_title_do_not_count(typed: str, kept: str) -> None:
    assert TITLES.normalize(typed) == kept


def test_b2_the_test_set_is_large_enough_and_unambiguous() -> None:
    assert len(NEAR) >= 30
    assert len(HARD) >= 100
    assert not set(NEAR) & set(HARD)
    # Only near pairs may normalise to the same title.
    assert all(TITLES.normalize(typed) != TITLES.normalize(stored) for typed, stored in HARD)


def test_b2_warning_shows_near_duplicates_and_hardly_any_other_practice() -> None:
    shown = [TITLES.score(typed, stored) >= WARN_AT for typed, stored in NEAR]
    alarms = [TITLES.score(typed, stored) >= WARN_AT for typed, stored in HARD]
    assert sum(shown) >= 0.9 * len(NEAR)
    assert sum(alarms) <= 0.1 * len(HARD)
    assert all(TITLES.score(a, b) == TITLES.score(b, a) for a, b in NEAR + HARD)


@pytest.mark.django_db
def test_b2_cases_one_may_not_see_do_not_crowd_out_those_one_may() -> None:
    department = DepartmentFactory()
    asked = ReviewFactory(department=department, case__title="어린이집 옥상 텃밭 상자 조성").case
    save_cases(["어린이집 옥상 텃밭 조성"] * 20)
    typed = "어린이집 옥상텃밭 조성"
    assert asked not in [found.case for found in similar_cases(typed, planner())]
    assert [found.case for found in similar_cases(typed, UserFactory(department=department))] == [asked]


@pytest.mark.slow
@pytest.mark.django_db
def test_b2_nine_of_ten_near_duplicates_among_5000_titles_in_the_first_five() -> None:
    """`python -m bench --only similar` does the same among 100,000."""
    stored = [stored for _, stored in NEAR + HARD]
    cases = save_cases([*generate_titles(5_000), *stored])
    ids = {case.title: case.pk for case in cases}
    missed = [
        typed
        for typed, title in NEAR
        if ids[title] not in {found.pk for found in TITLES.find(typed, Case.objects.all())}
    ]
    assert len(missed) <= 0.1 * len(NEAR), missed
