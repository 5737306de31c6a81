"""Similar earlier cases (B2): judged pairs in data/similar_titles.toml, a crowd from demo.titles."""

import datetime
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from benchmarking.enums import Channel, CostClass, Field, SourceKind
from benchmarking.excel import CaseImporter
from benchmarking.models import Case
from benchmarking.policies import SIMILAR_PERCENT
from benchmarking.selectors.cases import related_cases, similar_cases
from benchmarking.services import cases
from benchmarking.similar import TITLES
from demo.titles import generate_titles
from tests.basis.excel_files import taken
from tests.benchmarking.test_excel_intake import rows, workbook
from tests.factories import CaseFactory, DepartmentFactory, ReviewFactory, UserFactory, planner

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


@pytest.mark.django_db
def test_b2_words_of_an_earlier_summary_are_found_and_shown_as_the_weaker_group() -> None:
    case = CaseFactory(
        title="함께 쓰는 동네 마당", summary="빈 주차면을 이웃과 나누어 쓰는 공유주차 사업이다."
    )
    CaseFactory(title="도서관 야간 개방", summary="밤에도 책을 빌린다.")
    assert similar_cases("공유주차 나눔 앱", planner()) == []
    assert related_cases("공유주차 나눔 앱", planner()) == [case]
    assert related_cases("공유주차 나눔 앱", planner(), case.pk) == []
    assert related_cases("공유주차 나눔 앱", UserFactory()) == []  # may not see it
    cases.update(case, {"summary": "평상을 놓는다."}, actor=planner(), version=None)
    assert related_cases("공유주차 나눔 앱", planner()) == []


@pytest.mark.django_db
def test_b2_the_page_shows_the_weaker_group_only_where_nothing_is_similar_enough(client: Client) -> None:
    CaseFactory(title="함께 쓰는 동네 마당", summary="빈 주차면을 이웃과 나누어 쓰는 공유주차 사업이다.")
    client.force_login(planner())
    url = reverse("benchmarking:similar")
    assert "아래 사례도 살펴보세요" in client.get(url, {"title": "공유주차 나눔 앱"}).content.decode()
    page = client.get(url, {"title": "함께 쓰는 동네 마당"}).content.decode()
    assert "유사도 100%" in page
    assert "아래 사례도" not in page


@pytest.mark.django_db
def test_b2_the_import_shows_what_is_similar_and_saves_all_the_same(tmp_path: Path) -> None:
    DepartmentFactory(name="교통행정과")
    CaseFactory(title="빈 점포를 청년 공방으로 바꾸기")
    path = workbook(rows(2), tmp_path / "like.xlsx")
    with path.open("rb") as file:
        result = taken(CaseImporter(), file, planner(), dry_run=True)
    assert result.ok
    assert [(r.row, r.column_label) for r in result.remarks] == [(2, "사례명"), (3, "사례명")]
    assert "빈 점포를 청년 공방으로 바꾸기" in result.remarks[0].message
