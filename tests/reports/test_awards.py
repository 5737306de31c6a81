"""The year's awards and what half-years were awarded, in reports (P9, P10, A1–A5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from awards.models import Award
from awards.services.handing import hand_over
from awards.services.revoking import revoke
from basis.documents.model import Document, Paragraph, Table
from basis.documents.response import FORMATS
from basis.periods import parse
from core.now import pretend
from evaluations.selectors.awarded import awarded
from reports.definitions import DEFINITIONS
from reports.definitions.award_blocks import of_rounds
from tests import factories as make
from tests.awards import made
from tests.b9 import rows_behind
from tests.evaluations import results

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def tables(document: Document) -> dict[str, Table]:
    return {block.caption: block for block in document.blocks if isinstance(block, Table)}


def values(table: Table) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in (*table.rows, *table.totals)]


def report(year: str = "2026") -> Document:
    return DEFINITIONS["awards-year"].document(parse(year), DAY)


def test_p10_grades_of_confirmed_rounds_stand_by_division(db: None) -> None:
    round = results.confirmed()
    given = Award.objects.all()
    (table,) = of_rounds(awarded(round.kind, round.period))
    assert isinstance(table, Table)
    *lines, total = values(table)
    counts = {line[0]: line[-2] for line in lines}
    assert sum(counts.values()) == total[-2] == round.entries.filter(result__grade__isnull=False).count() > 0
    assert {name: given.filter(grade=name).exists() for name in counts} == {
        name: count > 0 for name, count in counts.items()
    }
    assert total[-1] == sum(award.amount for award in given) > 0


def test_p10_before_anything_is_confirmed_the_report_says_so() -> None:
    round = results.announced()
    (said,) = of_rounds(awarded(round.kind, round.period))
    assert isinstance(said, Paragraph)
    assert "확정한 심사 결과가 없습니다" in said.text


def test_a5_the_year_says_who_got_what_and_leaves_citizens_names_out() -> None:
    made.fund()
    person = make.UserFactory(name="이바다")
    staff = made.given(user=person, kind="반기 제안 심사", points=100, leave_days=2)
    citizen = made.given(made.citizen("김하늘", kind="반기 제안 심사", amount=300_000))
    hand_over(staff, handed_on=DAY, receipt="1", actor=make.planner())
    document = report()
    found = tables(document)
    assert values(found["시상 구분별 시상"]) == [
        ["반기 제안 심사", 1, 0, 1, 2, 500_000, 200_000],
        ["계", 1, 0, 1, 2, 500_000, 200_000],
    ]
    assert [line[3] for line in values(found["시상 내역"])] == [staff.who, "구민"]
    assert [line[0] for line in values(found["시상 내역"])] == [staff.code, citizen.code]
    assert values(found["직원별 시상금과 비과세"])[0][2:] == ["이바다", 200_000, 0, 200_000, 0]
    assert values(found["특별휴가"])[0][2] == "이바다"
    assert values(found["실적가점 명단"])[0][2] == "이바다"
    whole = repr(document)
    assert "이바다" in whole
    assert "김하늘" not in whole
    assert "시상 대장" in whole


def test_p13_what_was_revoked_is_no_award_of_the_year() -> None:
    made.fund()
    award = made.given(made.citizen())
    assert DEFINITIONS["awards-year"].worth(parse("2026"))
    revoke(award, reason="베낀 제안", asked_by=made.clerk(), actor=made.second_planner())
    assert not DEFINITIONS["awards-year"].worth(parse("2026"))
    assert "이 해에 결정한 시상이 없습니다." in repr(report())


def test_r4_figures_of_awards_lead_to_their_rows() -> None:
    made.fund()
    half, contest = "반기 제안 심사", "구민 공모전 심사"
    for one in (made.gift(kind=half), made.citizen(kind=half), made.citizen(kind=contest)):
        made.given(one)
    table, reader, led = tables(report())["시상 구분별 시상"], make.planner(), 0
    for cell in (cell for line in (*table.rows, *table.totals) for cell in line if cell.url):
        led += 1
        assert rows_behind(cell.url, reader) == cell.value
    assert led == 3 + 2 + 3


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a5_the_years_awards_come_in_every_form(format_: str) -> None:
    made.fund()
    made.given(made.citizen())
    assert FORMATS[format_].render(report())
