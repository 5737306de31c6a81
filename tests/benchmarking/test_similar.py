"""Similar earlier cases (B2): judged pairs in data/similar_titles.toml, a crowd from demo.titles."""

import datetime
import tomllib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarking.demo.titles import generate_titles
from benchmarking.enums import Channel, CostClass, Field, SourceKind
from benchmarking.models import Case, CaseGram
from benchmarking.policies import SIMILAR_PERCENT
from benchmarking.similar import find_similar, grams, index_cases, normalize, score

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
    index_cases(cases)
    return cases


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2016년 옥상 텃밭 분양 사업 추진", "옥상텃밭분양"),
        ("‘16년 옥상텃밭 분양", "옥상텃밭분양"),
        ("○○시, 2015 하반기 [옥상텃밭] 분양!", "옥상텃밭분양"),
        ("LED 보안등", "led보안등"),
        (unicodedata.normalize("NFD", "옥상 텃밭"), "옥상텃밭"),
        ("사업 추진 계획", "사업추진계획"),
        ("·…", ""),
    ],
)
def test_b2_normalize_keeps_what_tells_the_practice(typed: str, kept: str) -> None:
    assert normalize(typed) == kept


def test_b2_grams_are_character_bigrams() -> None:
    assert grams("옥상 텃밭 운영") == {"옥상", "상텃", "텃밭"}
    assert grams("책") == {"책"}
    assert grams("…") == frozenset()


def test_b2_score_is_symmetric_and_between_nothing_and_the_same() -> None:
    assert score("옥상 텃밭 분양", "옥상텃밭 분양 사업") == 1
    assert score("옥상 텃밭 분양", "CCTV") == 0
    assert score("…", "…") == 0
    assert all(score(a, b) == score(b, a) for a, b in NEAR + HARD)


def test_b2_a_mistyped_syllable_costs_little() -> None:
    assert score("공공 자전거 무인 대여소", "공공자전거 무인대여서") > 0.8


def test_b2_the_test_set_is_large_enough_and_unambiguous() -> None:
    assert len(NEAR) >= 30
    assert len(HARD) >= 100
    assert not set(NEAR) & set(HARD)
    # Only near pairs may normalise to the same title.
    assert all(normalize(typed) != normalize(stored) for typed, stored in HARD)


def test_b2_warning_shows_near_duplicates_and_hardly_any_other_practice() -> None:
    shown = [score(typed, stored) >= WARN_AT for typed, stored in NEAR]
    alarms = [score(typed, stored) >= WARN_AT for typed, stored in HARD]
    assert sum(shown) >= 0.9 * len(NEAR)
    assert sum(alarms) <= 0.1 * len(HARD)


@pytest.mark.django_db
def test_b2_find_similar_ranks_limits_and_leaves_out_the_case_itself() -> None:
    same, near, other = save_cases(["옥상텃밭 분양", "옥상텃밭 상자 분양", "옥상 녹화 지원"])
    found = find_similar("2016년 옥상 텃밭 분양 사업")
    assert [similar.case_id for similar in found] == [same.pk, near.pk, other.pk]
    assert found[0].score == 1
    assert [similar.case_id for similar in find_similar("옥상텃밭 분양", limit=1)] == [same.pk]
    assert same.pk not in {similar.case_id for similar in find_similar("옥상텃밭 분양", exclude=same.pk)}
    assert find_similar("…") == []
    assert find_similar("여권 등기우편") == []


@pytest.mark.django_db
def test_b2_a_changed_title_is_found_by_its_new_words_only() -> None:
    (case,) = save_cases(["옥상텃밭 분양"])
    case.title = "여권 등기우편 배송"
    case.save()
    index_cases([case])
    assert find_similar("옥상텃밭 분양") == []
    assert [similar.case_id for similar in find_similar("여권 우편 배송")] == [case.pk]
    case.title = "……"
    case.save()
    index_cases([case])
    assert not CaseGram.objects.filter(case=case).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("crowd", [0, 300])
def test_b2_find_similar_asks_three_queries_however_many_cases(crowd: int, django_assert_num_queries) -> None:
    save_cases([*generate_titles(crowd), "옥상텃밭 분양"])
    with django_assert_num_queries(3):
        find_similar("주민 옥상텃밭 분양 안내")


@pytest.mark.slow
@pytest.mark.timeout(900)  # a minute on an idle machine, most of it writing the index
@pytest.mark.django_db
def test_b2_nine_of_ten_near_duplicates_among_100000_titles_in_the_first_five() -> None:
    stored = [stored for _, stored in NEAR + HARD]
    cases = save_cases([*generate_titles(100_000), *stored])
    ids = {case.title: case.pk for case in cases}
    missed = [
        typed
        for typed, title in NEAR
        if ids[title] not in {similar.case_id for similar in find_similar(typed)}
    ]
    assert len(missed) <= 0.1 * len(NEAR), missed
